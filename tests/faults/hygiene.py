"""What every error and every client must keep to: plain data, one line, and the key nowhere."""

import pickle
from collections.abc import Iterator, Mapping
from pathlib import Path
from traceback import TracebackException

from jimmy_ai_openapi_client import JimmyAIError

from .run import KEY, Outcome

LONGEST_LINE = 600
"""300 characters of server text, and our own words around it."""
PLAIN = (str, bytes, int, float, bool, type(None))
HERE = str(Path(__file__).parent)
NEEDLES = tuple(KEY[at : at + 12] for at in range(0, len(KEY) - 11, 4))
"""A part of the key is a leak too: whatever shows 15 characters of it holds one of these."""


def shows_key(text: str) -> bool:
    """Whether the key, or a good part of it, stands in the text."""
    return any(needle in text for needle in NEEDLES)


def chain(error: BaseException) -> list[BaseException]:
    """The error with all its causes and contexts."""
    seen: list[BaseException] = []
    todo: list[BaseException | None] = [error]
    while todo:
        one = todo.pop()
        if one is not None and one not in seen:
            seen.append(one)
            todo += [one.__cause__, one.__context__]
    return seen


def impurities(error: BaseException | None) -> list[str]:
    """What an error of ours must not be, a line each."""
    if error is None:
        return []
    if not isinstance(error, JimmyAIError):
        return [f"{error!r} is not of our tree"]
    line = str(error)
    said = [] if line.isprintable() else [f"not one printable line: {line!a:.200}"]
    said += [f"{len(line)} characters long"] * (len(line) > LONGEST_LINE)
    said += [f"{one!r} holds a request" for one in chain(error) if getattr(one, "_request", None) is not None]
    said += [f"cause {one!r} is not plain" for one in chain(error)[1:] if any(True for _ in strange(vars(one)))]
    said += [f"holds {thing!r:.200}" for thing in strange(vars(error))]
    return said + _pickling(error)


def strange(thing: object) -> Iterator[object]:
    """The parts that are neither plain data nor of this package."""
    if isinstance(thing, Mapping):
        for one in (*thing.keys(), *thing.values()):
            yield from strange(one)
    elif isinstance(thing, list | tuple | set | frozenset):
        for one in thing:
            yield from strange(one)
    elif not isinstance(thing, PLAIN) and not type(thing).__module__.startswith("jimmy_ai_openapi_client"):
        yield thing


def _pickling(error: JimmyAIError) -> list[str]:
    twin = pickle.loads(pickle.dumps(error))
    same = type(twin) is type(error) and str(twin) == str(error) and twin.args == error.args
    facts = {name: value for name, value in vars(error).items() if name != "batch_result"}
    return [] if same and facts.items() <= vars(twin).items() else [f"pickled, it becomes {twin!r:.200}"]


def leaks(outcome: Outcome) -> list[str]:
    """Where the key can be seen after a call, by name."""
    places: dict[str, str] = {"client": outcome.client, "value": repr(outcome.value), "after": repr(outcome.after)}
    places |= {f"record {record.split(' ', 1)[0]}": record for record in outcome.records if shows_key(record)}
    for place, one in enumerate(chain(outcome.error) if outcome.error else ()):
        places |= {
            f"repr {place}": repr(one),
            f"str {place}": str(one),
            f"vars {place}": repr(vars(one)),
            f"pickle {place}": pickle.dumps(one).decode("latin-1"),
        }
    return [name for name, text in places.items() if shows_key(text)] + _traceback(outcome.error)


def _traceback(error: BaseException | None) -> list[str]:
    """Functions in whose frames the key shows, beside those of these tests, who know it."""
    if error is None:
        return []
    told = TracebackException.from_exception(error, capture_locals=True)
    found: list[str] = []
    todo: list[TracebackException | None] = [told]
    while todo:
        if (one := todo.pop()) is None:
            continue
        todo += [one.__cause__, one.__context__]
        frames = [frame for frame in one.stack if not frame.filename.startswith(HERE)]
        found += [
            f"frame {frame.name} {name}"
            for frame in frames
            for name, text in (frame.locals or {}).items()
            if shows_key(text)
        ]
    return found
