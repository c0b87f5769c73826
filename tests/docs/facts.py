"""What the pages say in numbers, each with where it comes from in the code."""

import inspect
import math
import re
from string import Formatter
from typing import Any

import httpx

from jimmy_ai_openapi_client import JimmyAI, JimmyAIError
from jimmy_ai_openapi_client.sdk import errors
from jimmy_ai_openapi_client.sdk.cli import app, options
from jimmy_ai_openapi_client.sdk.http import attempt
from jimmy_ai_openapi_client.sdk.mock import FakeClock, Faults
from jimmy_ai_openapi_client.sdk.policy import batch, polling, retry, wait
from jimmy_ai_openapi_client.sdk.real_person import RealPerson

WORDS = {"two": 2, "three": 3, "four": 4, "five": 5, "an hour": 3600, "half": 0.5}


class Claim(Formatter):
    """Puts into a pattern, for each number, every way to write it."""

    def format_field(self, value: float, _: str) -> str:
        words = [word for word, number in WORDS.items() if number == value]
        ways = "|".join(map(re.escape, [f"{value:g}", str(float(value)), *words]))
        return rf"(?<![\d.])(?i:{ways})(?!\d|\.\d)"


def defaults(function: Any) -> dict[str, Any]:
    return {name: one.default for name, one in inspect.signature(function).parameters.items()}


def failing(answer: httpx.Response, random: float = 0.0) -> tuple[str, list[float]]:
    """The class of the error for an answer, and the pauses before each of many retries."""
    clock = FakeClock()
    clock.random = lambda: random  # type: ignore[method-assign]
    transport = httpx.MockTransport(lambda _: answer)
    with JimmyAI(api_key="sk-test", transport=transport, max_retries=8, clock=clock) as jimmy:
        try:
            jimmy.real_person.status("id1")
        except JimmyAIError as error:
            return type(error).__name__, clock.slept
    raise AssertionError(answer)


def retried(status: int) -> tuple[float, ...]:
    """The first pauses, the longest, and by how many per cent chance changes one."""
    (_, least), (_, other) = (failing(httpx.Response(status), chance) for chance in (0.0, math.nextafter(1, 0)))
    return *least[:3], max(least), round(abs(100 * other[0] / least[0] - 100), 6)


def polls(count: int, waiting: int = 1) -> list[float]:
    """The pauses of a wait for assets that stay unfinished, at an even chance."""
    interval, now, found = polling.PollingInterval(lambda: 0.5, 100), 0.0, list[float]()
    for _ in range(count):
        found.append(interval.next(now, waiting, 0))
        now += found[-1]
    return found


def preset(option: str) -> float:
    """Of an option of the command that takes a duration, in seconds; what its help says must be the same."""
    [parameter] = [one for one in app.wait.params if option in one.opts]
    said = options.duration(re.findall(r"default: (\w+)", getattr(parameter, "help", ""))[0])
    used = (
        options.duration(parameter.default) if isinstance(parameter.default, str) else defaults(JimmyAI)[parameter.name]
    )
    assert said == used
    return used


FACTS: dict[str, Any] = {
    "client": defaults(JimmyAI),
    "wait_many": defaults(RealPerson.wait_many),
    "wait_hours": defaults(RealPerson.wait_many)["timeout"] / 3600,
    "command_minutes": preset("--timeout") / 60,
    "command_attempt": preset("--attempt-timeout"),
    "attempt": attempt,
    "body_kib": errors.BODY_LIMIT / 1024,
    "polling": polling,
    "jitter": 100 * polling.JITTER,
    "polls": [round(one) for one in polls(5)],
    "crowd": [math.floor(max(polls(20, waiting=200))), sum(polls(23, waiting=200)) // 60],
    "wait": wait,
    "batch": batch,
    "retry": retry,
    "soon": retried(503),
    "later": retried(429),
    "fault": Faults(["a"]).code(),
}
"""What claims in numbers.yaml name in braces."""
