"""The mock stands before schemathesis, which knows the spec and nothing else."""

from datetime import timedelta
from typing import Any

import httpx
import pytest
import requests
import schemathesis
from hypothesis import given
from schemathesis import GenerationMode
from schemathesis.checks import CHECKS

from jimmy_ai_openapi_client.sdk.mock import MockService

from .asked import texts
from .document import DOCUMENT, HOST
from .left_out import leave_out
from .samples import QUICK
from .spec import OPERATIONS, Operation
from .wire import TOKEN

# Hypothesis bounds what is tried. It would take the alarm of a time limit for a failure that it cannot repeat.
pytestmark = pytest.mark.timeout(0)

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
# To schemathesis a parameter that nobody described is wrong, and an object in the place of a form's text; `asked.wrong`
# has wrong parameters and forms.
WRONG = [each for each in OPERATIONS if not each.parameters and any(media.endswith("json") for media in each.body)]
leave_out(
    "wrong values by schemathesis, to which parameters that nobody described are wrong; the suite has its own",
    [each.id for each in OPERATIONS if (each.parameters or each.body) and each not in WRONG],
)


def answered(mock: MockService, case: Any) -> httpx.Response:
    """What the mock answers in-process, a refusal with the HTTP status that schemathesis looks for."""
    asked: Any = requests.Request(**case.as_transport_kwargs(base_url=HOST, headers=KEY)).prepare()
    request = httpx.Request(asked.method, asked.url, headers=dict(asked.headers), content=asked.body)
    reply, _ = mock.exchange(request)
    status = STATUSES.get(str(reply.code), reply.status)
    response = httpx.Response(status, headers=reply.headers, content=reply.content, request=request)
    response.elapsed = timedelta(0)
    return response


def played(found: Operation, mode: GenerationMode) -> set[int]:
    """Let schemathesis send what it thinks of, and judge each answer; return the statuses."""
    statuses = set[int]()

    @QUICK
    @given(case=SCHEMA[found.path][found.method].as_strategy(generation_mode=mode))
    def play(case: Any) -> None:
        mock = MockService(api_key=TOKEN)
        if mode is GenerationMode.POSITIVE and isinstance(case.body, dict):
            mock.add(*texts(case.body), polls=1)
        response = answered(mock, case)
        statuses.add(response.status_code)
        case.validate_response(response, headers=KEY, excluded_checks=LEFT_OUT if response.is_success else REFUSED)

    play()
    return statuses


@pytest.mark.parametrize("found", OPERATIONS)
def test_nothing_right_is_refused(found: Operation) -> None:
    """Whatever right thing it sends is answered as the spec says."""
    statuses = played(found, GenerationMode.POSITIVE)
    assert all(map(found.documented, statuses)), f"{found.id}, {found.place}.responses: {statuses}"


@pytest.mark.parametrize("found", WRONG)
def test_nothing_wrong_is_taken(found: Operation) -> None:
    """Whatever wrong thing it sends is refused."""
    statuses = played(found, GenerationMode.NEGATIVE)
    assert statuses & {400, 401, 404, 405}, f"{found.id}, {found.place}: {statuses}"
