"""What watches httpx: event hooks, and OpenTelemetry."""

from functools import partial

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


@pytest.mark.parametrize("everywhere", [False, True], ids=["one client", "all clients"])
def test_opentelemetry(call: Call, server: Served, monkeypatch: pytest.MonkeyPatch, everywhere: bool) -> None:
    """It may capture headers, if it is told to leave the key out, as docs/guide/network.md has it."""
    monkeypatch.setenv("OTEL_INSTRUMENTATION_HTTP_CAPTURE_HEADERS_CLIENT_REQUEST", "authorization,content-type")
    monkeypatch.setenv("OTEL_INSTRUMENTATION_HTTP_CAPTURE_HEADERS_SANITIZE_FIELDS", "authorization")
    exporter, provider, instrumentor = InMemorySpanExporter(), TracerProvider(), HTTPXClientInstrumentor()
    provider.add_span_processor(SimpleSpanProcessor(exporter))
    if everywhere:
        instrumentor.instrument(tracer_provider=provider)
        try:
            assert call(base_url=server.base_url) == "Active"
        finally:
            instrumentor.uninstrument()
    else:
        see = partial(instrumentor.instrument_client, tracer_provider=provider)
        assert call(base_url=server.base_url, see=see) == "Active"
    provider.shutdown()
    finished = exporter.get_finished_spans()
    written = "".join(span.to_json() for span in finished)
    assert [span.name for span in finished] == ["POST"] * server.requests
    assert KEY not in written
    assert ("REDACTED" in written) == everywhere
