"""What a wait tells on its way: updates, progress, and assets as they become final."""

import asyncio
import threading
from collections.abc import Iterator
from contextlib import closing
from typing import Any

import pytest

from jimmy_ai_openapi_client import AssetFailedError, AsyncJimmyAI, JimmyAI, Progress, RealPersonAsset, WaitTimeoutError

from .lives import Lanes, Lives, waiting
from .service import KEY, Connect, Service, asset, items

Told = list[tuple[str, str, str | None]]


def noted(told: Told) -> Any:
    """A listener that notes id and status, and the status before."""

    def listen(asset: RealPersonAsset, previous: RealPersonAsset | None) -> None:
        assert previous is None or previous.asset_id == asset.asset_id
        told.append((asset.asset_id, str(asset.status), str(previous.status) if previous else None))

    return listen


def test_updates_are_told_once_a_change_in_the_order_of_the_ids(connect: Connect) -> None:
    _, real_person = waiting(connect, {"a": "PPA", "b": "A", "c": "PQQF"}, batch_size=1)
    told: Told = []
    real_person.wait_many(["c", "a", "b"], on_update=noted(told), on_failure="return")
    assert told == [
        ("c", "Processing", None),
        ("a", "Processing", None),
        ("b", "Active", None),
        ("c", "Queued", "Processing"),
        ("a", "Active", "Processing"),
        ("c", "Failed", "Queued"),
    ]


def test_a_new_reference_is_an_update(connect: Connect) -> None:
    _, real_person = waiting(connect, {"a": "PRRA"})
    told: list[str] = []
    real_person.wait("a", on_update=lambda asset, _: told.append(asset.reference))
    assert told == ["asset://a", "asset://early/a", "asset://a"]


def test_another_name_is_none_but_the_result_has_it(connect: Connect) -> None:
    script = [items(asset("a", "Processing", name=name)) for name in ("one", "two")]
    told: Told = []
    service = Service(*script, items(asset("a", "Active", name="three")))
    real_person = connect(api_key=KEY, transport=service.transport, clock=Lanes()).real_person
    assert real_person.wait("a", on_update=noted(told)).name == "three"
    assert told == [("a", "Processing", None), ("a", "Active", "Processing")]


def test_an_absent_one_is_not_told_of(connect: Connect) -> None:
    _, real_person = waiting(connect, {"a": "-", "b": "P-P-P---"})
    told: Told = []
    real_person.wait_many(["a", "b"], on_update=noted(told), on_failure="return")
    assert told == [("b", "Processing", None)]


def test_updates_of_a_look_are_told_before_the_next_one(connect: Connect) -> None:
    service, real_person = waiting(connect, {"b": "PA"}, batch_size=1, concurrency=1)
    told: list[tuple[str, int]] = []
    real_person.wait_many(["a", "b", "c"], on_update=lambda asset, _: told.append((asset.asset_id, len(service.asked))))
    assert told == [("a", 1), ("b", 2), ("c", 3), ("b", 4)]


def test_progress_is_told_after_every_look(connect: Connect) -> None:
    _, real_person = waiting(connect, {"a": "F", "c": "PX"}, batch_size=1, concurrency=1, latencies=[1.0])
    told: list[Progress] = []
    real_person.wait_many(["a", "b", "c"], on_progress=told.append, on_failure="return")
    assert told == [Progress(1, 1, 3, 1), Progress(2, 1, 3, 2), Progress(2, 1, 3, 3), Progress(3, 2, 3, 9.25)]


def test_progress_names_each_missing_one_once(connect: Connect) -> None:
    _, real_person = waiting(connect, {"a": "-", "b": "PPPA", "c": "P---"})
    told: list[Progress] = []
    real_person.wait_many(["a", "b", "c"], on_progress=told.append, on_failure="return")
    assert [one.missing for one in told] == [(), (), ("a",), ("c",)]


def test_progress_counts_missing_ones_as_failed(connect: Connect) -> None:
    _, real_person = waiting(connect, {"a": "-"})
    told: list[Progress] = []
    real_person.wait_many(["a", "b"], on_progress=told.append, on_failure="return")
    assert [(one.done, one.failed, one.total) for one in told] == [(1, 0, 2), (1, 0, 2), (2, 1, 2)]


def test_progress_is_told_without_an_answer_too(connect: Connect) -> None:
    _, real_person = waiting(connect, {"a": "TTA"})
    told: list[Progress] = []
    real_person.wait_many(["a"], on_progress=told.append)
    assert [one.done for one in told] == [0, 0, 1]


def test_listeners_are_called_where_the_wait_is(connect: Connect) -> None:
    _, real_person = waiting(connect, batch_size=1)
    places: set[threading.Thread] = set()
    note = lambda *_: places.add(threading.current_thread())
    real_person.wait_many(list("abcdef"), on_update=note, on_progress=note)
    assert places == {threading.current_thread()}


@pytest.mark.parametrize("listener", ["on_update", "on_progress"])
@pytest.mark.parametrize("error", [LookupError, WaitTimeoutError, SystemExit])
def test_what_a_listener_raises_comes_out_and_ends_the_wait(
    connect: Connect, listener: str, error: type[BaseException]
) -> None:
    service, real_person = waiting(connect, {"a": "PPA"})
    raised = error("mine")

    def listen(*_: object) -> None:
        raise raised

    with pytest.raises(error) as caught:
        real_person.wait_many(["a"], **{listener: listen})
    assert caught.value is raised
    assert len(service.asked) == 1
    assert real_person.wait("a").is_active


def test_a_listener_may_use_the_client() -> None:
    clock = Lanes()
    service = Service(items(asset("a", "Processing")))
    with JimmyAI(api_key=KEY, transport=service.transport, clock=clock) as jimmy:
        jimmy.real_person.wait("a", on_update=lambda asset, _: jimmy.real_person.batch_status([asset.asset_id]))
    assert len(service.asked) == 4


def test_listeners_of_asyncio_may_be_async_and_run_in_the_waiting_task() -> None:
    tasks: list[object] = []
    told: list[object] = []

    async def update(asset: RealPersonAsset, previous: RealPersonAsset | None) -> None:
        await asyncio.sleep(0)
        tasks.append(asyncio.current_task())
        told.append(asset.status)

    async def progress(progress: Progress) -> None:
        await asyncio.sleep(0)
        tasks.append(asyncio.current_task())
        told.append(progress.done)

    async def main() -> None:
        clock = Lanes()
        service = Lives(clock, {"a": "PA"})
        async with AsyncJimmyAI(api_key=KEY, transport=service.transport, clock=clock, batch_size=1) as jimmy:
            await jimmy.real_person.wait_many(["a", "b"], on_update=update, on_progress=progress)
        assert set(tasks) == {asyncio.current_task()}

    asyncio.run(main())
    assert told == ["Processing", 0, "Active", 1, "Active", 2]


def test_as_completed_gives_each_when_it_is_final(connect: Connect) -> None:
    service, real_person = waiting(connect, {"a": "PPA", "b": "A", "c": "PF", "d": "PPA"})
    arrived = [(one.asset_id, one.status, len(service.asked)) for one in real_person.as_completed(list("abcd"))]
    assert arrived == [("b", "Active", 1), ("c", "Failed", 2), ("a", "Active", 3), ("d", "Active", 3)]


def test_as_completed_gives_the_first_before_the_round_is_over(connect: Connect) -> None:
    service, real_person = waiting(connect, batch_size=1, concurrency=1)
    with closing(real_person.as_completed(list("abcdef"))) as arriving:
        assert [(next(arriving).asset_id, len(service.asked)) for _ in range(3)] == [("a", 1), ("b", 2), ("c", 3)]


def test_as_completed_asks_nothing_before_the_first_is_wanted(connect: Connect) -> None:
    service, real_person = waiting(connect)
    arriving = real_person.as_completed(["a"])
    assert service.asked == []
    assert next(arriving).is_active
    assert next(arriving, None) is None


def test_as_completed_raises_at_the_end_for_missing_ids_alone(connect: Connect) -> None:
    _, real_person = waiting(connect, {"a": "-", "b": "F", "c": "PPPPA"})
    arrived: list[str] = []
    with pytest.raises(AssetFailedError) as caught:
        arrived.extend(one.asset_id for one in real_person.as_completed(["a", "b", "c"]))
    assert arrived == ["b", "c"]
    assert caught.value.result.missing == ("a",)
    _, real_person = waiting(connect, {"b": "F"})
    assert [one.asset_id for one in real_person.as_completed(["b"])] == ["b"]


def test_as_completed_raises_at_the_deadline(connect: Connect) -> None:
    _, real_person = waiting(connect, {"a": "P"})
    arrived: list[str] = []
    with pytest.raises(WaitTimeoutError) as caught:
        arrived.extend(one.asset_id for one in real_person.as_completed(["a", "b"], timeout=30))
    assert arrived == list(caught.value.result.active) == ["b"]
    assert caught.value.result.pending == ("a",)


def test_an_interrupted_wait_goes_on_with_the_rest(connect: Connect) -> None:
    """The recipe: what was yielded is the caller's; starting again with the rest asks only for the rest."""
    service, real_person = waiting(connect, {"a": "PA", "b": "PPPPA", "c": "A", "d": "PPPPPA"}, batch_size=2)
    done: dict[str, RealPersonAsset] = {}

    def rest() -> Iterator[str]:
        return (one for one in ["a", "b", "c", "d"] if one not in done)

    for one in real_person.as_completed(rest()):
        done[one.asset_id] = one
        if one.asset_id == "a":
            break
    before = len(service.asked)
    assert list(done) == ["c", "a"]
    for one in real_person.as_completed(rest()):
        done[one.asset_id] = one
    assert set(done) == set("abcd")
    assert {one for asked in service.asked[before:] for one in asked.ids} == {"b", "d"}
