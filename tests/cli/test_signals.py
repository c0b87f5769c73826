"""What a signal interrupts, and what not. The rest is in test_wait.py and test_shell.py."""

import signal
from collections.abc import Callable

import pytest

from jimmy_ai_openapi_client.sdk.cli.signals import Signals, Stopped


def holding(number: signal.Signals, note: Callable[[str], None]) -> None:
    signals = Signals()
    with signals.heard(), signals.held():
        signal.raise_signal(number)
        note("whole")


def test_what_is_held_is_done_whole() -> None:
    done: list[str] = []
    with pytest.raises(Stopped) as stopped:
        holding(signal.SIGTERM, done.append)
    assert (stopped.value.code, done) == (143, ["whole"])


def test_what_is_not_held_ends_at_once() -> None:
    signals = Signals()
    with signals.held():
        pass
    with signals.heard(), pytest.raises(Stopped) as stopped:
        signal.raise_signal(signal.SIGINT)
    assert stopped.value.code == 130


def test_an_error_in_what_is_held_comes_out() -> None:
    with pytest.raises(ZeroDivisionError), Signals().held():
        1 / 0  # noqa: B018
