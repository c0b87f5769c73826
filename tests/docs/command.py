"""`jimmy-ai`, on a clock that waits for nobody; `jimmy-ai mock` gets Ctrl-C as soon as it serves."""

import os
import signal
from threading import Event

import pytest

from jimmy_ai_openapi_client.sdk.cli import mock
from jimmy_ai_openapi_client.sdk.cli.app import app
from jimmy_ai_openapi_client.sdk.cli.session import Session
from jimmy_ai_openapi_client.sdk.mock import FakeClock


class CtrlC(Event):
    """What the mock waits on."""

    def wait(self, timeout: float | None = None) -> bool:
        os.kill(os.getpid(), signal.SIGINT)
        return super().wait(timeout)


if __name__ == "__main__":
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(mock, "Event", CtrlC)
        app(prog_name="jimmy-ai", obj=Session(client={"clock": FakeClock()}))
