"""The error tree: what each is and carries, and that it survives pickling."""

import copy
import pickle
import re
from typing import Any

import pytest

from jimmy_ai_openapi_client import (
    APIStatusError,
    BadRequestError,
    BatchResult,
    ConfigurationError,
    JimmyAIError,
    RealPersonAsset,
    WaitError,
)
from jimmy_ai_openapi_client.sdk import errors

FACTS: dict[str, Any] = {
    "operation": "realperson/status",
    "status_code": 503,
    "code": -1,
    "msg": "忙\n",
    "request_id": "r1",
    "body": "{}",
    "retry_after": 1.5,
    "attempts": 3,
    "elapsed": 2.25,
}
ALL = [kind for kind in vars(errors).values() if isinstance(kind, type) and issubclass(kind, JimmyAIError)]
kinds = pytest.mark.parametrize("kind", ALL, ids=lambda kind: kind.__name__)


def drawn() -> dict[str, list[str]]:
    """The bases of each error, as the tree in the docstring has them."""
    bases, branch = dict[str, list[str]](), ["Exception"]
    for indent, name, also in re.findall(
        r"^    ([│├└─ ]*)(\w+)(?:.*\(also (\w+)\))?", errors.__doc__ or "", re.MULTILINE
    ):
        branch = [*branch[: len(indent) // 4 + 1], name]
        bases[name] = [branch[-2], *([also] if also else [])]
    return bases


def test_the_tree_is_as_it_is_drawn() -> None:
    """Code that catches Python's own ValueError or TimeoutError catches some of ours."""
    assert {kind.__name__: [base.__name__ for base in kind.__bases__] for kind in ALL} == drawn()


@kinds
def test_made_by_hand(kind: type[JimmyAIError]) -> None:
    """For tests of callers: a message alone is enough, and every attribute is there."""
    error = kind("no luck")
    assert [getattr(error, name) for name in FACTS] == [None] * len(FACTS)
    assert str(error).startswith("no luck")
    assert str(kind()) in {"", f". {kind.hint}"}
    assert "(3 attempts in 2.2 s)" in str(kind("no luck", **FACTS))
    assert "1 attempt" not in str(kind("no luck", attempts=1, elapsed=1.0))


@kinds
@pytest.mark.parametrize("protocol", [0, 5])
def test_copies_are_the_same(kind: type[JimmyAIError], protocol: int) -> None:
    """`multiprocessing` hangs on exceptions that do not pickle."""
    refused = BatchResult({"a": RealPersonAsset("a", "Active")}, ("b",), {"c": BadRequestError("c")}, ("d",))
    error = kind("no luck", **FACTS, batch_result=refused)
    twins: list[Any] = [copy.copy(error), pickle.loads(pickle.dumps(error, protocol))]
    for twin in twins:
        assert (type(twin), str(twin), repr(twin)) == (kind, str(error), repr(error))
        assert {name: getattr(twin, name) for name in FACTS} == FACTS
        assert repr(twin.batch_result) == repr(refused)
        assert str(twin.batch_result.refused["c"]) == "c. Check the ids that were sent"


@kinds
def test_hints(kind: type[JimmyAIError]) -> None:
    """Every error that has a usual cure names it; the rest is for the service's own words."""
    assert bool(kind.hint) == (kind not in {JimmyAIError, ConfigurationError, APIStatusError, WaitError})
    assert kind.hint.isprintable()
    assert not kind.hint.endswith(".")
