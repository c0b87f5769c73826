"""A program at the other end of the pipe that ends first. With processes of their own: test_shell.py."""

import math
import os
from contextlib import redirect_stdout

import pytest

from jimmy_ai_openapi_client.sdk.cli.app import app
from jimmy_ai_openapi_client.sdk.cli.session import Session
from jimmy_ai_openapi_client.sdk.mock import FakeClock, MockService


@pytest.mark.parametrize("ids", [["final"], ["never"]], ids=["found out in writing", "found out in waiting"])
def test_a_wait_ends_quietly(
    mock: MockService, clock: FakeClock, ids: list[str], capsys: pytest.CaptureFixture[str]
) -> None:
    mock.add("final")
    mock.add("never", polls=math.inf)
    session = Session(client={"transport": mock.transport, "clock": clock})
    read, write = os.pipe()
    os.close(read)
    with os.fdopen(write, "w") as gone, redirect_stdout(gone), pytest.raises(SystemExit) as ended:
        app.main(["wait", *ids], obj=session)
    assert (ended.value.code, len(mock.requests), capsys.readouterr().err) == (141, 1, "")
