"""The file of `wait -o`: a line for every final asset, written as it comes. A wait started again asks for the rest."""

import os
import sys
from collections.abc import Generator
from contextlib import contextmanager
from typing import BinaryIO

from . import record
from .ids import Unusable
from .tally import Tally

LONGEST_LINE = 8 * 1024 * 1024
_FINAL = {"Active", "Failed", None}


class Journal:
    """A results file, open for this wait alone."""

    def __init__(self, file: BinaryIO, path: str) -> None:
        self._file, self._path = file, path

    def resume(self, todo: dict[str, None], tally: Tally) -> None:
        """Take the ids that the file has an end for out of `todo`, count them, and get ready to write.

        A last line cut short is cut off. Raises `Unusable`, and leaves the file as it was, for a line that is not ours.
        """
        end, line = 0, b"\n"
        for number, line in enumerate(iter(lambda: self._file.readline(LONGEST_LINE), b""), 1):
            found = record.read(line)
            if found is None and not _is_torn(line):
                raise Unusable(f"{self._path}, line {number}: not a result of a wait; give -o another file")
            if found is None:
                break
            end += len(line)
            one, status = found
            if status in _FINAL and one in todo:
                del todo[one]
                tally.add(status)
        else:
            if not line.endswith(b"\n"):
                self._file.write(b"\n")
                return
        self._file.truncate(end)

    def write(self, line: str) -> None:
        """Add a line, out of this process when this returns. Raises OSError."""
        self._file.write(f"{line}\n".encode())
        self._file.flush()


@contextmanager
def journal(path: str) -> Generator[Journal]:
    """Open a results file, making it if it is not there. Raises `Unusable` if it is no file or another wait has it."""
    if os.path.exists(path) and not os.path.isfile(path):  # noqa: PTH110, PTH113  (as typed, for the errors)
        raise Unusable(f"{path} is not a file that a wait could read again; without -o, results go to stdout")
    descriptor = os.open(path, os.O_RDWR | os.O_CREAT | os.O_APPEND, 0o666)
    with os.fdopen(descriptor, "r+b") as file:
        _lock(descriptor, path)
        yield Journal(file, path)


def _lock(descriptor: int, path: str) -> None:
    if sys.platform != "win32":  # pragma: no branch
        import fcntl

        try:
            fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)  # ends with the process, however that ends
        except BlockingIOError:
            raise Unusable(f"{path}: another wait is writing to it; let it end, or give -o another file") from None


def _is_torn(line: bytes) -> bool:
    """Whether this is the start of a line of ours at the end of the file; a crash may leave zeros there."""
    written, start = line.rstrip(b"\0"), record.START.encode()
    return len(line) < LONGEST_LINE and line[-1:] != b"\n" and (written.startswith(start) or start.startswith(written))
