"""Pages are read from the web by https alone, in bounds."""

import ssl
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from http.server import BaseHTTPRequestHandler, HTTPServer
from pathlib import Path

import pytest
import trustme

from .places import House

PAGE = Path(__file__).with_name("pages") / "realperson-submit.md"


@contextmanager
def served(answer: Callable[[BaseHTTPRequestHandler], None], folder: Path) -> Iterator[tuple[str, dict[str, str]]]:
    """A site with a certificate of its own, and the environment in which it is trusted."""

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            answer(self)

        def log_message(self, *_: object) -> None:
            pass

    authority = trustme.CA()
    context = ssl.create_default_context(ssl.Purpose.CLIENT_AUTH)
    authority.issue_cert("localhost").configure_cert(context)
    authority.cert_pem.write_to_path(str(folder / "ca.pem"))
    with HTTPServer(("127.0.0.1", 0), Handler) as server:
        server.socket = context.wrap_socket(server.socket, server_side=True)
        threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01}, daemon=True).start()
        environment = {"SSL_CERT_FILE": str(folder / "ca.pem"), "NO_PROXY": "localhost"}
        yield f"https://localhost:{server.server_address[1]}/page.md", environment
        server.shutdown()


def say(status: int, body: bytes, **headers: str) -> Callable[[BaseHTTPRequestHandler], None]:
    def answer(handler: BaseHTTPRequestHandler) -> None:
        handler.send_response(status)
        for name, value in headers.items():
            handler.send_header(name, value)
        handler.end_headers()
        with suppress(OSError):  # hung up on, as it should be
            handler.wfile.write(body)

    return answer


def test_a_page_is_read_from_the_web(house: House, tmp_path: Path) -> None:
    with served(say(200, PAGE.read_bytes()), tmp_path) as (url, trusted):
        result = house.run("--merge", url, **trusted)
    assert (result.returncode, result.stderr) == (0, "")
    assert "submitSeedanceSpRealPerson" in house.spec.read_text()


ANSWERS = {
    "elsewhere": (say(302, b"", Location="https://elsewhere.example/"), "HTTP 302 to 'https://elsewhere.example/'"),
    "nothing": (say(404, b"gone"), "answered with HTTP 404"),
    "too much": (say(200, b"x" * (3 << 20)), "is larger than 1048576 bytes"),
}


@pytest.mark.parametrize("case", ANSWERS)
def test_an_answer_out_of_bounds_is_refused(house: House, tmp_path: Path, case: str) -> None:
    answer, says = ANSWERS[case]
    with served(answer, tmp_path) as (url, trusted):
        result = house.run("--merge", url, **trusted)
    assert result.returncode == 1
    assert says in result.stderr


@pytest.mark.parametrize("url", ["http://localhost/x", "file:///etc/passwd", "ftp://x/y", "https://a:b@localhost/x"])
def test_an_address_that_is_not_plain_https_is_refused(house: House, url: str) -> None:
    result = house.run("--merge", url)
    assert result.returncode == 1
    assert "is not read: pages come by https" in result.stderr
