"""How a command ends: the exit codes, signals, and one line on stderr that says what went wrong."""

import signal
import sys
import traceback
from collections.abc import Generator
from contextlib import contextmanager
from enum import IntEnum

from .. import errors
from .session import Session, discard


class Exit(IntEnum):
    """The exit codes, except those of signals."""

    ACTIVE, FAILED, USAGE, REFUSED, NO_ANSWER, PENDING = range(6)
    BUG, READER_GONE = 70, 141


EPILOG = """\b
Exit codes:
  0    every asset is active
  1    some asset failed or is missing
  2    wrong arguments, no key, or a file that cannot be used
  3    the service refused the key or the request
  4    no usable answer: a network error or an error of the service
  5    some asset is not final yet
  70   a bug in this program
  130  interrupted by Ctrl-C
  141  the reader of the output closed it
  143  terminated by SIGTERM
"""

_ENDS: tuple[tuple[type[errors.JimmyAIError], Exit, str | None], ...] = (
    (errors.ConfigurationError, Exit.USAGE, None),
    (errors.WaitTimeoutError, Exit.PENDING, "Run it again, or raise --timeout"),
    (errors.RateLimitError, Exit.NO_ANSWER, "Raise --batch-size or lower --concurrency"),
    (errors.InternalServerError, Exit.NO_ANSWER, None),
    (errors.AuthenticationError, Exit.REFUSED, "Check the key in JIMMYAI_API_KEY or --api-key-file"),
    (errors.NotFoundError, Exit.REFUSED, "Check --base-url and the ids"),
    (errors.APIStatusError, Exit.REFUSED, None),
    (errors.APIResponseError, Exit.NO_ANSWER, "Check --base-url and proxies: something else may have answered"),
    (errors.APITimeoutError, Exit.NO_ANSWER, "Try again later, or raise --attempt-timeout"),
    (errors.APIConnectionError, Exit.NO_ANSWER, "Check the network, the proxy settings and --base-url"),
    (errors.JimmyAIError, Exit.NO_ANSWER, None),
)
"""The exit code and the hint of the first class that fits; None where the library's own hint is not about Python."""


class Stopped(KeyboardInterrupt):
    """SIGINT or SIGTERM has come."""

    def __init__(self, number: int) -> None:
        super().__init__("Interrupted" if number == signal.SIGINT else "Terminated")
        self.code = 128 + number


@contextmanager
def stoppable() -> Generator[None]:
    """Raise `Stopped` inside for the first signal; a second one ends the process at once."""

    def stop(number: int, frame: object) -> None:
        for each in before:
            signal.signal(each, signal.SIG_DFL)
        raise Stopped(number)

    before = {number: signal.signal(number, stop) for number in (signal.SIGINT, signal.SIGTERM)}
    try:
        yield
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)


def ended(error: BaseException, session: Session) -> int:
    """Say on stderr what ended the command; return its exit code."""
    if isinstance(error, Stopped):
        session.say(str(error), always=True)
        return error.code
    if isinstance(error, OSError):
        discard(sys.stdout)
    code, words = _judged(error)
    if words and session.debug:
        session.say(session.redacted("".join(traceback.format_exception(error))), always=True)
    if words:
        session.say(session.redacted(f"Error: {words}"), always=True)
    return code


def _judged(error: BaseException) -> tuple[Exit, str]:
    match error:
        case errors.JimmyAIError():
            code, own = next((code, hint) for kind, code, hint in _ENDS if isinstance(error, kind))
            hint, error.hint = error.hint if own is None else own, ""
            return code, f"{str(error).rstrip('.')}{hint and f'. {hint}'}"
        case BrokenPipeError():
            return Exit.READER_GONE, ""
        case OSError():
            return Exit.USAGE, ": ".join(filter(None, (error.filename, error.strerror or str(error))))
        case ModuleNotFoundError():
            return Exit.USAGE, f"this needs {error.name}: pip install 'jimmy-ai-openapi-client[cli]'"
        case _:
            return Exit.BUG, f"this is a bug, please report it with what --debug shows: {type(error).__name__}: {error}"
