"""Processes from their start: what importing takes, and the way to a first answer."""

from collections.abc import Callable, Mapping
from random import Random
from statistics import median
from time import perf_counter

from .. import wire
from ..candidates import CANDIDATES, GENERATED, JIMMY, RAW, names
from ..figures import Figure, figure, ratios
from ..processes import ended, python, said
from .effort import Effort, Measure

GENERATED_IMPORT = """
from jimmy_ai_openapi_client import AuthenticatedClient
from jimmy_ai_openapi_client.api.default import query_seedance_sp_real_person_status as query
from jimmy_ai_openapi_client.models import SeedanceSpRealPersonStatusRequest as Request
"""
JIMMY_IMPORT = "from jimmy_ai_openapi_client import JimmyAI"
IMPORTS = {
    "the package alone": (RAW, "import jimmy_ai_openapi_client"),
    GENERATED.name: (GENERATED, GENERATED_IMPORT),
    JIMMY.name: (JIMMY, JIMMY_IMPORT),
}
ANSWERED = {
    RAW.name: f"""
import httpx
client = httpx.Client(base_url=URL, headers={{"Authorization": "Bearer {wire.KEY}"}})
print(client.post("{wire.ONE_PATH}", json={{"asset_id": "{wire.IDS[0]}"}}).json()["data"]["status"], flush=True)
""",
    GENERATED.name: f"""{GENERATED_IMPORT}
client = AuthenticatedClient(base_url=URL, token="{wire.KEY}")
print(query.sync(client=client, body=Request(asset_id="{wire.IDS[0]}")).data.status, flush=True)
""",
    JIMMY.name: f"""{JIMMY_IMPORT}
print(JimmyAI(api_key="{wire.KEY}", base_url=URL).real_person.status("{wire.IDS[0]}").status, flush=True)
""",
}
TIMED = """
from time import process_time
{before}
started = process_time()
{timed}
print(process_time() - started, flush=True)
"""
BASE = "import httpx, attrs"


def _hidden(name: str) -> str:
    """The same line for all, so that none pays more for it."""
    hidden = CANDIDATES.get(name, RAW).hidden
    return f"import sys; sys.modules.update(dict.fromkeys({hidden!r}))\n"


def _rounds(codes: Mapping[str, str], run: Callable[[str], float], rounds: int) -> dict[str, list[float]]:
    times: dict[str, list[float]] = {name: [] for name in codes}
    order, chance = list(codes), Random(1)
    for name in order:
        run(codes[name])  # writes the bytecode, fills the caches of the disk
    for _ in range(rounds):
        chance.shuffle(order)
        for name in order:
            times[name].append(run(codes[name]))
    return times


def _told(code: str) -> float:
    """What it prints."""
    process = python("-c", code)
    seconds = float(said(process))
    ended(process)
    return seconds


def _until_first_line(code: str) -> float:
    started = perf_counter()
    process = python("-c", code)
    said(process)
    took = perf_counter() - started
    ended(process)
    return took


def _imports(_: str, effort: Effort) -> list[Figure]:
    wanted = names(*(candidate for candidate, _ in IMPORTS.values()))
    codes = {
        name: _hidden(name) + TIMED.format(before=BASE, timed=code)
        for name, (candidate, code) in IMPORTS.items()
        if candidate.name in wanted
    }
    base = _hidden(RAW.name) + TIMED.format(before="", timed=BASE)
    times = _rounds({"httpx and attrs": base, **codes}, _told, effort.processes)
    reference = median(times["httpx and attrs"])
    return [
        figure("import", name, [one * 1e3 for one in took], "ms", f"{median(took) / reference:.2f} x httpx and attrs")
        for name, took in times.items()
    ]


def _cold(url: str, effort: Effort) -> list[Figure]:
    wanted = names(RAW, GENERATED, JIMMY)
    codes = {name: f"{_hidden(name)}URL = {url!r}\n{ANSWERED[name]}" for name in wanted}
    times = _rounds(codes, _until_first_line, effort.processes)
    return [
        figure("cold-start", name, ratio, note=f"{median(times[name]) * 1e3:.0f} ms")
        for name, ratio in ratios(times, RAW.name).items()
    ]


MEASURES: dict[str, Measure] = {"import": _imports, "cold-start": _cold}
