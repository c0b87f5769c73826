"""What the pages say in numbers, each with where it comes from in the code."""

import inspect
import math
import re
from collections.abc import Callable
from typing import Any

import httpx

from jimmy_ai_openapi_client import JimmyAI, JimmyAIError
from jimmy_ai_openapi_client.sdk.cli import app, options
from jimmy_ai_openapi_client.sdk.errors import BODY_LIMIT
from jimmy_ai_openapi_client.sdk.http.attempt import LONGEST_CONNECT
from jimmy_ai_openapi_client.sdk.mock import FakeClock, Faults
from jimmy_ai_openapi_client.sdk.policy import polling, retry, wait
from jimmy_ai_openapi_client.sdk.policy.batch import REFUSED
from jimmy_ai_openapi_client.sdk.real_person import RealPerson

WORDS = {"two": 2, "three": 3, "four": 4, "five": 5, "an hour": 3600, "half": 0.5}


def number(text: str) -> float:
    """Of digits, or of a word."""
    return WORDS[text.lower()] if text.lower() in WORDS else float(text.replace(",", ""))


def preset(option: str, owner: Any = JimmyAI) -> float:
    return float(inspect.signature(owner).parameters[option].default)


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
    return *least[:3], max(least), abs(100 * other[0] / least[0] - 100)


def polls(count: int, waiting: int = 1) -> list[float]:
    """The pauses of a wait for assets that stay unfinished, at an even chance."""
    interval, now, found = polling.PollingInterval(lambda: 0.5, 100), 0.0, list[float]()
    for _ in range(count):
        found.append(interval.next(now, waiting, 0))
        now += found[-1]
    return found


def preset_of(option: str) -> float:
    """Of an option of the command that takes a duration, in seconds; what its help says must be the same."""
    [parameter] = [one for one in app.wait.params if option in one.opts]
    said = options.duration(re.findall(r"default: (\w+)", getattr(parameter, "help", ""))[0])
    used = options.duration(parameter.default) if isinstance(parameter.default, str) else preset(str(parameter.name))
    assert said == used
    return used


Claim = tuple[str, Callable[[], tuple[float, ...]]]

PAGES_SAY: list[Claim] = [
    # What is preset
    (r"`timeout` \| (30\.0) \||`JimmyAI\(timeout=(30\.0)\)`", lambda: (preset("timeout"),)),
    (r"`max_retries` \| (3) \||are retried, (3) times by default", lambda: (preset("max_retries"),)),
    (
        r"`batch_size`, `concurrency` \| (100), (4) \||(100) (?:assets in one|to a) request,[\w ]* (4) requests",
        lambda: (preset("batch_size"), preset("concurrency")),
    ),
    (
        r"`wait_many\(ids, timeout=(1800\.0)\)`|after `timeout` seconds, (1800) by default|not known of within (1800) ",
        lambda: (preset("timeout", RealPerson.wait_many),),
    ),
    (r"A wait can take (half) an hour", lambda: (preset("timeout", RealPerson.wait_many) / 3600,)),
    (r"at most (5) seconds of it", lambda: (LONGEST_CONNECT,)),
    (r"at most (64) KiB", lambda: (BODY_LIMIT / 1024,)),
    (
        r"\((30) minutes by default\), `--attempt-timeout` each single request \((30) seconds\)",
        lambda: (preset_of("--timeout") / 60, preset_of("--attempt-timeout")),
    ),
    (r"`90`, `90s`, `10m` or `1h30m`", tuple),
    # Polling
    (r"(5) (?:to|and) (15) seconds", lambda: (polling.SHORTEST, polling.LONGEST)),
    (r"at least (5) seconds apart", lambda: (polling.SHORTEST,)),
    (r"One request is worth (3) seconds of one asset", lambda: (polling.PollingInterval.price,)),
    (r"> (3) · requests / T \+ rate · T / (2)\n", lambda: (polling.PollingInterval.price, 2)),
    (r"(Half) of one over the seconds waited", lambda: (polling.PollingInterval.together,)),
    (r"[Ee]ach round counts (0\.8) of", lambda: (polling.PollingInterval.memory,)),
    (r"varies by (10) %", lambda: (100 * polling.JITTER,)),
    (
        r"pauses of about (5), (8), (13), (14) and (14) seconds",
        lambda: tuple(float(round(one)) for one in polls(5)),
    ),
    (
        r"two hundred of them every (5) seconds in the first (two) minutes",
        lambda: (math.floor(max(polls(20, waiting=200))), sum(polls(23, waiting=200)) // 60),
    ),
    (r"pauses (5) to (15) seconds too", lambda: (polling.SHORTEST, polling.LONGEST)),
    # Waiting
    (r"(three) consecutive answers", lambda: (wait.ABSENCES,)),
    (r"(Five) consecutive rounds", lambda: (wait.BAD_ROUNDS,)),
    (r"up to (an hour)", lambda: (wait.LONGEST_RETRY_AFTER,)),
    (r"code (20002)\)?", lambda: (REFUSED,)),
    # Retries
    (r"(0\.5), (1), (2) … up to (8) seconds, less up to (25) %", lambda: retried(503)),
    (r"(5), (10), (20) … up to (60) seconds, plus up to (25) %", lambda: retried(429)),
    (r"what it says, up to (60) seconds", lambda: (retry.LONGEST_RETRY_AFTER,)),
    # The mock
    (r"Each takes `times` \((1) by default", lambda: (float(Faults(["a"]).code().times or 0),)),
]
"""A pattern that some page matches, and the numbers in those of its groups that take part."""

RAISED = re.compile(r"HTTP (?:(\d)xx|(\d{3})(?: or |/)?(\d{3})?)(?:, code (-?\d+))?")
"""How a line of a table, or of the tree, says which answers an error stands for."""

OTHER = [
    r"Python 3\.11, 3\.12 and 3\.13|Python 3\.11 or newer",
    r"HTTP 408, 502–504, 520–530|HTTP 429, HTTP 500, code -1|HTTP/1\.1|HTTP 200|HTTP 429",
    r"A 400 or 422",
    r"15 seconds, set-up included",
    r"50 to 300 ms",
    r"200 assets that take about two minutes|for 200 assets|two minutes",
    r"nine kinds of processing times, with one request worth 2 seconds|larger of two numbers",
    r"0\.2\.0 after 0\.1\.0|starts with 0",
    r"about six minutes",
    r"function that pauses 5 seconds|two seconds for its share",
    r"There are two|Two things|weighs two costs|between two rounds|half the pause|two polls|the five below",
    r"ids of 28 characters|\|( [\d,]+ \|){3}",  # measured
    r"a hundred thousand|judges a change twice",
    r"next two requests|several times as quick|wait of minutes",
]
"""Numbers that are no facts of the code, or that other tests look at."""
