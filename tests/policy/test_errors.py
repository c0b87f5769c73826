"""The error tree: what each is and carries, and that it survives pickling."""

import copy
import pickle
from typing import Any

import pytest

from jimmy_ai_openapi_client import (
    APIConnectionError,
    APIResponseError,
    APIStatusError,
    APITimeoutError,
    AuthenticationError,
    BadRequestError,
    BatchResult,
    ConfigurationError,
    InternalServerError,
    JimmyAIError,
    NotFoundError,
    PermissionDeniedError,
    RateLimitError,
    RealPersonAsset,
)
from jimmy_ai_openapi_client.sdk import errors

TREE: dict[type[JimmyAIError], type[BaseException]] = {
    ConfigurationError: JimmyAIError,
    APIConnectionError: JimmyAIError,
    APITimeoutError: APIConnectionError,
    APIResponseError: JimmyAIError,
    APIStatusError: JimmyAIError,
    BadRequestError: APIStatusError,
    AuthenticationError: APIStatusError,
    PermissionDeniedError: APIStatusError,
    NotFoundError: APIStatusError,
    RateLimitError: APIStatusError,
    InternalServerError: APIStatusError,
}
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
    "batch_result": BatchResult({"a": RealPersonAsset("a", "Active")}, ("b",), {"c": BadRequestError("c")}, ("d",)),
}
ALL = [kind for kind in vars(errors).values() if isinstance(kind, type) and issubclass(kind, JimmyAIError)]
kinds = pytest.mark.parametrize("kind", ALL, ids=lambda kind: kind.__name__)


@pytest.mark.parametrize(("kind", "parent"), TREE.items(), ids=lambda kind: kind.__name__)
def test_tree(kind: type[BaseException], parent: type[BaseException]) -> None:
    assert parent in kind.__bases__
    assert issubclass(kind, JimmyAIError)
    assert issubclass(JimmyAIError, Exception)


def test_builtin_kinds() -> None:
    """Code that catches Python's own errors catches ours."""
    assert issubclass(ConfigurationError, ValueError)
    assert issubclass(APITimeoutError, TimeoutError)
    assert [kind for kind in TREE if issubclass(kind, OSError | ValueError)] == [ConfigurationError, APITimeoutError]


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
    error = kind("no luck", **FACTS)
    for twin in (copy.copy(error), pickle.loads(pickle.dumps(error, protocol))):
        facts = {name: getattr(twin, name) for name in FACTS}
        refused = facts.pop("batch_result").refused
        assert facts == {name: fact for name, fact in FACTS.items() if name != "batch_result"}
        assert (type(twin), str(twin), repr(twin)) == (kind, str(error), repr(error))
        assert str(refused["c"]) == str(BadRequestError("c"))


@pytest.mark.parametrize("kind", TREE, ids=lambda kind: kind.__name__)
def test_hints(kind: type[JimmyAIError]) -> None:
    """Every error that has a usual cure names it; the rest is for the service's own words."""
    assert bool(kind.hint) == (kind not in {ConfigurationError, APIStatusError})
    assert kind.hint.isprintable()
    assert not kind.hint.endswith(".")
