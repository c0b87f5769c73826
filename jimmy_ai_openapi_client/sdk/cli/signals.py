"""Ctrl-C and SIGTERM: the first lets what is known be kept, the second ends at once."""

import os
import signal
import sys
from collections.abc import Generator
from contextlib import contextmanager
from types import FrameType
from typing import NoReturn


class Stopped(BaseException):
    """A signal asked the command to end. `code` is its exit code, as shells count them."""

    def __init__(self, number: int) -> None:
        super().__init__(number)
        self.code = 128 + number


class Signals:
    """What one command does about signals."""

    def __init__(self) -> None:
        self._held = False
        self._came: int | None = None

    @contextmanager
    def heard(self) -> Generator[None]:
        """Raise `Stopped` inside when a signal comes; a second signal ends the process on the spot."""
        before = {number: signal.signal(number, self._first) for number in (signal.SIGINT, signal.SIGTERM)}
        try:
            yield
        finally:
            for number, handler in before.items():
                signal.signal(number, handler)

    @contextmanager
    def held(self) -> Generator[None]:
        """Let the block end before `Stopped` is raised, so that what it does is done whole."""
        self._held = True
        try:
            yield
        finally:
            self._held = False
        if self._came:
            raise Stopped(self._came)

    def _first(self, number: int, frame: FrameType | None) -> None:
        signal.signal(signal.SIGINT, _second)
        signal.signal(signal.SIGTERM, _second)
        self._came = number
        if not self._held:
            raise Stopped(number)


def _second(number: int, frame: FrameType | None) -> NoReturn:  # pragma: no cover  (tested in a process of its own)
    if sys.stderr.isatty():
        os.write(2, b"\x1b[?25h\n")  # a progress bar may have hidden the cursor
    os._exit(128 + number)  # every result was flushed as it came; threads with requests under way are not waited for
