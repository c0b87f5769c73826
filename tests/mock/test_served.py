import asyncio
import errno
import gc
import http.client
import socket
import threading
import time
import warnings
from collections import Counter
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from itertools import chain
from typing import Any

import httpx
import pytest

from jimmy_ai_openapi_client.sdk.mock import FakeClock, Faults, MockServer, MockService, RecordedRequest
from jimmy_ai_openapi_client.sdk.mock.exchange import Reply

from .play import BATCH, KEY, SITE, STATUS


def client(base_url: str) -> httpx.Client:
    # Proxies of the machine do not reach its loopback.
    return httpx.Client(base_url=base_url, headers=KEY, trust_env=False)


def test_the_served_mock_answers_as_the_one_in_process(mock: MockService) -> None:
    mock.add("id1", polls=0)
    asked = [("POST", STATUS, {"asset_id": "id1"}), ("POST", STATUS, {}), ("GET", STATUS, None), ("POST", "/x", None)]
    with mock.serve() as server, client(server.base_url) as served:
        inside = httpx.Client(transport=mock.transport, base_url=SITE, headers=KEY)
        for method, path, body in asked:
            one, other = (http.request(method, path, json=body) for http in (served, inside))
            assert (one.status_code, one.content) == (other.status_code, other.content)
            assert one.headers["Content-Type"] == other.headers["Content-Type"]
            assert one.headers.get("Allow") == other.headers.get("Allow")
            assert one.http_version == "HTTP/1.1"


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


def test_many_threads_at_once(mock: MockService) -> None:
    ids = [f"id{number}" for number in range(8)]
    mock.add(*ids, polls=20)

    def poll(asset_id: str) -> list[str]:
        with client(server.base_url) as http:
            answers = [http.post(STATUS, json={"asset_id": asset_id}).json() for _ in range(25)]
        return [answer["data"]["status"] for answer in answers]

    with mock.serve() as server, ThreadPoolExecutor(8) as pool:
        polled = list(pool.map(poll, ids))
    assert polled == [["Processing"] * 20 + ["Active"] * 5] * 8
    assert len(mock.requests) == 200


def test_threads_sharing_one_asset_lose_no_look(mock: MockService) -> None:
    mock.add("shared", polls=100)

    def poll(_: int) -> list[str]:
        with httpx.Client(transport=mock.transport, base_url=SITE, headers=KEY) as http:
            bodies = [http.post(BATCH, json={"asset_ids": ["shared"]}).json() for _ in range(25)]
        return [body["data"]["items"][0]["status"] for body in bodies]

    with ThreadPoolExecutor(6) as pool:
        polled = Counter(chain.from_iterable(pool.map(poll, range(6))))
    assert polled == {"Active": 50, "Processing": 100}


def test_async_clients(mock: MockService) -> None:
    mock.add("id1", polls=1)

    async def ask() -> list[str]:
        answers = []
        with mock.serve() as server:
            inside = httpx.AsyncClient(transport=mock.transport, base_url=SITE, headers=KEY)
            outside = httpx.AsyncClient(base_url=server.base_url, headers=KEY, trust_env=False)
            async with inside, outside:
                for http in (inside, outside):
                    answer = await http.post(STATUS, json={"asset_id": "id1"})
                    answers.append(answer.json()["data"]["status"])
        return answers

    assert asyncio.run(ask()) == ["Processing", "Active"]


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
    chunks = iter([b'{"asset_', b'id": "id1"}'])
    with mock.serve() as server, client(server.base_url) as http_client:
        response = http_client.post(STATUS, content=chunks, headers={"Content-Type": "application/json"})
    assert response.json()["data"]["status"] == "Active"
    assert mock.requests[0].body == {"asset_id": "id1"}


def test_a_long_body_is_read_to_its_end(mock: MockService) -> None:
    long = {"asset_id": "x" * 500_000}
    with mock.serve() as server, client(server.base_url) as http_client:
        http_client.post(STATUS, json=long)
    assert mock.requests[0].body == long


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
        ("/x#y", "Host: localhost", 400),
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
    def broken(request: httpx.Request) -> tuple[Reply, RecordedRequest]:
        raise RuntimeError("on purpose")

    with MockServer(broken, FakeClock()) as server, client(server.base_url) as http_client:
        assert http_client.get("/").status_code == 500
    assert "RuntimeError: on purpose" in caplog.text


def test_a_port_that_is_taken(mock: MockService) -> None:
    with mock.serve() as server:
        port = int(server.base_url.rpartition(":")[2])
        with (
            pytest.raises(OSError, match=f"port {port}: .*; take another, or 0 for any free one") as caught,
            mock.serve(port),
        ):
            raise AssertionError
    assert caught.value.errno == errno.EADDRINUSE


@pytest.mark.parametrize("port", [-1, 65536, "80", True, None])
def test_a_port_that_is_none(mock: MockService, port: Any) -> None:
    with pytest.raises((ValueError, TypeError), match="port must be"):
        mock.serve(port)


def test_a_server_says_where_it_is(mock: MockService) -> None:
    server = mock.serve()
    assert repr(server) == "MockServer(not started)"
    with server:
        assert repr(server) == f"MockServer({server.base_url})"
