"""What the mock answers is what the spec says, in the eyes of openapi-core and of schemathesis."""

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import httpx
import pytest
import requests
import schemathesis
from hypothesis import HealthCheck, given, settings
from openapi_core import OpenAPI
from schemathesis.checks import CHECKS
from schemathesis.core.result import Ok

from jimmy_ai_openapi_client.sdk.mock import MockServer, MockService, RecordedRequest
from jimmy_ai_openapi_client.sdk.mock.exchange import Reply

from .play import BATCH, KEY, STATUS, check, example_of, read

QUICK = settings(
    max_examples=20,
    derandomize=True,
    database=None,
    deadline=None,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.filter_too_much],
)


def answers(body: dict[str, Any], request: httpx.Request) -> Iterator[httpx.Response]:
    """What an operation answers in every state that its assets can be in, and when it refuses."""
    mock = MockService()
    (named,) = body.values()
    ids = [named] if isinstance(named, str) else named
    yield mock.answer(request)
    for outcome in ("Active", "Failed", "Unheard-of"):
        mock.add(*ids, polls=1, outcome=outcome)
        yield mock.answer(request)
        yield mock.answer(request)
    yield mock.answer(httpx.Request(request.method, request.url, json=[], headers=KEY))
    yield mock.answer(httpx.Request(request.method, request.url, json=body))


@pytest.mark.parametrize("path", [STATUS, BATCH])
def test_every_answer_of_a_played_operation_conforms(spec: dict[str, Any], path: str) -> None:
    api, site = OpenAPI.from_dict(spec), spec["servers"][0]["url"]
    body = example_of(spec["paths"][path]["post"]["requestBody"]["content"]["application/json"])
    request = httpx.Request("POST", site + path, json=body, headers=KEY)
    got = list(answers(body, request))
    for response in got:
        assert response.status_code == 200
        check(api, site, request, response)
    codes = [response.json()["code"] for response in got]
    assert codes[1:] == [0] * 6 + [20002, 20001]


def judged(mock: MockService) -> MockServer:
    """The mock, served so that refusals have the HTTP status schemathesis looks for: the vendor's have 200."""

    def exchange(request: httpx.Request) -> tuple[Reply, RecordedRequest]:
        reply, seen = mock.exchange(request)
        return replace(reply, status={"20001": 401, "20002": 400}.get(str(reply.code), reply.status)), seen

    return MockServer(exchange, mock.clock)


def documented(spec: dict[str, Any]) -> dict[str, set[int]]:
    """The HTTP statuses of success, by operation."""
    return {
        f"{method.upper()} {path}": {int(code.replace("X", "0")) for code in operation["responses"]}
        for path, item in spec["paths"].items()
        for method, operation in item.items()
        if method != "parameters"
    }


# The packaged spec is tried in tests/contract. Wrong requests to parameters and forms are left to test_growth:
# schemathesis also calls additional parameters wrong, and an object in the place of a form's text.
@pytest.mark.heavy
def test_schemathesis_finds_nothing(growth: Path) -> None:
    described = read(growth)
    described["paths"].pop("/plates/{plate}", None)  # nothing can be made of it, as test_growth says
    schema = schemathesis.openapi.from_dict(described)
    session = requests.Session()
    session.trust_env = False
    undocumented = CHECKS.get_by_names(["status_code_conformance"])
    asked = dict[str, set[int]]()

    with session, judged(MockService(spec=described)) as server:

        def play(case: Any) -> None:
            response = case.call(base_url=server.base_url, session=session, headers=KEY)
            asked.setdefault(case.operation.label, set()).add(response.status_code)
            case.validate_response(response, headers=KEY, excluded_checks=undocumented)

        for found in schema.get_all_operations():
            assert isinstance(found, Ok)
            operation = found.ok()
            QUICK(given(case=operation.as_strategy(generation_mode=schemathesis.GenerationMode.POSITIVE))(play))()

    assert asked == documented(described)
