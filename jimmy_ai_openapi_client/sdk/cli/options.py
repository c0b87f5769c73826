"""The arguments and options of the command line. Those that commands share fill the `Session`."""

import os
import re
import sys
from collections.abc import Callable, Iterator
from contextlib import nullcontext
from functools import partial, reduce
from threading import TIMEOUT_MAX
from typing import Any

import click

from .session import Session, Unusable

Decorator = Callable[[Any], Any]

STDIN = "-"


class File(click.Path):
    """A path in which `~` is the home directory."""

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> Any:
        """The path to open."""
        return os.path.expanduser(super().convert(value, param, ctx))  # noqa: PTH111  (else as typed, for the errors)


DEADLINE = "Limit the whole wait (90s, 10m, 1h30m or none); 0 asks once.  [default: 30m]"

_NUMBER = r"([0-9]+(?:\.[0-9]+)?)"
_DURATION = re.compile(rf"{_NUMBER}|(?=.)(?:{_NUMBER}h)?(?:{_NUMBER}m)?(?:{_NUMBER}s)?")


def duration(text: str) -> float:
    """The seconds in 90, 90s, 10m or 1h30m."""
    if not (found := _DURATION.fullmatch(text)):
        raise click.BadParameter(f"{text!r} is not a duration such as 90, 90s, 10m or 1h30m.")
    seconds = sum(float(part or 0) * unit for part, unit in zip(found.groups(), (1, 3600, 60, 1), strict=True))
    return min(seconds, TIMEOUT_MAX)


def deadline(text: str) -> float | None:
    """The seconds of a duration, or None for `none`."""
    return None if text == "none" else duration(text)


def gathered(arguments: tuple[str, ...], file: str | None) -> dict[str, None]:
    """The ids in the order given, each once, checked before anything is sent."""
    if STDIN in arguments and file is None:
        arguments, file = tuple(one for one in arguments if one != STDIN), STDIN
    if bool(arguments) == (file is not None):
        raise click.UsageError("give ids either as arguments, in a file with -f FILE, or on stdin with -")
    named = ((f"id {place}", one) for place, one in enumerate(arguments, 1)) if file is None else _lines(file)
    return dict.fromkeys(checked(one, place) for place, one in named)


def checked(one: str, place: str) -> str:
    """The id itself; a usage error that names its place if it cannot be one."""
    if one.startswith(("{", "[", '"')):
        raise Unusable(f"{place} is JSON, not an id; jq -r .id extracts the ids from results")
    from ..settings import checked_id

    try:
        return checked_id(one, place)
    except ValueError as error:
        raise Unusable(str(error)) from None


def _lines(source: str) -> Iterator[tuple[str, str]]:
    """Every line with an id, and its place."""
    name, number = "stdin" if source == STDIN else source, 0
    if source == STDIN and not sys.stdin:
        raise Unusable("stdin is closed")
    try:
        with nullcontext(sys.stdin.buffer) if source == STDIN else open(source, "rb") as file:  # noqa: PTH123
            for number, raw in enumerate(file, 1):
                line = raw.decode("utf-8-sig" if number == 1 else "utf-8").strip()
                if line and not line.startswith("#"):
                    yield f"{name}, line {number}:", line
    except UnicodeDecodeError:
        raise Unusable(f"{name}, line {number}: not UTF-8 text") from None
    except OSError as error:
        raise Unusable(f"{name}: {error.strerror or error}") from None


def _fill(context: click.Context, parameter: click.Parameter, value: object) -> None:
    session, name = context.ensure_object(Session), str(parameter.name)
    if hasattr(session, name):
        setattr(session, name, value)
    elif value is not None:
        session.client.setdefault(name, value)


_option = partial(click.option, callback=_fill, expose_value=False)


def together(*options: Decorator) -> Decorator:
    """Several options as one decorator, in the order of the help."""
    return lambda command: reduce(lambda made, option: option(made), reversed(options), command)


source = together(
    click.argument("ids", metavar="[ID]... | -", nargs=-1),
    click.option("-f", "--file", type=File(), help="Read ids from FILE, one a line; skip blank lines and # comments."),
)

access = together(
    _option("--api-key-file", "key_file", type=File(), metavar="FILE", help="Read the key from FILE."),
    _option("--base-url", metavar="URL", help="Use this address instead of JIMMYAI_BASE_URL."),
    _option("--allow-http", is_flag=True, default=None, help="Allow the key to be sent over plain http."),
    _option("--attempt-timeout", "timeout", type=duration, metavar="TIME", help="Limit each attempt.  [default: 30s]"),
    _option("--max-retries", type=click.IntRange(0), metavar="N", help="Retry N times.  [default: 3]"),
)

many = together(
    _option("--batch-size", type=click.IntRange(1), metavar="N", help="Send N ids a request.  [default: 100]"),
    _option("--concurrency", type=click.IntRange(1), metavar="N", help="Send N requests at once.  [default: 4]"),
)

quiet = _option("-q", "--quiet", is_flag=True, help="Print results and errors only.")
display = together(
    _option("--table/--json", "table", default=None, help="Choose the format.  [default: a table on a terminal]"),
    quiet,
    _option("--no-color", is_flag=True, help="Disable colours, as NO_COLOR does."),
    _option("--debug", is_flag=True, help="Log requests and retries; show tracebacks of errors."),
)
