"""A wait with threads and with tasks: it does what the rules say, and tells it where it is waited for."""

import asyncio
import json
import threading
from collections.abc import Mapping, Sequence
from contextlib import closing
from typing import Any

import httpx
import pytest
from hypothesis import given, note, settings

from jimmy_ai_openapi_client import (
    AsyncJimmyAI,
    ConfigurationError,
    JimmyAI,
    JimmyAIError,
    Progress,
    RealPersonAsset,
    WaitTimeoutError,
)
from jimmy_ai_openapi_client.sdk.mock.clock import FakeClock
from jimmy_ai_openapi_client.sdk.real_person import RealPerson

from ..conftest import Face
from ..policy.lives import KEY, REFUSALS, TROUBLE, Asked, Chance, Lives, Played, Script, play
from ..policy.test_wait_random import scripts
from .service import Connect, Service, asset, items, no, ok


def answer(asked: Asked) -> httpx.Response:
    """What the service says to a request."""
    match asked.said:
        case "T" | "U":
            raise httpx.ConnectError("no route")
        case "H":
            return httpx.Response(200, html="<h1>Checking your browser</h1>")
        case "":
            return items(*asked.described)
    error: Any = TROUBLE[asked.said]()
    headers = {"Retry-After": str(error.retry_after)} if error.retry_after else {}
    return no(error.code, status=error.status_code, **headers)


def transport(service: Lives) -> httpx.MockTransport:
    """Plays the lives, each request taking its time."""

    def handle(request: httpx.Request) -> httpx.Response:
        asked = service.ask(json.loads(request.content)["asset_ids"])
        service.clock.advance(asked.seconds)
        return answer(asked)

    return httpx.MockTransport(handle)


def waiting(
    connect: Connect, lives: Mapping[str, str] = {}, *, latencies: Sequence[float] = (0.0,), **options: Any
) -> tuple[Lives, Any]:
    """A service, and the `real_person` of a client of it that does not try again within a look."""
    service = Lives(Chance(0.5), lives, latencies=latencies)
    options = {"api_key": KEY, "max_retries": 0, **options}
    return service, connect(transport=transport(service), clock=service.clock, **options).real_person


def run(way: str, script: Script) -> Played:
    """What the rules do in `play`, by a client."""
    service = Lives(Chance(script.chance), script.lives, latencies=script.latencies)
    sizes = {"batch_size": script.size, "concurrency": script.width}
    options: dict[str, Any] = {"transport": transport(service), "clock": service.clock, "max_retries": 0, **sizes}
    played = Played(service.asked, [])
    with asyncio.Runner() as runner:
        kind = JimmyAI if way == "threads" else AsyncJimmyAI
        client: Any = Face(kind(api_key=KEY, **options), runner)
        try:
            if script.on_failure == "yield":
                for one in client.real_person.as_completed(script.lives, timeout=script.timeout):
                    played.told.append((one, None))
            else:
                played.known = client.real_person.wait_many(
                    script.lives,
                    timeout=script.timeout,
                    on_failure=script.on_failure,
                    on_update=lambda *news: played.told.append(news),
                )
        except JimmyAIError as error:
            known: Any = getattr(error, "result", error.wait_result)
            played.error, played.known = error, known
        client.close()
    return played


def trace(script: Script, played: Played) -> tuple[Any, ...]:
    """All that must not depend on who runs the wait; the order of requests sent at a time is free."""
    known, asked = played.known, sorted(played.asked, key=lambda one: (one.at, one.ids))
    ways = (dict(known), known.active, known.failed, known.missing, known.pending, known.requests, known.elapsed)
    if script.on_failure == "yield":
        return asked, sorted(played.finals.items()), ways if played.error else (), type(played.error)
    return asked, sorted(played.told, key=lambda update: update[0].asset_id), ways, type(played.error)


def is_determined(script: Script) -> bool:
    """Whether one request follows another, or it does not matter which of two that come at the same time is first."""
    has_refusals = not REFUSALS.keys().isdisjoint("".join(script.lives.values()))
    return script.width == 1 or not (any(script.latencies) or has_refusals)


@settings(max_examples=40)
@given(scripts.filter(is_determined))
def test_threads_and_tasks_do_what_the_rules_say(script: Script) -> None:
    note(repr(script))
    expected = trace(script, play(script))
    assert trace(script, run("threads", script)) == expected
    assert trace(script, run("asyncio", script)) == expected


def test_the_default_is_half_an_hour() -> None:
    """Of asyncio too, as tests/test_surface.py holds their signatures to be equal."""
    calls = (RealPerson.wait, RealPerson.wait_many, RealPerson.as_completed)
    assert [(call.__kwdefaults__ or {})["timeout"] for call in calls] == [1800.0] * 3


WRONG: dict[str, tuple[str, Any, dict[str, Any]]] = {
    "id of status": ("status", " ", {}),
    "ids of batch_status": ("batch_status", "abc", {}),
    "id of wait": ("wait", ["a"], {}),
    "ids of wait_many": ("wait_many", ["a", ""], {}),
    "ids of as_completed": ("as_completed", None, {}),
    "timeout of wait": ("wait", "a", {"timeout": -1}),
    "timeout of wait_many": ("wait_many", ["a"], {"timeout": "5"}),
    "timeout of as_completed": ("as_completed", ["a"], {"timeout": "5"}),
    "on_failure": ("wait_many", ["a"], {"on_failure": "yield"}),
    "on_update": ("wait_many", ["a"], {"on_update": "print"}),
    "on_progress of wait_many": ("wait_many", ["a"], {"on_progress": "print"}),
    "on_progress of as_completed": ("as_completed", ["a"], {"on_progress": "print"}),
}


@pytest.mark.parametrize(("call", "ids", "options"), WRONG.values(), ids=WRONG)
def test_arguments_are_checked_at_the_call(connect: Connect, call: str, ids: Any, options: dict[str, Any]) -> None:
    """Before any request, and not only when the first asset is wanted."""
    service, real_person = waiting(connect)
    with pytest.raises((TypeError, ValueError)):
        getattr(real_person, call)(ids, **options)
    assert service.asked == []


def test_a_look_has_the_retries_of_any_request(connect: Connect) -> None:
    """None begins after the deadline."""
    service, real_person = waiting(connect, {"a": "555A"}, max_retries=3)
    assert real_person.wait_many(["a"]).requests == 1
    assert (len(service.asked), service.times[-1] >= 5 + 10 + 20) == (4, True)
    service, real_person = waiting(connect, {"a": "5"}, latencies=[1.0], max_retries=9)
    with pytest.raises(WaitTimeoutError) as caught:
        real_person.wait_many(["a"], timeout=20)
    assert (max(service.times) <= 20, caught.value.result.elapsed <= 21) == (True, True)


def test_a_request_that_begins_after_the_deadline_has_half_a_second(connect: Connect) -> None:
    """As a listener took so long. A wait that allows no time is one whole request."""
    clock, allowed = FakeClock(), list[float]()

    def handle(request: httpx.Request) -> httpx.Response:
        allowed.append(request.extensions["timeout"]["read"])
        return items(*map(asset, json.loads(request.content)["asset_ids"]))

    options = {"transport": httpx.MockTransport(handle), "clock": clock, "batch_size": 1, "concurrency": 1}
    real_person = connect(**options).real_person
    assert len(real_person.wait_many(["a", "b"], timeout=5, on_update=lambda *_: clock.advance(10))) == 2
    assert real_person.wait("a", timeout=0).is_active
    assert allowed == [5, 0.5, 30]


def test_a_wait_that_allows_no_time_asks_once(connect: Connect) -> None:
    service = Service(no(None, status=503))
    with pytest.raises(WaitTimeoutError, match="last error: InternalServerError"):
        connect(transport=service.transport, clock=FakeClock()).real_person.wait("a", timeout=0)
    assert len(service.asked) == 1


def test_listeners_are_called_where_the_wait_is(connect: Connect) -> None:
    _, real_person = waiting(connect, batch_size=1)
    places: list[threading.Thread] = []
    note = lambda *_: places.append(threading.current_thread())
    real_person.wait_many(list("abcdef"), on_update=note, on_progress=note)
    assert places == [threading.current_thread()] * 12


def test_a_listener_may_use_the_client() -> None:
    service = Service(items(asset("a", "Processing")))
    with JimmyAI(api_key=KEY, transport=service.transport, clock=Chance(0.5)) as jimmy:
        jimmy.real_person.wait("a", on_update=lambda asset, _: jimmy.real_person.batch_status([asset.asset_id]))
    assert len(service.asked) == 4


def test_listeners_of_asyncio_may_be_async_and_run_in_the_waiting_task() -> None:
    told: list[object] = []

    async def update(asset: RealPersonAsset, _: RealPersonAsset | None) -> None:
        await asyncio.sleep(0)
        told.append((asyncio.current_task(), asset.status))

    async def progress(progress: Progress) -> None:
        await asyncio.sleep(0)
        told.append((asyncio.current_task(), progress.done))

    async def main() -> None:
        service = Lives(Chance(0.5), {"a": "PA"})
        jimmy = AsyncJimmyAI(api_key=KEY, transport=transport(service), clock=service.clock, batch_size=1)
        await jimmy.real_person.wait_many(["a", "b"], on_update=update, on_progress=progress)
        assert [one async for one in jimmy.real_person.as_completed(["c"], on_progress=progress)]
        said = ["Processing", 0, "Active", 1, "Active", 2, 1]
        assert told == [(asyncio.current_task(), one) for one in said]

    asyncio.run(main())


def test_as_completed_asks_as_it_is_asked(connect: Connect) -> None:
    """Nothing before the first asset is wanted, and no more than needed for it."""
    service, real_person = waiting(connect, batch_size=1, concurrency=1)
    with closing(real_person.as_completed(list("abcdef"))) as arriving:
        assert service.asked == []
        assert [(next(arriving).asset_id, len(service.asked)) for _ in range(3)] == [("a", 1), ("b", 2), ("c", 3)]


def test_a_client_closed_meanwhile_ends_the_wait(connect: Connect) -> None:
    service = Lives(Chance(0.5), {"b": "P"})
    client = connect(transport=transport(service), clock=service.clock, batch_size=1)
    arriving = client.real_person.as_completed(["a", "b", "c"])
    assert {next(arriving).asset_id, next(arriving).asset_id} == {"a", "c"}
    client.close()
    with pytest.raises(ConfigurationError, match="closed") as caught:
        next(arriving)
    assert caught.value.wait_result is not None
    assert caught.value.wait_result.pending == ("b",)


def test_a_status_may_be_asked_by_the_other_of_two_ids(connect: Connect) -> None:
    """And says which one it was, so that nobody asks again for what is done."""
    service = Service(ok(asset("id1", official_id="off1")))
    assert connect(transport=service.transport).real_person.status("off1").requested_id == "off1"
