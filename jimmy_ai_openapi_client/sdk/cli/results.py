"""Results as lines of JSON: how one is written, read again, and kept in the file of `wait -o`.

Every line has every key. `id` is the id as it was asked for. `status` is the service's own word; it is null, and
`missing` true, for an id that the service does not know or refuses; `error` then says what it answered, if it did.
`reference` is set once the asset can be used.
"""

import json
import os
import sys
from collections import Counter
from collections.abc import Callable, Generator
from contextlib import contextmanager, suppress
from typing import Any, BinaryIO

from ..asset import RealPersonAsset
from ..errors import BadRequestError
from .session import Unusable

Result = RealPersonAsset | BadRequestError | None
"""What became of an id: its asset, the service's refusal of the id, or None if the service left it out."""

FINAL = {"Active": "active", "Failed": "failed", None: "missing"}
"""The statuses that a wait need not ask for again, each with the word it is counted by."""

START = '{"id": "'
LONGEST_LINE = 8 * 1024 * 1024
_TEXTS = ("asset_id", "asset_ref", "official_id", "name", "url", "created_at")


def line(asked: str, result: Result, *, ascii_only: bool = False) -> str:
    """The line, without its end. It holds no character that could move a cursor."""
    found = isinstance(result, RealPersonAsset)
    record: dict[str, Any] = {"id": asked, "asset_id": asked, "status": None, "missing": not found}
    record |= dict.fromkeys(("reference", *_TEXTS[1:], "error")) | {"extra": {}}
    if isinstance(result, RealPersonAsset):
        record |= {name: getattr(result, name) for name in (*_TEXTS, "status", "extra")}
        record["reference"] = result.reference if result.is_active else None
    elif result:
        record["error"] = str(result)
    text = json.dumps(record, ensure_ascii=ascii_only)
    return text if text.isprintable() else "".join(c if c.isprintable() else json.dumps(c)[1:-1] for c in text)


def read(text: bytes) -> tuple[str, str | None] | None:
    """The id and the status (None if missing) of a line; None if the line is not one of ours."""
    try:
        record = json.loads(text)
        one, status, missing = record["id"], record["status"], record["missing"]
    except (ValueError, LookupError, TypeError, RecursionError):
        return None
    ours = isinstance(one, str) and (isinstance(status, str) if missing is False else (missing, status) == (True, None))
    return (one, status) if ours else None


@contextmanager
def journal(path: str, todo: dict[str, None]) -> Generator[tuple[Counter[str | None], Callable[[str, Result], None]]]:
    """Open or create a results file, and take the ids with a final line out of `todo`.

    Yields how many of those ids have which status, and what adds a result: its line has left this process when it
    returns. A last line cut short by a crash is removed. Raises `Unusable`, and leaves the file as it was, if it is
    not a regular file, has a line that is not ours, or is in use by another wait; OSError if it cannot be written.
    """
    if os.path.exists(path) and not os.path.isfile(path):  # noqa: PTH110, PTH113  (as typed, for the errors)
        raise Unusable(f"{path} is not a file that a wait can resume; without -o, results go to stdout")
    descriptor = os.open(path, os.O_RDWR | os.O_CREAT | os.O_APPEND, 0o666)
    with os.fdopen(descriptor, "r+b") as file:
        if sys.platform != "win32":  # pragma: no branch
            import fcntl

            try:
                fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)  # released by the system, even after a crash
            except BlockingIOError:
                raise Unusable(f"{path}: another wait is writing to it; give -o another file") from None

        def write(asked: str, result: Result) -> None:
            file.write(f"{line(asked, result)}\n".encode())
            file.flush()

        yield _resumed(file, path, todo), write


def _resumed(file: BinaryIO, path: str, todo: dict[str, None]) -> Counter[str | None]:
    end, text, statuses = 0, b"\n", Counter[str | None]()
    for number, text in enumerate(iter(lambda: file.readline(LONGEST_LINE), b""), 1):
        if found := read(text):
            end += len(text)
            if found[1] in FINAL and found[0] in todo:
                del todo[found[0]]
                statuses[found[1]] += 1
        elif _is_torn(text):
            file.truncate(end)
            return statuses
        else:
            raise Unusable(f"{path}, line {number}: not a result of a wait; give -o another file")
    if not text.endswith(b"\n"):
        file.write(b"\n")
    return statuses


def _is_torn(text: bytes) -> bool:
    """Whether this is the start of a line of ours at the end of the file; a crash may leave zeros there."""
    written, start = text.rstrip(b"\0"), START.encode()
    with suppress(ValueError, RecursionError):
        json.loads(written)
        return False  # it is whole, and somebody else's
    return len(text) < LONGEST_LINE and text[-1:] != b"\n" and (written.startswith(start) or start.startswith(written))
