"""The mock over HTTP: its connections, how it stops, and whom it answers."""

import errno
import gc
import socket
import subprocess
import threading
import time
import warnings
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from pathlib import Path

import httpx
import pytest

from jimmy_ai_openapi_client.sdk.mock import MockServer, MockService

from .helpers import GROWTH, JSON, KEY, STATUS

pytestmark = pytest.mark.wire
ASKED = {"asset_id": "id1"}


def client(base_url: str = "") -> httpx.Client:
    # Proxies of the machine do not reach its loopback.
    return httpx.Client(base_url=base_url, headers=KEY, trust_env=False)


def port(server: MockServer) -> int:
    return int(server.base_url.rpartition(":")[2])


def connected(server: MockServer) -> socket.socket:
    return socket.create_connection(("127.0.0.1", port(server)))


def test_one_connection_carries_many_requests(site: httpx.Client) -> None:
    lines = set()
    for method, path in [("POST", STATUS), ("GET", STATUS), ("POST", "/x"), ("HEAD", STATUS), ("POST", STATUS)]:
        response = site.request(method, path, headers=KEY)
        assert bool(response.content) == (method != "HEAD")
        lines.add(response.extensions["network_stream"].get_extra_info("client_addr"))
    assert len(lines) == 1


def test_a_body_in_chunks_is_read(mock: MockService, site: httpx.Client) -> None:
    mock.add("id1", polls=0)
    chunks = iter([b'{"asset_', b'id": "id1"', b" " * 500_000, b"}"])
    response = site.post(STATUS, content=chunks, headers={**JSON, **KEY})
    assert response.json()["data"]["status"] == "Active"


def test_leaving_stops_everything_though_connections_are_kept_alive(mock: MockService) -> None:
    before = threading.active_count()
    with warnings.catch_warnings(record=True) as caught:
        warnings.simplefilter("always")
        with mock.serve() as server:
            idle = [client(server.base_url) for _ in range(3)]
            for http_client in idle:
                http_client.post(STATUS, json=ASKED)
            silent = connected(server)
            assert threading.active_count() > before
        assert threading.active_count() == before
        with pytest.raises(ConnectionRefusedError):
            connected(server)
        silent.close()
        for http_client in idle:
            http_client.close()
        del server
        gc.collect()
    assert [str(warning.message) for warning in caught] == []


def test_a_connection_that_comes_while_it_stops_is_closed(mock: MockService) -> None:
    """The loop is busy while the client connects and the block is left: it meets both in the same turn."""
    go = threading.Event()
    with mock.serve() as server:
        server._server._loop.call_soon_threadsafe(go.wait)
        line = connected(server)
        threading.Timer(0.2, go.set).start()
    line.settimeout(60)
    with line, suppress(ConnectionResetError):  # if it was never met
        assert line.recv(1) == b""


def test_it_serves_and_stops_though_time_stands_still(monkeypatch: pytest.MonkeyPatch, mock: MockService) -> None:
    """As under freezegun and time-machine."""
    for name in ("monotonic", "time", "perf_counter"):
        monkeypatch.setattr(time, name, lambda: 1.0)
    with mock.serve() as server, client(server.base_url) as http_client:
        assert http_client.get("/x").status_code == 404


def test_a_port_is_free_again_and_cannot_be_had_twice(mock: MockService) -> None:
    with mock.serve() as first:
        fixed = port(first)
    for _ in range(2):
        with mock.serve(fixed) as server, client(server.base_url) as http_client:
            assert server.base_url == f"http://127.0.0.1:{fixed}"
            assert http_client.get("/x").status_code == 404
            with pytest.raises(OSError, match=f"in use .*{fixed}") as caught, mock.serve(fixed):
                raise AssertionError
            assert caught.value.errno == errno.EADDRINUSE


@pytest.mark.parametrize("kind", ["delay", "drip"])
def test_leaving_does_not_wait_for_answers_that_are_late_on_purpose(kind: str) -> None:
    mock = MockService()
    mock.load({"assets": ["id1"], "faults": [{"kind": kind, "seconds": 3600}]})
    with client() as http_client, ThreadPoolExecutor(1) as pool:
        with mock.serve() as server:
            late = pool.submit(http_client.post, server.base_url + STATUS, json=ASKED, timeout=None)
            while not mock.requests:
                time.sleep(0.001)
        assert isinstance(late.exception() or late.result(), httpx.ReadError | httpx.Response)


def test_a_client_that_gives_up_ends_nothing_but_its_answer(caplog: pytest.LogCaptureFixture) -> None:
    """The server is still writing when it is told to stop."""
    mock = MockService()
    mock.load({"assets": ["id1"], "faults": [{"kind": "drip", "seconds": 3600}]})
    with (
        mock.serve() as server,
        client(server.base_url) as http_client,
        http_client.stream("POST", STATUS, json=ASKED) as response,
    ):
        assert response.status_code == 200
    assert "Exception" not in caplog.text


def test_a_client_that_hangs_up_is_no_trouble(
    server: MockServer, site: httpx.Client, capfd: pytest.CaptureFixture[str]
) -> None:
    line = connected(server)
    line.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, b"\1\0\0\0\0\0\0\0")
    line.sendall(f"POST {STATUS} HTTP/1.1\r\nHost: localhost\r\nContent-Length: 9\r\n\r\n".encode())
    line.close()
    assert site.get("/x").status_code == 404
    assert capfd.readouterr().err == ""


@pytest.mark.parametrize(
    ("target", "head", "status"),
    [
        ("/x", "Host: evil.example\r\nX-Forwarded-Host: localhost", 421),
        ("/x", "Host: 127.0.0.1.evil.example", 421),
        ("/x", "Host: evil.example:80", 421),
        ("/x", "Host:", 421),
        ("/x", "Host: 127.0.0.1", 404),
        ("/x", "Host: LocalHost:8000", 404),
        ("/x", "Host: mock.localhost", 404),
        ("/x", "Host: [::1]:1", 404),
        ("//x", "Host: localhost", 404),
        ("http://evil.example" + STATUS, "Host: localhost", 404),
        ("*", "Host: localhost", 404),
        ("/x#y", "Host: localhost", 404),
    ],
)
def test_only_requests_for_this_machine_are_answered(server: MockServer, target: str, head: str, status: int) -> None:
    """A web site whose name was made to mean 127.0.0.1 gives itself away by that name."""
    with connected(server) as line, line.makefile("rb") as answer:
        line.sendall(f"POST {target} HTTP/1.1\r\n{head}\r\n\r\n".encode())
        assert answer.readline().startswith(f"HTTP/1.1 {status} ".encode())


@pytest.mark.parametrize(("spec", "said"), [(None, '"code": 0'), (GROWTH, "title: Growth")])
def test_the_curl_line_works_as_pasted(spec: Path | None, said: str) -> None:
    mock = MockService(api_key="sk-'quoted", spec=spec)
    mock.add("it's 人物", polls=0)
    with mock.serve() as server:
        pasted = subprocess.run(mock.curl(server.base_url), shell=True, capture_output=True, check=True)
    assert said in pasted.stdout.decode()
