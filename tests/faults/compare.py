"""How the bare generated client does with every fault: `python -m benchmarks.faults`.

Ours is held against the table by the tests. The generated client, which promises less, is judged kindly: the right
value, or any error that its own documentation names (of httpx, or UnexpectedStatus), within a second and a half.
"""

import threading
import time
from collections import Counter

import httpx

from jimmy_ai_openapi_client import AuthenticatedClient
from jimmy_ai_openapi_client.errors import UnexpectedStatus

from ..http.server import Server
from ..http.service import KEY
from .case import Case, cases
from .run import generated

PATIENCE = 1.5


def is_right(case: Case) -> bool:
    """How it does with one, as its README shows it, with a timeout."""
    started = time.monotonic()
    with Server(*case.play) as server:
        stop = threading.Timer(PATIENCE, server.hang_up)
        stop.start()
        with AuthenticatedClient(server.url, token=KEY, timeout=httpx.Timeout(0.25)) as client:
            right = _ends_well(client, case)
        stop.cancel()
        stop.join()
    return right and time.monotonic() - started < PATIENCE


def _ends_well(client: AuthenticatedClient, case: Case) -> bool:
    try:
        answer = generated(client, case)
        assets = [answer.data] if case.kind == "single" else answer.data.items
        return not case.raises and all(isinstance(text, str) for one in assets for text in (one.asset_id, one.status))
    except (httpx.HTTPError, UnexpectedStatus):
        return bool(case.raises)
    except Exception:  # noqa: BLE001  (whatever else comes out of it is what is counted here)
        return False


def main() -> None:
    """Print the table."""
    total, good = Counter[str](), Counter[str]()
    for case in cases():
        if case.group == "connecting":  # these are about proxies and trust, which are httpx's
            continue
        bomb = case.group == "bombs"  # it would swallow them whole, and this machine with them
        for group in (case.group, "all"):
            total[group] += 1
            good[group] += not bomb and is_right(case)
    for group, number in total.items():
        print(f"{group:10}{good[group]:8} of {number}")


if __name__ == "__main__":
    main()
