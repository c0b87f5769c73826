"""Generated functions with `client=jimmy.raw`: a model, or an error of our tree, whatever the body."""
# ruff: noqa: PT017  (what holds for either outcome is no case for pytest.raises)

from typing import Any

import pytest

from jimmy_ai_openapi_client import JimmyAI, JimmyAIError
from jimmy_ai_openapi_client.api.default import batch_query_seedance_sp_real_person_status as batch
from jimmy_ai_openapi_client.api.default import query_seedance_sp_real_person_status as single
from jimmy_ai_openapi_client.models import (
    SeedanceSpRealPersonBatchResponse,
    SeedanceSpRealPersonBatchStatusRequest,
    SeedanceSpRealPersonResponse,
    SeedanceSpRealPersonStatusRequest,
)

from .case import Case, Value
from .cases import CASES
from .clock import SkippingClock
from .hygiene import impurities, shows_key
from .inside import Inside, is_framed
from .run import KEY
from .script import ASSET_ID

FRAMED = [case for case in CASES if all(map(is_framed, case.play)) and not case.name.startswith("wire/")]


@pytest.mark.parametrize("case", FRAMED, ids=[case.name for case in FRAMED])
def test_generated_function(case: Case) -> None:
    """What the asset layer takes is a model here too; what it refuses is a model or one of our errors."""
    options: dict[str, Any] = {"max_retries": case.max_retries, "clock": SkippingClock()}
    got: Any
    with JimmyAI(api_key=KEY, transport=Inside(case).transport, **options) as jimmy:
        try:
            if case.only == "batch":
                asked = SeedanceSpRealPersonBatchStatusRequest(list(case.ids))
                got = batch.sync_detailed(client=jimmy.raw, body=asked)
            else:
                got = single.sync_detailed(client=jimmy.raw, body=SeedanceSpRealPersonStatusRequest(ASSET_ID))
        except JimmyAIError as error:
            assert not isinstance(case.wanted(case.only or "single"), Value)
            assert impurities(error) == []
            assert not shows_key(f"{error!r} {error} {vars(error)}")
        else:
            assert isinstance(got.parsed, SeedanceSpRealPersonResponse | SeedanceSpRealPersonBatchResponse)
