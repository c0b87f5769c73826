"""Any answer at all: a value that the answer justifies, or one of our errors.

`ANSWER_EXAMPLES=20000` tries as many.
"""
# ruff: noqa: PT017  (what holds for either outcome is no case for pytest.raises)

import json
import os
from collections.abc import Iterator
from typing import Any

import httpx
import pytest
from hypothesis import given, note, settings
from hypothesis import strategies as st

from jimmy_ai_openapi_client import AssetStatus, BatchResult, JimmyAI, JimmyAIError, RealPersonAsset, WaitResult
from jimmy_ai_openapi_client.sdk.mock import FakeClock

from .service import KEY, asset

EXAMPLES = int(os.environ.get("ANSWER_EXAMPLES", "100"))
pytestmark = pytest.mark.timeout(max(120, EXAMPLES))
IDS = ["id1", "id2"]

scalars = st.none() | st.booleans() | st.integers() | st.text(max_size=5) | st.sampled_from([0, 200, 20002, "id1"])
values = st.recursive(
    scalars, lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=3), inner, max_size=3)
)
codes = st.sampled_from([0, "0", 200, 20000, 20001, 20002, "20002", -1, 5, None, True, 0.0])
assets = st.builds(
    asset,
    st.sampled_from([*IDS, "other", "", 5]),
    st.sampled_from(["Active", "Failed", "failed ", "Processing", "Queued", "", None]),
    official_id=st.sampled_from([None, "id1", "id2", 7]),
    created_at=scalars,
)
data = values | assets | st.fixed_dictionaries({}, optional={"items": st.lists(assets, max_size=3) | values})
envelopes = st.fixed_dictionaries({}, optional={"code": codes, "msg": values, "data": data, "error": values})
statuses = st.sampled_from([200, 200, 200, 200, 201, 204, 301, 400, 401, 403, 404, 422, 429, 500, 502, 999])


@st.composite
def answers(draw: st.DrawFn) -> tuple[int, bytes]:
    """A good answer or an odd one, whole or damaged."""
    body = bytearray(json.dumps(draw(envelopes | values)).encode())
    for _ in range(draw(st.sampled_from([0, 0, 0, 1, 2]))):
        start = draw(st.integers(0, len(body)))
        end = draw(st.integers(start, len(body)))
        body[start:end] = draw(st.sampled_from([b"", b"null", b"<html>", b"\xff", b'"']))
    return draw(statuses), bytes(body)


def service_s(_: int, body: bytes) -> dict[str, Any]:
    """The envelope that the service itself sent; an empty one where something else answered."""
    try:
        envelope = json.loads(body)
    except (ValueError, RecursionError):
        return {}
    return envelope if isinstance(envelope, dict) and str(envelope.get("code")).lstrip("-").isdigit() else {}


def described(status: int, envelope: dict[str, Any]) -> Iterator[dict[str, Any]]:
    """The assets that an answer describes."""
    found = envelope.get("data") if 200 <= status < 300 and str(envelope.get("code")) in {"0", "200", "20000"} else None
    items = found.get("items") if isinstance(found, dict) else None
    for one in (found, *(items if isinstance(items, list) else ())):
        if isinstance(one, dict):
            yield one


def check_asset(found: RealPersonAsset, told: list[tuple[int, bytes]]) -> None:
    """Some answer has this asset, in this status."""
    if found.error is not None:
        assert (found.status, found.error.code) == (AssetStatus.FAILED, 20002)
        assert any(str(service_s(*one).get("code")) == "20002" for one in told)
        return
    words = [
        one["status"]
        for answer in told
        for one in described(answer[0], service_s(*answer))
        if one.get("asset_id") == found.asset_id and isinstance(one.get("status"), str)
    ]
    assert any(word.strip().casefold() == str(found.status).strip().casefold() for word in words)


@settings(max_examples=EXAMPLES, deadline=None)
@given(st.lists(answers(), min_size=1, max_size=6))
def test_any_answer(script: list[tuple[int, bytes]]) -> None:
    """No asset is failed, missing or active unless an envelope of the service says so."""
    for name in ("status", "batch_status", "wait_many"):
        told: list[tuple[int, bytes]] = []

        def answer(_: httpx.Request, told: list[tuple[int, bytes]] = told) -> httpx.Response:
            told.append(script[len(told) % len(script)])
            return httpx.Response(told[-1][0], content=told[-1][1])

        options = {"transport": httpx.MockTransport(answer), "clock": FakeClock(), "max_retries": 1}
        with JimmyAI(api_key=KEY, **options) as jimmy:  # type: ignore[arg-type]
            try:
                if name == "status":
                    found: Any = jimmy.real_person.status("id1")
                elif name == "batch_status":
                    found = jimmy.real_person.batch_status(IDS)
                else:
                    found = jimmy.real_person.wait_many(IDS, timeout=100, on_failure="return")
            except JimmyAIError as error:
                assert str(error).isprintable()
                found = error.batch_result or error.wait_result or getattr(error, "result", None)
        note(f"{name}: {found!r}")
        results = [found] if isinstance(found, RealPersonAsset) else [] if found is None else list(found.values())
        for one in results:
            check_asset(one, told)
        if isinstance(found, BatchResult | WaitResult) and found.missing:
            assert any(service_s(*one) and 200 <= one[0] < 300 for one in told)
        if isinstance(found, BatchResult) and found.refused:
            assert any(str(service_s(*one).get("code")) == "20002" for one in told)
