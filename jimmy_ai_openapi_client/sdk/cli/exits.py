"""The exit codes, and one helpful line on stderr for whatever ends the command."""

import sys
import traceback
from enum import IntEnum

import click

from .. import errors
from .screen import silence
from .session import Session
from .signals import Stopped


class Exit(IntEnum):
    """The exit codes, but those of signals."""

    ACTIVE = 0
    FAILED = 1
    USAGE = 2
    REFUSED = 3
    NO_ANSWER = 4
    PENDING = 5
    BUG = 70
    READER_GONE = 141


EPILOG = """\b
Exit codes:
  0    every asset is active
  1    some asset failed, or is missing: the service does not know its id
  2    wrong arguments, no key, or a file that cannot be used
  3    the service refused: the key, or the parameters
  4    no usable answer: the network, or trouble on the service's side
  5    not final yet: the deadline of a wait passed, or one look found it so
  70   a bug in this program
  130  Ctrl-C; a second one does not wait for the requests under way
  141  whoever read the output has gone
  143  SIGTERM
"""

# What the library says in terms of Python.
_HINTS = {
    "APIConnectionError": "Check the network, the proxy settings and --base-url",
    "APITimeoutError": "Try again later, or allow an attempt more time (see --help)",
    "APIResponseError": "Something between here and the service may have answered in its place; check --base-url",
    "AuthenticationError": "Check the key in JIMMYAI_API_KEY or --api-key-file",
    "NotFoundError": "Check --base-url and the ids",
    "RateLimitError": "Send fewer requests: a higher --batch-size, a lower --concurrency",
    "WaitTimeoutError": "Wait again for those, or allow the wait more time with --timeout",
}
_WORDS = {
    "or pass api_key=": "or use --api-key-file FILE",
    "pass allow_http=True": "add --allow-http",
    "; the key goes into api_key=": "",
    "base_url": "the base URL",
}


def ended(error: BaseException, session: Session) -> int:
    """Say on stderr what ended the command; return its exit code."""
    code, words = _judged(error)
    if isinstance(error, OSError):
        silence(sys.stdout)  # or the interpreter tries once more to write what it holds, and complains
    if words and session.debug:
        click.echo(session.redacted("".join(traceback.format_exception(error))), err=True)
    if words:
        click.echo(session.redacted(f"Error: {words}"), err=True)
    return code


def _judged(error: BaseException) -> tuple[int, str]:
    match error:
        case Stopped():
            return error.code, ""
        case errors.ConfigurationError():
            return Exit.USAGE, _reworded(str(error))
        case errors.JimmyAIError():
            error.hint = _HINTS.get(type(error).__name__, error.hint)
            return _refusal(error), str(error)
        case BrokenPipeError():
            return Exit.READER_GONE, ""
        case OSError():
            return Exit.USAGE, f"{error.filename or 'the output'}: {error.strerror or error}"
        case ModuleNotFoundError():
            return Exit.USAGE, f"this needs {error.name}: pip install 'jimmy-ai-openapi-client[cli]'"
        case _:
            return Exit.BUG, f"this is a bug, please report it with what --debug shows: {type(error).__name__}: {error}"


def _refusal(error: BaseException) -> Exit:
    match error:
        case errors.WaitTimeoutError():
            return Exit.PENDING
        case errors.RateLimitError() | errors.InternalServerError():
            return Exit.NO_ANSWER
        case errors.APIStatusError():
            return Exit.REFUSED
        case _:
            return Exit.NO_ANSWER


def _reworded(words: str) -> str:
    for python, option in _WORDS.items():
        words = words.replace(python, option)
    return words
