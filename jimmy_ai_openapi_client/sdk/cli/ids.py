"""The ids a command is about: from its arguments, from a file or from stdin, judged before anything is sent."""

import sys
from collections.abc import Iterable, Iterator
from contextlib import nullcontext
from typing import BinaryIO

import click

STDIN = "-"
_NAMED = 5


def gathered(arguments: tuple[str, ...], file: str | None) -> dict[str, None]:
    """The ids in the order given, each once. A usage error names every bad one by its line, or what is missing."""
    source = STDIN if STDIN in arguments else file
    if (source and arguments not in {(), (STDIN,)}) or (file and arguments):
        raise click.UsageError("give ids as arguments or in a file, not both")
    if not (source or arguments):
        raise click.UsageError("no ids: give them as arguments, in a file with -f FILE, or on stdin with -")
    from ..settings import checked_id

    ids: dict[str, None] = {}
    bad: list[str] = []
    for place, one in _lines(source) if source else _named(arguments):
        try:
            ids[checked_id(one, place)] = None
        except ValueError as error:
            bad.append(str(error))
    if bad:
        more = f"; and {len(bad) - _NAMED} more" * (len(bad) > _NAMED)
        raise Unusable("; ".join(bad[:_NAMED]) + more)
    return ids


def single(asset_id: str) -> str:
    """The id of an argument; a usage error if it cannot be one."""
    from ..settings import checked_id

    try:
        return checked_id(asset_id, "the id")
    except ValueError as error:
        raise click.UsageError(str(error)) from None


class Unusable(click.ClickException):
    """A file, or what is in it, cannot be used."""

    exit_code = 2


def _named(arguments: Iterable[str]) -> Iterator[tuple[str, str]]:
    return ((f"id {place}", one) for place, one in enumerate(arguments, 1))


def _lines(source: str) -> Iterator[tuple[str, str]]:
    """Every line with an id, and where it is."""
    name = "stdin" if source == STDIN else source
    with nullcontext(sys.stdin.buffer) if source == STDIN else open(source, "rb") as file:  # noqa: PTH123
        for number, line in enumerate(_decoded(file, name), 1):
            if line and not line.startswith("#"):
                yield f"{name}, line {number}:", line


def _decoded(file: BinaryIO, name: str) -> Iterator[str]:
    for number, line in enumerate(file, 1):
        try:
            yield line.decode("utf-8-sig" if number == 1 else "utf-8").strip()
        except UnicodeDecodeError:
            raise Unusable(f"{name}, line {number}: not UTF-8 text") from None
