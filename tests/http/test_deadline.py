"""The wrapped network backend: what is left of a deadline is what each read, write and handshake gets."""

import asyncio
from collections.abc import Callable
from contextvars import copy_context
from operator import methodcaller
from threading import Event
from typing import Any
from unittest.mock import AsyncMock, Mock, call

import httpcore
import httpx
import pytest

from jimmy_ai_openapi_client.sdk.clock import Cancelled, cancelled
from jimmy_ai_openapi_client.sdk.http.attempt import Deadline
from jimmy_ai_openapi_client.sdk.http.deadline import keep_deadlines


def wrapped(network: Any, kind: type[httpx.HTTPTransport | httpx.AsyncHTTPTransport] = httpx.HTTPTransport) -> Any:
    """The backend that a transport has after `keep_deadlines`, however often, for a client that mounts it."""
    transport = kind(verify=False)
    pool: Any = transport._pool
    pool._network_backend = network
    client: Any = httpx.Client if kind is httpx.HTTPTransport else httpx.AsyncClient
    other = httpx.MockTransport(lambda _: httpx.Response(200))
    keep_deadlines(client(transport=other, mounts={"http://": transport, "http://nobody": None}))
    backend = pool._network_backend
    keep_deadlines(client(transport=transport))
    assert pool._network_backend is backend
    return backend


def timeouts(network: Mock) -> list[Any]:
    """Those of all steps so far, the last arguments of each."""
    return [step.args[-1] for step in network.mock_calls]


class Over(Deadline):
    """One that ends now."""

    def left(self) -> float:
        return 0.0


Step = Callable[[Any, Any], Any]
STEPS: dict[str, tuple[Step, type[Exception]]] = {
    "connect": (lambda backend, left: backend.connect_tcp("host", 1, left), httpcore.ConnectTimeout),
    "unix": (lambda backend, left: backend.connect_unix_socket("path", left), httpcore.ConnectTimeout),
    "tls": (
        lambda backend, left: backend.connect_tcp("host", 1).start_tls("context", "name", left),
        httpcore.ConnectTimeout,
    ),
    "read": (lambda backend, left: backend.connect_tcp("host", 1).read(7, left), httpcore.ReadTimeout),
    "write": (lambda backend, left: backend.connect_tcp("host", 1).write(b"abc", left), httpcore.WriteTimeout),
}


def in_a_call(event: Event, step: Callable[[], Any]) -> Any:
    """What `step` gives in a thread of a call whose interruption `event` tells."""
    return copy_context().run(lambda: (cancelled.set(event), step())[1])


@pytest.mark.parametrize(("step", "late"), STEPS.values(), ids=STEPS)
def test_each_step_has_what_is_left(step: Step, late: type[Exception]) -> None:
    """A plain timeout, of a request that is not ours, is handed on. An interrupted call takes no further step."""
    network, interrupted = Mock(), Event()
    for plain in (None, 0.0, 5.0):
        step(wrapped(network), plain)
        assert timeouts(network)[-1] is plain
    step(wrapped(network), Deadline(60))
    assert 30 < timeouts(network)[-1] < 60
    with pytest.raises(late):
        step(wrapped(network), Over(60))
    interrupted.set()
    with pytest.raises(Cancelled):
        in_a_call(interrupted, lambda: step(wrapped(network), Deadline(60)))


def test_everything_else_is_handed_on() -> None:
    network = Mock()
    backend = wrapped(network)
    backend.sleep(3)
    backend.connect_unix_socket("path", None, ["option"])
    stream = backend.connect_tcp("host", 1, None, "address", ["option"]).start_tls("context", "name")
    answer = stream.read(3)
    stream.get_extra_info("it")
    stream.close()
    connected = call.connect_tcp("host", 1, None, "address", ["option"])
    secure = connected.start_tls("context", "name", None)
    steps = [call.sleep(3), call.connect_unix_socket("path", None, ["option"]), connected, secure]
    assert network.mock_calls == [*steps, secure.read(3, None), secure.get_extra_info("it"), secure.close()]
    assert answer is network.connect_tcp.return_value.start_tls.return_value.read.return_value


def test_a_large_body_is_written_in_pieces() -> None:
    """Of 64 KiB; each of them looks at the deadline."""
    network = Mock()
    wrapped(network).connect_tcp("host", 1).write(bytes(2 * 65_536 + 5), Deadline(60))
    assert [len(step.args[0]) for step in network.mock_calls[1:]] == [65_536, 65_536, 5]


@pytest.mark.parametrize(
    "connect", [methodcaller("connect_tcp", "host", 1), methodcaller("connect_unix_socket", "path")]
)
@pytest.mark.parametrize("error", [httpcore.ConnectError(), KeyboardInterrupt(), asyncio.CancelledError()], ids=repr)
def test_a_handshake_that_fails_leaves_no_socket(connect: Callable[[Any], Any], error: BaseException) -> None:
    def failing(network: Any) -> Any:
        network.connect_tcp.return_value = network.connect_unix_socket.return_value = network.stream
        network.stream.start_tls.side_effect = error
        return network

    async def main() -> None:
        stream = await connect(wrapped(anetwork, httpx.AsyncHTTPTransport))
        with pytest.raises(type(error)):
            await stream.start_tls("context")

    network, anetwork = failing(Mock()), failing(AsyncMock())
    with pytest.raises(type(error)):
        connect(wrapped(network)).start_tls("context")
    asyncio.run(main())
    network.stream.close.assert_called_once()
    anetwork.stream.aclose.assert_awaited_once()


def test_a_read_of_several_looks_for_an_interruption_now_and_then() -> None:
    """Until the answer is there or the deadline is over; a plain timeout is left as it is."""
    network = Mock()
    read, stream = network.connect_tcp.return_value.read, wrapped(network).connect_tcp("host", 1)
    read.side_effect = [httpcore.ReadTimeout] * 3 + [b"x"] * 3
    assert in_a_call(Event(), lambda: stream.read(1, Deadline(60))) == b"x"
    assert in_a_call(Event(), lambda: stream.read(1, 60.0)) == b"x"
    assert in_a_call(Event(), lambda: stream.read(1, Deadline(0.1))) == b"x"
    *regular, plain, last = timeouts(network)[1:]
    assert (regular, plain, 0 < last <= 0.1) == ([0.25] * 4, 60.0, True)
    read.side_effect = httpcore.ReadTimeout
    with pytest.raises(httpcore.ReadTimeout):
        in_a_call(Event(), lambda: stream.read(1, Deadline(0.05)))
