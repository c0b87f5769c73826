"""Generated functions with `client=jimmy.raw`: a model, or an error of our tree, whatever the body."""

import asyncio
from typing import Any

import pytest

from jimmy_ai_openapi_client import AsyncJimmyAI, JimmyAI, JimmyAIError
from jimmy_ai_openapi_client.api.default import batch_query_seedance_sp_real_person_status as batch
from jimmy_ai_openapi_client.api.default import query_seedance_sp_real_person_status as single
from jimmy_ai_openapi_client.models import (
    SeedanceSpRealPersonBatchResponse,
    SeedanceSpRealPersonBatchStatusRequest,
    SeedanceSpRealPersonResponse,
    SeedanceSpRealPersonStatusRequest,
)

from . import cases_bodies, cases_codes, cases_echo, cases_shapes
from .case import Case, Value
from .clock import SkippingClock
from .hygiene import impurities, shows_key
from .run import KEY, OWN, Flavour, finish, result, surroundings
from .script import ASSET_ID
from .server import Server
from .tls import Tls

SOME = [*cases_codes.CASES, *cases_shapes.CASES, *cases_bodies.CASES, *cases_echo.CASES]
RUNS = [
    (case, flavour)
    for case in SOME
    for flavour in OWN
    if case not in cases_bodies.BOMBS and flavour.kind == (case.only or "single")
]


async def _story(case: Case, flavour: Flavour, url: str, seen: list[object]) -> None:
    clock = SkippingClock()
    jimmy = flavour.client(api_key=KEY, base_url=url, timeout=case.timeout, max_retries=case.max_retries, clock=clock)
    asks: Any = single if flavour.kind == "single" else batch
    body: Any = (
        SeedanceSpRealPersonStatusRequest(ASSET_ID)
        if flavour.kind == "single"
        else SeedanceSpRealPersonBatchStatusRequest(list(case.ids))
    )
    ask = asks.sync_detailed if isinstance(jimmy, JimmyAI) else asks.asyncio_detailed
    try:
        seen.append(await result(ask(client=jimmy.raw, body=body)))
    except JimmyAIError as error:
        seen.append(error)
    await result(jimmy.close())


@pytest.mark.parametrize(("case", "flavour"), RUNS, ids=[f"{case.name}-{flavour}" for case, flavour in RUNS])
def test_generated_function(case: Case, flavour: Flavour, tls: Tls) -> None:
    """What the asset layer takes is a model here too; what it refuses is a model or one of our errors."""
    seen: list[Any] = []
    with surroundings(tls.trusted), Server(case.play) as server:
        story = _story(case, flavour, server.url, seen)
        finish(story) if flavour.client is not AsyncJimmyAI else asyncio.run(story)
    (got,) = seen
    if isinstance(got, JimmyAIError):
        assert not isinstance(case.wanted(flavour.kind), Value)
        assert impurities(got) == []
        assert not shows_key(f"{got!r} {got} {vars(got)}")
    else:
        assert isinstance(got.parsed, SeedanceSpRealPersonResponse | SeedanceSpRealPersonBatchResponse)
