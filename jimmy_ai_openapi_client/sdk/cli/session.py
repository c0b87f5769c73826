"""What one command line asks for: the client, the key, the log and how results are shown."""

import logging
import os
import stat
import sys
from collections.abc import Generator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from typing import IO, TYPE_CHECKING, Any

import click

from ..clock import Clock

if TYPE_CHECKING:
    from ..client import JimmyAI

LOGGER = "jimmy_ai_openapi_client"
LONGEST_KEY = 4096


class Unusable(click.ClickException):
    """A key, a file or what is in it cannot be used."""

    exit_code = 2


def discard(stream: IO[str]) -> None:
    """Let what a stream still buffers go nowhere, or the interpreter complains once more when it exits."""
    with suppress(OSError), open(os.devnull, "wb") as nowhere:  # noqa: PTH123
        os.dup2(nowhere.fileno(), stream.fileno())


@contextmanager
def losable() -> Generator[None]:
    """Write to stderr inside. If that fails, as nobody can read it, all that follows goes nowhere: it is no result."""
    try:
        yield
    except OSError:
        discard(sys.stderr)


@dataclass(repr=False)
class Session:
    """The options that commands share. Pass one as click's `obj` to replace the network, the clock or the terminal.

    `client` holds arguments for `JimmyAI`; what it holds from the start takes precedence over options. `terminal` says
    whether stdout and stderr are terminals, `table` whether results are shown as a table; None means to find out.
    """

    client: dict[str, Any] = field(default_factory=dict)
    terminal: bool | None = None
    key_file: str | None = None
    table: bool | None = None
    quiet: bool = False
    no_color: bool = False
    debug: bool = False

    @property
    def clock(self) -> Clock:
        """The client's clock."""
        return self.client.setdefault("clock", Clock())  # type: ignore[no-any-return]

    @contextmanager
    def connected(self) -> Generator["JimmyAI"]:
        """The client. Raises `Unusable` or `ConfigurationError` before any request."""
        from ..client import JimmyAI

        if self.key_file is not None:
            self.client.setdefault("api_key", self._key_in(self.key_file))
        elif "api_key" not in self.client and not os.environ.get("JIMMYAI_API_KEY", "").strip():
            raise Unusable("no API key: set JIMMYAI_API_KEY, or use --api-key-file FILE")
        with self._logged(), JimmyAI(**self.client) as jimmy:
            yield jimmy

    def say(self, text: str, *, always: bool = False) -> None:
        """Write a line that is not a result to stderr, unless --quiet, or where nobody can read it."""
        if always or not self.quiet:
            with losable():
                click.echo(text, err=True)

    def redacted(self, text: str) -> str:
        """The text without the key."""
        from ..settings import Secret

        for key in (self.client.get("api_key"), os.environ.get("JIMMYAI_API_KEY")):
            text = Secret((key or "").strip()).redacted(text)
        return text

    def _key_in(self, path: str) -> str:
        try:
            with open(path, encoding="utf-8-sig", errors="replace") as file:  # noqa: PTH123  (as typed, for the error)
                mode = os.fstat(file.fileno()).st_mode
                key = file.read(LONGEST_KEY + 1).strip()
        except OSError as error:
            raise Unusable(f"the key file {path}: {error.strerror}") from None
        if not 0 < len(key) <= LONGEST_KEY:
            raise Unusable(f"the key file {path} {'is too long for a key' if key else 'is empty'}")
        if sys.platform != "win32" and stat.S_ISREG(mode) and mode & (stat.S_IRGRP | stat.S_IROTH):
            self.say(f"Warning: other users can read the key file {path}; run chmod 600 on it")
        return key

    @contextmanager
    def _logged(self) -> Generator[None]:
        logger = logging.getLogger(LOGGER)
        before, handler = logger.level, _Stderr()
        if self.debug:
            handler.setFormatter(logging.Formatter("%(asctime)s.%(msecs)03d %(message)s", "%H:%M:%S"))
        logger.setLevel(logging.DEBUG if self.debug else logging.ERROR if self.quiet else logging.WARNING)
        logger.addHandler(handler)
        try:
            yield
        finally:
            logger.removeHandler(handler)
            logger.setLevel(before)


class _Stderr(logging.Handler):
    """Writes to what `sys.stderr` is at the time, which a progress bar replaces."""

    def emit(self, record: logging.LogRecord) -> None:
        if record.name == LOGGER:  # the mock's records have lines of their own
            with losable():
                sys.stderr.write(f"{self.format(record)}\n")
