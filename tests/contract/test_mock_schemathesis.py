"""The mock stands before schemathesis, which knows the spec and nothing else."""

from dataclasses import replace
from datetime import timedelta
from typing import Any

import httpx
import pytest
import requests
import schemathesis
from hypothesis import given
from schemathesis import GenerationMode
from schemathesis.checks import CHECKS
from schemathesis.core.result import Ok

from jimmy_ai_openapi_client.sdk.mock import MockService

from .asked import texts
from .document import DOCUMENT, HOST
from .left_out import leave_out
from .samples import QUICK
from .spec import OPERATIONS, Operation
from .wire import TOKEN

STATUSES = {"20001": 401, "20002": 400}  # of the vendor's business codes for refusals, which come with HTTP 200
KEY = {"Authorization": f"Bearer {TOKEN}"}
UNCHECKED = {"uri", "url", "password"}  # formats of which the mock takes any value


def checked(node: Any) -> Any:
    """The spec without the formats that the mock does not check."""
    if isinstance(node, list):
        return [checked(each) for each in node]
    if not isinstance(node, dict):
        return node
    return {key: checked(each) for key, each in node.items() if key != "format" or str(each) not in UNCHECKED}


SCHEMA = schemathesis.openapi.from_dict(checked(DOCUMENT))
# No refusal is documented, and what is documented for its status is another answer; the third sends requests itself.
LEFT_OUT = CHECKS.get_by_names(["status_code_conformance", "ignored_auth"])
REFUSED = CHECKS.get_by_names(["status_code_conformance", "ignored_auth", "response_schema_conformance"])


def answered(mock: MockService, case: Any) -> httpx.Response:
    """What the mock answers in-process, a refusal with the HTTP status that schemathesis looks for."""
    asked: Any = requests.Request(**case.as_transport_kwargs(base_url=HOST, headers=KEY)).prepare()
    request = httpx.Request(asked.method, asked.url, headers=dict(asked.headers), content=asked.body)
    reply, _ = mock.exchange(request)
    reply = replace(reply, status=STATUSES.get(str(reply.code), reply.status))
    response = httpx.Response(reply.status, headers=reply.headers, content=reply.content, request=request)
    response.elapsed = timedelta(0)
    return response


# To schemathesis a parameter that nobody described is wrong, and an object in the place of a form's text; `asked.wrong`
# has wrong parameters and forms.
MODES = [(each, GenerationMode.POSITIVE) for each in OPERATIONS] + [
    (each, GenerationMode.NEGATIVE)
    for each in OPERATIONS
    if not each.parameters and any(media.endswith("json") for media in each.body)
]


leave_out(
    "wrong values by schemathesis, to which parameters that nobody described are wrong; the suite has its own",
    [each.id for each in OPERATIONS if (each.parameters or each.body) and (each, GenerationMode.NEGATIVE) not in MODES],
)


@pytest.mark.parametrize(("found", "mode"), [pytest.param(*each, id=f"{each[0].id}-{each[1].value}") for each in MODES])
def test_schemathesis_finds_nothing(found: Operation, mode: GenerationMode) -> None:
    """Whatever it sends is answered as the spec says; nothing wrong is taken, nothing right is refused."""
    operation = next(
        each.ok() for each in SCHEMA.get_all_operations() if isinstance(each, Ok) and same(each.ok(), found)
    )
    mock, seen = MockService(api_key=TOKEN), set[int]()

    @QUICK
    @given(case=operation.as_strategy(generation_mode=mode))
    def play(case: Any) -> None:
        if mode is GenerationMode.POSITIVE and isinstance(case.body, dict):
            mock.add(*texts(case.body), polls=1)
        response = answered(mock, case)
        seen.add(response.status_code)
        left_out = LEFT_OUT if response.is_success else REFUSED
        case.validate_response(response, headers=KEY, excluded_checks=left_out)

    play()
    if mode is GenerationMode.POSITIVE:
        assert all(found.documented(status) for status in seen), f"{found.id}, {found.place}.responses: {seen}"
    else:
        assert seen & {400, 401, 404, 405}, f"{found.id}, {found.place}: {seen}"


def same(operation: Any, other: Operation) -> bool:
    """Whether schemathesis's operation is ours."""
    return (operation.path, operation.method.lower()) == (other.path, other.method)
