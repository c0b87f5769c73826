"""The API, mocked from `openapi.yaml`: for tests, demos and work without a network or a key.

    from jimmy_ai_openapi_client import JimmyAI
    from jimmy_ai_openapi_client.sdk.mock import mock_api

    with mock_api() as mock:
        mock.add("id1", "id2", polls=3)                  # Processing for three polls, then Active
        mock.add("id3", seconds=12.5, outcome="Failed")  # Processing for 12.5 seconds, then Failed
        mock.fault.code(-1, times=2)                     # the next two requests fail
        JimmyAI().real_person.wait("id1")                # in-process, without waiting; AsyncJimmyAI as well
        with mock.serve() as server:                     # or over a real socket on loopback
            server.base_url

It reads routes, request schemas and security in the spec, checks each request with openapi-core, and does not use the
generated code: what it accepts, the spec accepts. It needs `pip install 'jimmy-ai-openapi-client[mock]'`.
"""

try:
    from .clock import FakeClock
    from .exchange import RecordedRequest
    from .faults import Faults, PlannedFault
    from .fixture import JimmyMock, mock_api
    from .server import MockServer
    from .service import MockService
except ModuleNotFoundError as missing:  # pragma: no cover  (tested in a process of its own)
    if (missing.name or "").startswith("jimmy_ai_openapi_client"):
        raise
    remedy = f"the mock needs {missing.name}: pip install 'jimmy-ai-openapi-client[mock]'"
    raise ModuleNotFoundError(remedy, name=missing.name) from missing

__all__ = "FakeClock", "Faults", "JimmyMock", "MockServer", "MockService", "PlannedFault", "RecordedRequest", "mock_api"
