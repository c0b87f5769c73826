"""The served mock stands before schemathesis, which knows the spec and nothing else, and answers as in-process."""

import json
import threading
from collections.abc import Iterator
from typing import Any

import httpx
import pytest
import requests
import schemathesis
from hypothesis import HealthCheck, given, settings
from schemathesis import GenerationMode
from schemathesis.checks import CHECKS
from schemathesis.core.result import Ok
from werkzeug import Request, Response
from werkzeug.serving import WSGIRequestHandler, make_server

from jimmy_ai_openapi_client.sdk.mock import MockServer, MockService

from .asked import right, texts, wrong
from .difference import agree
from .document import DOCUMENT
from .spec import OPERATIONS, Operation
from .wire import TOKEN

QUICK = settings(
    max_examples=20,
    derandomize=True,
    database=None,
    deadline=None,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.filter_too_much],
)
REFUSED = {20001: 401, 20002: 400}  # business codes of the vendor, who says them with HTTP 200
KEY = {"Authorization": f"Bearer {TOKEN}"}
SCHEMA = schemathesis.openapi.from_dict(dict(DOCUMENT))
UNDOCUMENTED = CHECKS.get_by_names(["status_code_conformance"])  # no refusal is documented


pytestmark = pytest.mark.heavy


@pytest.fixture(scope="module")
def mock() -> MockService:
    return MockService(api_key=TOKEN)


@pytest.fixture(scope="module")
def server(mock: MockService) -> Iterator[MockServer]:
    with mock.serve() as server:
        yield server


@pytest.fixture(scope="module")
def front(server: MockServer) -> Iterator[str]:
    """The address of the served mock behind a door that says refusals as the HTTP statuses schemathesis looks for."""

    @Request.application
    def door(request: Request) -> Response:
        headers = {name: value for name, value in request.headers.items() if name not in {"Host", "Content-Length"}}
        with httpx.Client(base_url=server.base_url, trust_env=False) as client:
            answer = client.request(
                request.method, request.full_path.rstrip("?"), headers=headers, content=request.data
            )
        said = answer.json() if answer.headers["content-type"] == "application/json" else {}
        status = REFUSED.get(int(said.get("code", 0)), answer.status_code)
        kept = [(name, value) for name, value in answer.headers.items() if name in {"content-type", "allow"}]
        return Response(answer.content, status, kept)

    door_server = make_server("127.0.0.1", 0, door, threaded=True, request_handler=Quiet)
    thread = threading.Thread(target=door_server.serve_forever)
    thread.start()
    yield f"http://127.0.0.1:{door_server.server_port}"
    door_server.shutdown()
    thread.join()
    door_server.server_close()


class Quiet(WSGIRequestHandler):
    """Says nothing of each request."""

    def log(self, *_: Any) -> None:
        pass


@pytest.mark.parametrize("mode", [GenerationMode.POSITIVE, GenerationMode.NEGATIVE], ids=lambda mode: str(mode.value))
@pytest.mark.parametrize("found", [pytest.param(each, id=each.id) for each in OPERATIONS])
def test_schemathesis_finds_nothing(found: Operation, mode: GenerationMode, mock: MockService, front: str) -> None:
    """Whatever it sends is answered as the spec says; nothing wrong is taken, nothing right is refused."""
    operation = next(
        each.ok() for each in SCHEMA.get_all_operations() if isinstance(each, Ok) and same(each.ok(), found)
    )
    asked: set[int] = set()

    @QUICK
    @given(case=operation.as_strategy(generation_mode=mode))
    def play(case: Any) -> None:
        if mode is GenerationMode.POSITIVE and isinstance(case.body, dict):
            mock.add(*texts(case.body), polls=1)
        response = case.call(base_url=front, session=session, headers=KEY)
        asked.add(response.status_code)
        case.validate_response(response, headers=KEY, excluded_checks=UNDOCUMENTED)

    with requests.Session() as session:
        session.trust_env = False
        play()
    if mode is GenerationMode.POSITIVE:
        assert all(found.documents(status) for status in asked), f"{found.id}, {found.place}.responses: {asked}"
    else:
        assert asked & {400, 401, 404, 405}, f"{found.id}, {found.place}: {asked}"


def same(operation: Any, other: Operation) -> bool:
    """Whether schemathesis's operation is ours."""
    return (operation.path, operation.method.lower()) == (other.path, other.method)


@pytest.mark.parametrize("found", [pytest.param(each, id=each.id) for each in OPERATIONS])
def test_answers_as_in_process(found: Operation, mock: MockService, server: MockServer) -> None:
    """Right and wrong requests get the same answer, byte for byte, and leave the same trace."""
    host = DOCUMENT["servers"][0]["url"]
    inside = httpx.Client(transport=mock.transport)
    with inside, httpx.Client(trust_env=False) as outside:
        for request in (*right(found, host), *(each.request for each in wrong(found, host))):
            mock.add(*texts(json.loads(request.content or b"null") if request.content != b'{"' else None), polls=0)
            there = httpx.Request(
                request.method,
                request.url.copy_with(scheme="http", host="127.0.0.1", port=httpx.URL(server.base_url).port),
                headers={name: value for name, value in request.headers.items() if name != "host"},
                content=request.content,
            )
            one, other = answered(inside, request), answered(outside, there)
            agree(f"{found.id}, {found.place}, served", other, one)
            seen = [(each.operation, each.body) for each in mock.requests[-2:]]
            agree(f"{found.id}, {found.place}, what was seen", seen[1], seen[0])


def answered(client: httpx.Client, request: httpx.Request) -> tuple[int, bytes, str]:
    """Return what an answer is: status, content, media type."""
    response = client.send(request)
    return response.status_code, response.content, response.headers.get("content-type", "")
