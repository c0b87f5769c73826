"""What is to be met, by measure and candidate."""

from dataclasses import dataclass

from .figures import Figure


@dataclass(frozen=True)
class Target:
    limit: float
    at_least: bool = False

    def met(self, value: float) -> bool:
        return value >= self.limit if self.at_least else value <= self.limit

    def __str__(self) -> str:
        return f"{'≥' if self.at_least else '≤'} {self.limit:g}"


TARGETS = {
    ("round", "asyncio, simulated time"): Target(1.05),
    **{("round", f"{kind}, {median} ms"): Target(1.05) for kind in ("threads", "asyncio") for median in (20, 100, 300)},
    ("sync-call", "JimmyAI"): Target(1.0),
    ("async-call", "JimmyAI"): Target(1.0),
    ("async-call", "JimmyAI, aiohttp"): Target(0.55),
    ("async-50", "JimmyAI"): Target(0.95, at_least=True),
    ("async-50", "JimmyAI, aiohttp"): Target(4.5, at_least=True),
    ("batch", "JimmyAI"): Target(1.45),
    ("import", "the package alone"): Target(20),
    ("import", "JimmyAI"): Target(20),
    ("cold-start", "JimmyAI"): Target(1.15),
    ("memory", "JimmyAI"): Target(0.80),
    ("wait", "growth"): Target(1.3),
    ("wait-async", "growth"): Target(1.3),
    ("generate", "./generate.sh"): Target(2),
}


def target(figure: Figure) -> Target | None:
    return TARGETS.get((figure.measure, figure.candidate))


TITLES = {
    "round": "wait_many, one round, 4 requests at a time: wall time, ideal = 1",
    "wait": "wait_many: processor time an asset and poll, json.loads = 1",
    "wait-async": "the same on asyncio",
    "peak": "memory of a wait at its peak: a loop that keeps dicts = 1",
    "memory": "memory of its result: dicts = 1",
    "import": "import, beyond httpx and attrs: ms",
    "cold-start": "process to first answer: time, raw httpx = 1",
    "sync-call": "sync call, one asset: time, raw httpx = 1",
    "async-call": "async call, one at a time: time, raw httpx = 1",
    "async-50": "async, 50 at once: calls a second, raw httpx = 1",
    "batch": "batch of 100, sync, end to end: time, raw httpx = 1",
    "generate": "generate.sh warm: time, generator alone = 1",
}
