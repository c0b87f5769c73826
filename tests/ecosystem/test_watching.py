"""What watches httpx: event hooks, and OpenTelemetry."""

from collections.abc import Generator, Iterator
from contextlib import contextmanager
from typing import Any

import httpx
import pytest
from opentelemetry.instrumentation.httpx import HTTPXClientInstrumentor
from opentelemetry.sdk.trace import TracerProvider
from opentelemetry.sdk.trace.export import SimpleSpanProcessor
from opentelemetry.sdk.trace.export.in_memory_span_exporter import InMemorySpanExporter

from .conftest import ASSET, BUSY, KEY, Call, Served


def test_event_hooks(call: Call, way: str) -> None:
    """Each attempt is told of once, before and after."""
    told: list[str] = []

    def note(thing: Any) -> None:
        told.append(type(thing).__name__)

    async def anote(thing: Any) -> None:
        told.append(type(thing).__name__)

    answers = iter([BUSY, ASSET])
    transport = httpx.MockTransport(lambda _: httpx.Response(200, json=next(answers)))
    hook = note if way == "threads" else anote
    hooks = {"request": [hook], "response": [hook]}
    assert call(transport=transport, httpx_args={"event_hooks": hooks}) == "Active"
    assert told == ["Request", "Response"] * 2


def test_a_hook_may_read_the_answer(call: Call, way: str, server: Served) -> None:
    read: list[bytes] = []

    def note(response: httpx.Response) -> None:
        read.append(response.read())

    async def anote(response: httpx.Response) -> None:
        read.append(await response.aread())

    hooks = {"response": [note if way == "threads" else anote]}
    assert call(base_url=server.base_url, httpx_args={"event_hooks": hooks}) == "Active"
    assert len(read) == 1
    assert read[0].startswith(b'{"code"')


@pytest.fixture
def spans() -> Iterator[tuple[TracerProvider, InMemorySpanExporter]]:
    exporter, provider = InMemorySpanExporter(), TracerProvider()
    provider.add_span_processor(SimpleSpanProcessor(exporter))
    yield provider, exporter
    provider.shutdown()


def check(exporter: InMemorySpanExporter, requests: int) -> None:
    finished = exporter.get_finished_spans()
    assert [span.name for span in finished] == ["POST"] * requests
    assert KEY not in "".join(span.to_json() for span in finished)


@contextmanager
def all_clients_watched(provider: TracerProvider) -> Generator[None]:
    instrumentor = HTTPXClientInstrumentor()
    instrumentor.instrument(tracer_provider=provider)
    try:
        yield
    finally:
        instrumentor.uninstrument()


def test_opentelemetry_for_all_clients(
    call: Call, server: Served, spans: tuple[TracerProvider, InMemorySpanExporter]
) -> None:
    provider, exporter = spans
    with all_clients_watched(provider):
        assert call(base_url=server.base_url) == "Active"
    check(exporter, server.requests)


def test_opentelemetry_for_one_client(
    call: Call, server: Served, spans: tuple[TracerProvider, InMemorySpanExporter]
) -> None:
    provider, exporter = spans

    def see(client: Any) -> None:
        HTTPXClientInstrumentor.instrument_client(client, tracer_provider=provider)

    assert call(base_url=server.base_url, see=see) == "Active"
    check(exporter, server.requests)
    assert server.requests == 1


def test_opentelemetry_that_captures_headers_is_told_to_leave_the_key_out(
    call: Call,
    server: Served,
    spans: tuple[TracerProvider, InMemorySpanExporter],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """As docs/guide/network.md has it."""
    monkeypatch.setenv("OTEL_INSTRUMENTATION_HTTP_CAPTURE_HEADERS_CLIENT_REQUEST", "authorization,content-type")
    monkeypatch.setenv("OTEL_INSTRUMENTATION_HTTP_CAPTURE_HEADERS_SANITIZE_FIELDS", "authorization")
    provider, exporter = spans
    with all_clients_watched(provider):
        assert call(base_url=server.base_url) == "Active"
    check(exporter, server.requests)
    assert "REDACTED" in "".join(span.to_json() for span in exporter.get_finished_spans())
