"""What the hand-written layer repeats of the spec is what the spec says."""

import pytest

from jimmy_ai_openapi_client.sdk.reads import READS
from jimmy_ai_openapi_client.sdk.settings import DEFAULT_BASE_URL

from .document import DOCUMENT
from .spec import OPERATIONS


def test_base_url() -> None:
    """Unless told otherwise it talks to the first server of the spec."""
    assert DOCUMENT["servers"][0]["url"] == DEFAULT_BASE_URL


@pytest.mark.parametrize("read", READS)
def test_reads(read: str) -> None:
    """What it takes for safe to send again is one operation of the spec each, known by the end of its path."""
    assert len([operation for operation in OPERATIONS if operation.path.endswith(f"/{read}")]) == 1
