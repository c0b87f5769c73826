"""The options, written once. Those that commands share fill the `Session`; the others are arguments."""

import re
from collections.abc import Callable
from functools import reduce
from typing import Any

import click

from .ids import Unusable
from .session import Session

Decorator = Callable[[Any], Any]


def together(*options: Decorator) -> Decorator:
    """Several options as one decorator, in the order of the help."""

    def decorate(command: Any) -> Any:
        """Give a command these options."""
        return reduce(lambda made, option: option(made), reversed(options), command)

    return decorate


def _client(context: click.Context, parameter: click.Parameter, value: object) -> None:
    if value is not None:
        context.ensure_object(Session).client.setdefault(str(parameter.name), value)


def _session(context: click.Context, parameter: click.Parameter, value: object) -> None:
    setattr(context.ensure_object(Session), str(parameter.name), value)


def _key_file(context: click.Context, parameter: click.Parameter, value: str | None) -> None:
    if value is not None:
        try:
            context.ensure_object(Session).read_key(value)
        except OSError as error:
            raise Unusable(f"the key file {value}: {error.strerror}") from None


def _no_key(context: click.Context, parameter: click.Parameter, value: str | None) -> None:
    if value is not None:
        raise click.UsageError(
            "a key on the command line is seen by others (ps, the shell's history): "
            "set JIMMYAI_API_KEY, or use --api-key-file FILE"
        )


_TIME = re.compile(r"(\d+(?:\.\d+)?)([smh]?)")
_UNITS = {"": 1, "s": 1, "m": 60, "h": 3600}


def _seconds(context: click.Context, parameter: click.Parameter, value: str) -> float | None:
    if value == "none":
        return None
    if not (found := _TIME.fullmatch(value)):
        raise click.BadParameter(f"{value!r} is no time: give seconds, or 90s, 30m, 2h, or none")
    return float(found[1]) * _UNITS[found[2]]


def _for_client(*names: str, text: str, **more: Any) -> Decorator:
    return click.option(*names, callback=_client, expose_value=False, help=text, **more)


def _for_session(*names: str, text: str, **more: Any) -> Decorator:
    return click.option(*names, callback=_session, expose_value=False, help=text, **more)


def attempt(name: str) -> Decorator:
    """The option for the time of one attempt."""
    return _for_client(name, "timeout", type=float, metavar="SECONDS", text="For one whole attempt.  [default: 30]")


deadline = click.option(
    "--timeout",
    "deadline",
    default="30m",
    show_default=True,
    metavar="TIME",
    callback=_seconds,
    help="For the whole wait: 90, 90s, 30m, 2h, or none. 0 is one look.",
)

source = together(
    click.argument("ids", metavar="[ID]... | -", nargs=-1),
    click.option("-f", "--file", type=click.Path(), help="Ids from FILE: one a line; blank lines and # are skipped."),
)

access = together(
    click.option(
        "--api-key-file",
        type=click.Path(),
        metavar="FILE",
        callback=_key_file,
        expose_value=False,
        help="File with the key, instead of JIMMYAI_API_KEY.",
    ),
    click.option("--api-key", callback=_no_key, expose_value=False, hidden=True, is_flag=False, flag_value=""),
    _for_client("--base-url", metavar="URL", text="Where the service is, instead of JIMMYAI_BASE_URL."),
    _for_client("--allow-http", is_flag=True, default=None, text="Let the key go over plain http to any host."),
    _for_client(
        "--max-retries", type=click.IntRange(0), metavar="N", text="Tries again after passing trouble.  [default: 3]"
    ),
)

many = together(
    _for_client("--batch-size", type=click.IntRange(1), metavar="N", text="Ids to a request.  [default: 100]"),
    _for_client("--concurrency", type=click.IntRange(1), metavar="N", text="Requests at a time.  [default: 4]"),
)

quiet = _for_session("-q", "--quiet", is_flag=True, text="Results and errors only.")
display = together(
    _for_session("--table/--json", "table", default=None, text="How to show results.  [default: table on a terminal]"),
    quiet,
    _for_session("--no-color", is_flag=True, text="No colours; NO_COLOR does the same."),
    _for_session("--debug", is_flag=True, text="Log requests and retries; show the traceback of an error."),
)
