"""The wrapped network backend: what is left of a deadline is what each read, write and handshake gets."""

from collections.abc import Callable
from contextvars import copy_context
from threading import Event
from typing import Any

import httpcore
import httpx
import pytest

from jimmy_ai_openapi_client.sdk.clock import Cancelled, cancelled
from jimmy_ai_openapi_client.sdk.http import deadline
from jimmy_ai_openapi_client.sdk.http.attempt import Deadline
from jimmy_ai_openapi_client.sdk.http.deadline import WRITTEN_AT_ONCE, keep_deadlines


class Network(httpcore.NetworkBackend, httpcore.NetworkStream):
    """Notes the timeouts it is given; a read fails as often as told, then gives `data`."""

    def __init__(self, late: int = 0) -> None:
        self.timeouts: list[float | None] = []
        self.written: list[int] = []
        self.late, self.closed, self.slept, self.places = late, False, 0.0, list[Any]()
        self.handshake: BaseException | None = None

    def connect_tcp(self, host: str, port: int, timeout: float | None = None, *args: Any, **kwargs: Any) -> Any:
        self.places.append((host, port, *args, *kwargs.values()))
        self.timeouts.append(timeout)
        return self

    def connect_unix_socket(self, path: str, timeout: float | None = None, *args: Any, **kwargs: Any) -> Any:
        self.places.append((path, *args, *kwargs.values()))
        self.timeouts.append(timeout)
        return self

    def sleep(self, seconds: float) -> None:
        self.slept = seconds

    def read(self, max_bytes: int, timeout: float | None = None) -> bytes:
        self.timeouts.append(timeout)
        self.late -= 1
        if self.late >= 0:
            raise httpcore.ReadTimeout
        return b"x" * max_bytes

    def write(self, buffer: bytes, timeout: float | None = None) -> None:
        self.timeouts.append(timeout)
        self.written.append(len(buffer))

    def start_tls(self, ssl_context: Any, server_hostname: str | None = None, timeout: float | None = None) -> Any:
        self.places.append((ssl_context, server_hostname))
        self.timeouts.append(timeout)
        if self.handshake:
            raise self.handshake
        return self

    def get_extra_info(self, info: str) -> str:
        return info

    def close(self) -> None:
        self.closed = True


def wrapped(network: Network) -> Any:
    """The backend that a client's transport has after `keep_deadlines`."""
    transport = httpx.HTTPTransport()
    pool: Any = transport._pool
    pool._network_backend = network
    with httpx.Client(transport=transport) as client:
        keep_deadlines(client)
        backend = pool._network_backend
        keep_deadlines(client)
        assert pool._network_backend is backend
    return backend


Step = Callable[[Any, Any], Any]
STEPS: dict[str, tuple[Step, type[Exception]]] = {
    "connect": (lambda backend, left: backend.connect_tcp("host", 1, left, "here"), httpcore.ConnectTimeout),
    "unix": (lambda backend, left: backend.connect_unix_socket("path", left, "options"), httpcore.ConnectTimeout),
    "tls": (
        lambda backend, left: backend.connect_tcp("host", 1).start_tls("context", "name", left),
        httpcore.ConnectTimeout,
    ),
    "read": (lambda backend, left: backend.connect_tcp("host", 1).read(7, left), httpcore.ReadTimeout),
    "write": (lambda backend, left: backend.connect_tcp("host", 1).write(b"abc", left), httpcore.WriteTimeout),
}
steps = pytest.mark.parametrize(("step", "late"), STEPS.values(), ids=STEPS)


@steps
def test_each_step_has_what_is_left(step: Step, late: type[Exception]) -> None:
    network = Network()
    step(wrapped(network), Deadline(60))
    assert network.timeouts[-1] is not None
    assert 30 < network.timeouts[-1] < 60
    with pytest.raises(late):
        step(wrapped(network), Deadline(0))


@steps
@pytest.mark.parametrize("plain", [None, 0.0, 5.0])
def test_a_plain_timeout_is_handed_on(step: Step, late: type[Exception], plain: float | None) -> None:
    """Such as that of a request which is not ours."""
    network = Network()
    step(wrapped(network), plain)
    assert network.timeouts[-1] is plain


def test_everything_else_is_handed_on() -> None:
    network = Network()
    backend = wrapped(network)
    backend.sleep(3)
    stream = backend.connect_unix_socket("path", None, ["option"])
    stream = backend.connect_tcp("host", 1, None, "address", ["option"]).start_tls(None, "name")
    assert stream.read(3) == b"xxx"
    assert (network.slept, stream.get_extra_info("it")) == (3, "it")
    assert network.places == [("path", ["option"]), ("host", 1, "address", ["option"]), (None, "name")]
    stream.close()
    assert network.closed


def test_a_large_body_is_written_in_pieces() -> None:
    """Each of them looks at the deadline."""
    network = Network()
    wrapped(network).connect_tcp("host", 1).write(bytes(2 * WRITTEN_AT_ONCE + 5), Deadline(60))
    assert network.written == [WRITTEN_AT_ONCE, WRITTEN_AT_ONCE, 5]


@pytest.mark.parametrize("error", [httpcore.ConnectError(), KeyboardInterrupt()], ids=repr)
def test_a_handshake_that_fails_leaves_no_socket(error: BaseException) -> None:
    network = Network()
    network.handshake = error
    with pytest.raises(type(error)):
        wrapped(network).connect_tcp("host", 1).start_tls(None)
    assert network.closed


def in_a_call(event: Event, step: Callable[[], Any]) -> Any:
    """What `step` gives in a thread of a call whose interruption `event` tells."""
    return copy_context().run(lambda: (cancelled.set(event), step())[1])


@steps
def test_an_interrupted_call_takes_no_further_step(step: Step, late: type[Exception]) -> None:
    event = Event()
    event.set()
    with pytest.raises(Cancelled):
        in_a_call(event, lambda: step(wrapped(Network()), Deadline(60)))


def test_a_read_of_several_looks_for_an_interruption_now_and_then() -> None:
    """Until the answer is there or the deadline is over; a plain timeout is left as it is."""
    network = Network(late=3)
    stream = wrapped(network).connect_tcp("host", 1)
    network.timeouts.clear()
    assert in_a_call(Event(), lambda: stream.read(1, Deadline(60))) == b"x"
    assert network.timeouts == [deadline.CHECKED_EVERY] * 4
    assert in_a_call(Event(), lambda: stream.read(1, 60.0)) == b"x"
    assert network.timeouts[-1] == 60
    assert in_a_call(Event(), lambda: stream.read(1, Deadline(0.1))) == b"x"
    assert 0 < (network.timeouts[-1] or 0) <= 0.1
    network.late = 10**9
    with pytest.raises(httpcore.ReadTimeout):
        in_a_call(Event(), lambda: stream.read(1, Deadline(0.05)))


def test_transports_of_other_kinds_are_left_alone() -> None:
    with httpx.Client(transport=httpx.MockTransport(lambda _: httpx.Response(200))) as client:
        keep_deadlines(client)


def test_mounted_transports_too() -> None:
    mounted = httpx.HTTPTransport()
    with httpx.Client(mounts={"all://": mounted, "http://nobody": None}) as client:
        keep_deadlines(client)
    pool: Any = mounted._pool
    assert type(pool._network_backend) is deadline._Backend
