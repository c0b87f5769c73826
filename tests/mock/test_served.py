import errno
import gc
import http.client
import socket
import subprocess
import threading
import time
import warnings
from collections import Counter
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from itertools import chain
from pathlib import Path
from typing import Any

import httpx
import pytest

from jimmy_ai_openapi_client.sdk.mock import FakeClock, Faults, MockServer, MockService
from jimmy_ai_openapi_client.sdk.mock.exchange import Reply

from .helpers import BATCH, KEY, STATUS


def client(base_url: str) -> httpx.Client:
    # Proxies of the machine do not reach its loopback.
    return httpx.Client(base_url=base_url, headers=KEY, trust_env=False)


def test_one_connection_carries_many_requests(mock: MockService) -> None:
    with mock.serve() as server:
        connection = http.client.HTTPConnection(server.base_url.removeprefix("http://"))
        connection.connect()
        line = connection.sock
        for method, path in [("POST", STATUS), ("GET", STATUS), ("POST", "/x"), ("HEAD", STATUS), ("POST", STATUS)]:
            connection.request(method, path, b'{"asset_id": "x"}', {**KEY, "Content-Type": "application/json"})
            response = connection.getresponse()
            assert bool(response.read()) == (method != "HEAD")
            assert connection.sock is line
        connection.close()


def test_threads_at_once_lose_no_poll(mock: MockService) -> None:
    mock.add("shared", polls=100)

    def poll(_: int) -> list[str]:
        with client(server.base_url) as http:
            bodies = [http.post(BATCH, json={"asset_ids": ["shared"]}).json() for _ in range(25)]
        return [body["data"]["items"][0]["status"] for body in bodies]

    with mock.serve() as server, ThreadPoolExecutor(6) as pool:
        polled = Counter(chain.from_iterable(pool.map(poll, range(6))))
    assert polled == {"Active": 50, "Processing": 100}
    assert len(mock.requests) == 150


def test_leaving_stops_everything_though_connections_are_kept_alive(mock: MockService) -> None:
    before = threading.active_count()
    with warnings.catch_warnings(record=True) as caught:
        warnings.simplefilter("always")
        with mock.serve() as server:
            port = int(server.base_url.rpartition(":")[2])
            idle = [client(server.base_url) for _ in range(3)]
            for http_client in idle:
                http_client.post(STATUS, json={"asset_id": "x"})
            silent = socket.create_connection(("127.0.0.1", port))
            assert threading.active_count() > before
        assert threading.active_count() == before
        with pytest.raises(ConnectionRefusedError):
            socket.create_connection(("127.0.0.1", port))
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
        server._server._loop.call_soon_threadsafe(go.wait, 5)
        line = socket.create_connection(("127.0.0.1", int(server.base_url.rpartition(":")[2])), timeout=5)
        threading.Timer(0.2, go.set).start()
    with line:
        assert line.recv(1) == b""


def test_it_serves_and_stops_though_time_stands_still(monkeypatch: pytest.MonkeyPatch, mock: MockService) -> None:
    """As under freezegun and time-machine."""
    for name in ("monotonic", "time", "perf_counter"):
        monkeypatch.setattr(time, name, lambda: 1.0)
    with mock.serve() as server, client(server.base_url) as http_client:
        assert http_client.get("/x").status_code == 404


def test_a_fixed_port_and_a_second_start(mock: MockService) -> None:
    with mock.serve() as first:
        port = int(first.base_url.rpartition(":")[2])
    for _ in range(2):
        with mock.serve(port) as server, client(server.base_url) as http_client:
            assert server.base_url == f"http://127.0.0.1:{port}"
            assert http_client.get("/x").status_code == 404


def test_a_body_in_chunks_is_read(mock: MockService) -> None:
    mock.add("id1", polls=0)
    chunks = iter([b'{"asset_', b'id": "id1"', b" " * 500_000, b"}"])
    with mock.serve() as server, client(server.base_url) as http_client:
        response = http_client.post(STATUS, content=chunks, headers={"Content-Type": "application/json"})
    assert response.json()["data"]["status"] == "Active"
    assert mock.requests[0].body == {"asset_id": "id1"}


@pytest.mark.parametrize("plan", [lambda fault: fault.delay(3600), lambda fault: fault.drip(3600)])
def test_leaving_does_not_wait_for_answers_that_are_late_on_purpose(plan: Callable[[Faults], object]) -> None:
    mock = MockService()
    mock.add("id1")
    plan(mock.fault)
    http_client = client("")
    with http_client, ThreadPoolExecutor(1) as pool:
        with mock.serve() as server:
            late = pool.submit(http_client.post, server.base_url + STATUS, json={"asset_id": "id1"}, timeout=60)
            while not mock.requests:
                time.sleep(0.001)
        assert isinstance(late.exception() or late.result(), httpx.ReadError | httpx.Response)


def test_a_client_that_gives_up_ends_nothing_but_its_answer(caplog: pytest.LogCaptureFixture) -> None:
    """The server is still writing when it is told to stop."""
    mock = MockService()
    mock.add("id1")
    mock.fault.drip(3600)
    with (
        mock.serve() as server,
        client(server.base_url) as http_client,
        http_client.stream("POST", STATUS, json={"asset_id": "id1"}) as response,
    ):
        assert response.status_code == 200
    assert "Exception" not in caplog.text


@pytest.mark.parametrize(
    ("target", "head", "status"),
    [
        ("/x", "Host: evil.example", 421),
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
        ("/x", "Host: localhost\r\nContent-Length: many", 400),
    ],
)
def test_only_requests_for_this_machine_are_answered(mock: MockService, target: str, head: str, status: int) -> None:
    """A web site whose name was made to mean 127.0.0.1 gives itself away by that name."""
    with mock.serve() as server:
        port = int(server.base_url.rpartition(":")[2])
        with socket.create_connection(("127.0.0.1", port)) as line, line.makefile("rb") as answer:
            line.sendall(f"POST {target} HTTP/1.1\r\n{head}\r\n\r\n".encode())
            assert answer.readline().startswith(f"HTTP/1.1 {status} ".encode())
    assert len(mock.requests) == (status == 404)


def test_a_client_that_hangs_up_is_no_trouble(mock: MockService, capfd: pytest.CaptureFixture[str]) -> None:
    with mock.serve() as server:
        port = int(server.base_url.rpartition(":")[2])
        line = socket.create_connection(("127.0.0.1", port))
        line.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, b"\1\0\0\0\0\0\0\0")
        line.sendall(f"POST {STATUS} HTTP/1.1\r\nHost: localhost\r\nContent-Length: 9\r\n\r\n".encode())
        line.close()
        with client(server.base_url) as http_client:
            assert http_client.get("/x").status_code == 404
    assert capfd.readouterr().err == ""


def test_trouble_in_an_answer_is_told(caplog: pytest.LogCaptureFixture) -> None:
    def broken(request: httpx.Request) -> Reply:
        raise RuntimeError("on purpose")

    with MockServer(broken, FakeClock()) as server, client(server.base_url) as http_client:
        assert http_client.get("/").status_code == 500
    assert "RuntimeError: on purpose" in caplog.text


def test_a_port_that_is_taken(mock: MockService) -> None:
    with mock.serve() as server:
        port = int(server.base_url.rpartition(":")[2])
        with (
            pytest.raises(OSError, match=f"in use .*{port}") as caught,
            mock.serve(port),
        ):
            raise AssertionError
    assert caught.value.errno == errno.EADDRINUSE


@pytest.mark.parametrize("port", [-1, 65536, "80", True, None])
def test_a_port_that_is_none(mock: MockService, port: Any) -> None:
    with pytest.raises((ValueError, TypeError), match="port must be"):
        mock.serve(port)


@pytest.mark.parametrize("which", ["packaged", "growth"])
def test_the_curl_line_works_as_pasted(which: str, growth: Path) -> None:
    mock = MockService(api_key="sk-'quoted", spec=None if which == "packaged" else growth)
    mock.add("it's 人物", polls=0)
    with mock.serve() as server:
        line = mock.curl(server.base_url)
        pasted = subprocess.run(line, shell=True, capture_output=True, check=True).stdout.decode()
    assert '"code": 0' in pasted if which == "packaged" else "title: Growth" in pasted
