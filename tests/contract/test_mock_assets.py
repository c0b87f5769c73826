"""What is added to the mock is what it answers with."""

from collections.abc import Iterator
from typing import Any

import pytest

from jimmy_ai_openapi_client.sdk.mock import MockService
from jimmy_ai_openapi_client.sdk.policy.answer import READ_OPERATIONS

from .asked import sent, texts
from .asset_in_spec import STATUSES, asset, status_property
from .cases import Case, cases
from .difference import agree
from .spec import OPERATIONS, Operation
from .test_mock import answered
from .wire import TOKEN

READ = [operation for operation in OPERATIONS if (operation.method.upper(), operation.path) in READ_OPERATIONS]
PLAYED = [(operation, case) for operation in READ for case in cases(operation)]


def assets(value: Any) -> Iterator[dict[str, Any]]:
    """Yield every asset inside of an answer: what has the property that is the status of one."""
    if isinstance(value, dict) and status_property() in value:
        yield value
    elif isinstance(value, dict | list):
        for each in value.values() if isinstance(value, dict) else value:
            yield from assets(each)


@pytest.mark.parametrize("status", STATUSES)
@pytest.mark.parametrize(("operation", "case"), PLAYED)
def test_added(operation: Operation, case: Case, status: str) -> None:
    """What was added is what comes back, each once, in the order asked, in its status; what was not is not there."""
    request, properties = sent(operation, case), next(iter(operation.body.values())).properties
    ids = list(dict.fromkeys(text for name in properties for text in texts(case.body[name]) if text.strip()))
    mock = MockService(api_key=TOKEN)
    mock.add(*ids, "another", outcome=status, polls=0)
    found = [asset(each) for each in assets(answered(mock, request).json())]
    where = f"{operation.id}, {operation.place}"
    agree(
        f"{where}, ids and statuses", [(each.asset_id, each.status) for each in found], [(id_, status) for id_ in ids]
    )
    mock.remove(*ids)
    agree(f"{where}, what was removed", list(assets(answered(mock, request).json())), [])
