"""Every fault against JimmyAI, AsyncJimmyAI and the bare generated client: `python -m benchmarks.faults`.

Ours is right if the very value or error that stands beside the case comes back, after as many requests and pauses, made
of plain data, with the key seen nowhere. The generated client, which promises less, is judged kindly: the right value,
or any error that its own documentation names (of httpx, or UnexpectedStatus), within a second and a half.
"""

import tempfile
import threading
import time
from collections import Counter
from collections.abc import Callable
from pathlib import Path
from typing import Any

import httpx

from jimmy_ai_openapi_client import AuthenticatedClient
from jimmy_ai_openapi_client.api.default import batch_query_seedance_sp_real_person_status as batch
from jimmy_ai_openapi_client.api.default import query_seedance_sp_real_person_status as single
from jimmy_ai_openapi_client.errors import UnexpectedStatus
from jimmy_ai_openapi_client.models import SeedanceSpRealPersonBatchStatusRequest, SeedanceSpRealPersonStatusRequest

from .case import Case, Value
from .cases import CASES
from .cases_bodies import BOMBS
from .check import complaints
from .hygiene import impurities, leaks
from .run import KEY, OWN, Flavour, run, surroundings
from .script import Kind
from .server import Server
from .tls import certificates

PATIENCE = 1.5
Judged = tuple[bool, float]
Judge = Callable[[Case, Kind], Judged]


def ours(client: str, trusted: Path) -> Judge:
    """How JimmyAI or AsyncJimmyAI does."""
    flavours = {flavour.kind: flavour for flavour in OWN if str(flavour).startswith(client)}

    def judge(case: Case, kind: Kind) -> Judged:
        flavour: Flavour = flavours[kind]
        outcome = run(case, flavour, trusted)
        return not (complaints(case, kind, outcome) or impurities(outcome.error) or leaks(outcome)), outcome.elapsed

    return judge


def bare(trusted: Path) -> Judge:
    """How the generated client does, as its README shows it, with a timeout."""

    def judge(case: Case, kind: Kind) -> Judged:
        if case in BOMBS:  # it would swallow them whole, and this machine with them
            return False, 0.0
        started = time.monotonic()
        with surroundings(trusted), Server(case.play) as server:
            stop = threading.Timer(PATIENCE, server.hang_up)
            stop.start()
            try:
                with AuthenticatedClient(server.url, token=KEY, timeout=httpx.Timeout(0.25)) as client:
                    right = _ends_well(client, case, kind)
            finally:
                stop.cancel()
                stop.join()
        elapsed = time.monotonic() - started
        return right and elapsed < PATIENCE, elapsed

    return judge


def _ends_well(client: AuthenticatedClient, case: Case, kind: Kind) -> bool:
    want = case.wanted(kind)
    try:
        answer: Any = (
            single.sync(client=client, body=SeedanceSpRealPersonStatusRequest(case.ids[0]))
            if kind == "single"
            else batch.sync(client=client, body=SeedanceSpRealPersonBatchStatusRequest(list(case.ids)))
        )
        if not isinstance(want, Value):
            return False
        assets = [answer.data] if kind == "single" else answer.data.items
        return all(isinstance(asset.asset_id, str) and isinstance(asset.status, str) for asset in assets)
    except (httpx.HTTPError, UnexpectedStatus):
        return not isinstance(want, Value)
    except Exception:  # noqa: BLE001  (whatever else comes out of it is what is counted here)
        return False


def main() -> None:
    """Print the table."""
    with tempfile.TemporaryDirectory() as folder:
        trusted = certificates(Path(folder)).trusted
        judges = {"JimmyAI": ours("sync", trusted), "AsyncJimmyAI": ours("async", trusted), "generated": bare(trusted)}
        runs = [(case, kind) for case in CASES for kind in KINDS if case.only in {None, kind}]
        total = Counter(group for case, _ in runs for group in (_group(case), "all"))
        good: Counter[tuple[str, str]] = Counter()
        slowest: dict[str, tuple[float, str]] = dict.fromkeys(judges, (0.0, ""))
        for name, judge in judges.items():
            for case, kind in runs:
                right, seconds = judge(case, kind)
                good.update({(name, _group(case)): right, (name, "all"): right})
                slowest[name] = max(slowest[name], (seconds, f"{case.name}, {kind}"))
    print(
        "fault     "
        + "".join(f"{name:>20}" for name in judges)
        + "\n"
        + " " * 10
        + "          ok     bad" * len(judges)
    )
    for group in total:
        if group != "all":
            print(_row(group, [(good[name, group], total[group]) for name in judges]))
    print(_row("all", [(good[name, "all"], total["all"]) for name in judges]))
    for name, (seconds, case_name) in slowest.items():
        print(f"slowest of {name}: {seconds:.2f} s ({case_name})")


KINDS: tuple[Kind, ...] = ("single", "batch")


def _group(case: Case) -> str:
    return case.name.split("/", 1)[0]


def _row(group: str, counts: list[tuple[int, int]]) -> str:
    return f"{group:10}" + "".join(f"{right:12}{whole - right:8}" for right, whole in counts)


if __name__ == "__main__":
    main()
