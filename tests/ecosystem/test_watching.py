"""What watches httpx: event hooks, and OpenTelemetry."""

from collections.abc import Iterator
from typing import Any

import httpx
import pytest
from opentelemetry.instrumentation.httpx import HTTPXClientInstrumentor
from opentelemetry.sdk.trace import TracerProvider
from opentelemetry.sdk.trace.export import SimpleSpanProcessor
from opentelemetry.sdk.trace.export.in_memory_span_exporter import InMemorySpanExporter

from .conftest import KEY, Call, Served


def test_event_hooks(call: Call, way: str, server: Served) -> None:
    """Each attempt is told of once, before and after, and its answer may be read."""
    told: list[bytes | str] = []

    def note(thing: httpx.Request | httpx.Response) -> None:
        told.append(thing.method if isinstance(thing, httpx.Request) else thing.read()[:7])

    async def anote(thing: httpx.Request | httpx.Response) -> None:
        told.append(thing.method if isinstance(thing, httpx.Request) else (await thing.aread())[:7])

    hook = note if way == "threads" else anote
    server.mock.fault.code()
    assert (
        call(base_url=server.base_url, httpx_args={"event_hooks": {"request": [hook], "response": [hook]}}) == "Active"
    )
    assert told == ["POST", b'{"code"'] * 2


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


def test_opentelemetry_for_one_client(
    call: Call, server: Served, spans: tuple[TracerProvider, InMemorySpanExporter]
) -> None:
    provider, exporter = spans

    def see(client: Any) -> None:
        HTTPXClientInstrumentor.instrument_client(client, tracer_provider=provider)

    assert call(base_url=server.base_url, see=see) == "Active"
    check(exporter, server.requests)


def test_opentelemetry_for_all_clients_that_captures_headers_is_told_to_leave_the_key_out(
    call: Call,
    server: Served,
    spans: tuple[TracerProvider, InMemorySpanExporter],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """As docs/guide/network.md has it."""
    monkeypatch.setenv("OTEL_INSTRUMENTATION_HTTP_CAPTURE_HEADERS_CLIENT_REQUEST", "authorization,content-type")
    monkeypatch.setenv("OTEL_INSTRUMENTATION_HTTP_CAPTURE_HEADERS_SANITIZE_FIELDS", "authorization")
    provider, exporter = spans
    instrumentor = HTTPXClientInstrumentor()
    instrumentor.instrument(tracer_provider=provider)
    try:
        assert call(base_url=server.base_url) == "Active"
    finally:
        instrumentor.uninstrument()
    check(exporter, server.requests)
    assert "REDACTED" in "".join(span.to_json() for span in exporter.get_finished_spans())
