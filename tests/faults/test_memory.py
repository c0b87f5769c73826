"""What a bomb costs: no more than a few times the cap on an answer, whatever it would grow to."""

import subprocess
import sys
from collections.abc import Sequence
from contextlib import ExitStack
from pathlib import Path

import pytest

from .case import Case, Raises
from .cases_bodies import BOMBS, CAP, GREEDY
from .run import surroundings
from .server import Server
from .tls import Tls

pytestmark = pytest.mark.wire
ROOT = Path(__file__).parents[2]
MOST = 32 << 20
"""Bytes. The cap on an answer is 4 MiB; the bombs are of 60 MiB to 1 GiB, or endless."""
LISTS = 120 << 20
"""A million empty lists fit into an answer of 3 MiB, and Python needs 64 bytes for each, here and in their list."""


def measured(client: str, bombs: Sequence[Case], trusted: Path) -> list[tuple[int, str]]:
    """The bytes that each bomb took of a process of its own, and the name of what was raised."""
    with ExitStack() as stack:
        stack.enter_context(surroundings(trusted, PYTHONPATH=str(ROOT)))
        servers = [stack.enter_context(server) for server in (Server(), *(Server(case.play) for case in bombs))]
        command = [sys.executable, "-m", "tests.faults.child", client, *(server.url for server in servers)]
        child = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, timeout=60, check=False)
    assert child.stderr == ""
    return [(int(taken), raised) for taken, raised in map(str.split, child.stdout.splitlines())]


@pytest.mark.parametrize("client", ["sync", "async"])
def test_bombs_are_not_swallowed(client: str, tls: Tls) -> None:
    figures = measured(client, [*BOMBS, GREEDY], tls.trusted)
    for case, (taken, raised) in zip([*BOMBS, GREEDY], figures, strict=True):
        assert taken < (LISTS if case is GREEDY else MOST), case.name
        assert isinstance(case.want, Raises)
        # What takes long enough to be late may also be read fast enough to be too much.
        either = {"APIResponseError"} if issubclass(case.want.error, TimeoutError) else set[str]()
        assert raised in {case.want.error.__name__, *either}, case.name
    assert max(figures)[0] > CAP


def test_plain_httpx_swallows_one(tls: Tls) -> None:
    """The measure sees what there is to see."""
    (bomb,) = (case for case in BOMBS if case.name == "bodies/bomb-gzip-in-one-read")
    ((taken, _),) = measured("httpx", [bomb], tls.trusted)
    assert taken > MOST
