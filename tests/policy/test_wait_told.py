"""What a wait tells on its way: updates, progress, and assets as they become final."""

import tracemalloc
from contextlib import suppress
from typing import Any

import pytest

from jimmy_ai_openapi_client import AssetFailedError, AssetStatus, Progress, RealPersonAsset, WaitTimeoutError
from jimmy_ai_openapi_client.sdk.policy.wait import OnFailure, Wait

from .lives import asset, model, waiting

Told = list[tuple[str, str, str | None]]


def updates(lives: dict[str, str], ids: str, **options: Any) -> Told:
    """Id and status of each update, and the status before."""
    told: Told = []

    def listen(asset: RealPersonAsset, previous: RealPersonAsset | None) -> None:
        assert previous is None or previous.asset_id == asset.asset_id
        told.append((asset.asset_id, str(asset.status), str(previous.status) if previous else None))

    waiting(lives, **options)[1].wait_many(ids, on_update=listen, on_failure="return")
    return told


def test_updates_are_told_once_a_change_in_the_order_of_the_ids() -> None:
    assert updates({"a": "PPA", "b": "A", "c": "PQQF"}, "cab", batch_size=1) == [
        ("c", "Processing", None),
        ("a", "Processing", None),
        ("b", "Active", None),
        ("c", "Queued", "Processing"),
        ("a", "Active", "Processing"),
        ("c", "Failed", "Queued"),
    ]


def test_an_absent_one_is_not_told_of() -> None:
    assert updates({"a": "-", "b": "P-P-P---"}, "ab") == [("b", "Processing", None)]


def test_a_new_reference_is_an_update() -> None:
    told: list[str] = []
    waiting({"a": "PRRA"})[1].wait("a", on_update=lambda asset, _: told.append(asset.reference))
    assert told == ["asset://a", "asset://early", "asset://a"]


def test_another_name_is_none_but_the_result_has_it() -> None:
    wait = Wait(["a"], timeout=None, on_failure="raise", settings=waiting()[1].settings)
    for name, changes in {"one": 1, "two": 0}.items():
        assert wait.next_round()
        found = RealPersonAsset.from_model(model(asset("a", "Processing", name=name)))
        assert len(wait.receive(["a"], {"a": found}).updates) == changes
    assert wait.known()["a"].name == "two"


def test_updates_of_a_look_are_told_before_the_next_one() -> None:
    service, waits = waiting({"b": "PA"}, batch_size=1, concurrency=1)
    told: list[tuple[str, int]] = []
    waits.wait_many("abc", on_update=lambda asset, _: told.append((asset.asset_id, len(service.asked))))
    assert told == [("a", 1), ("b", 2), ("c", 3), ("b", 4)]


def progress(lives: dict[str, str], ids: str, **options: Any) -> list[Progress]:
    told: list[Progress] = []
    waiting(lives, **options)[1].wait_many(ids, on_progress=told.append, on_failure="return")
    return told


def test_progress_is_told_after_every_look() -> None:
    """Without an answer too."""
    assert progress({"a": "F", "c": "PX"}, "abc", batch_size=1, concurrency=1, latencies=[1.0]) == [
        Progress(1, 1, 3, 1),
        Progress(2, 1, 3, 2),
        Progress(2, 1, 3, 3),
        Progress(3, 2, 3, 9.25),
    ]
    assert [one.done for one in progress({"a": "TTA"}, "a")] == [0, 0, 1]


def test_progress_names_each_missing_one_once_and_counts_it_as_failed() -> None:
    told = progress({"a": "-", "b": "PPPA", "c": "P---"}, "abc")
    assert [one.missing for one in told] == [(), (), ("a",), ("c",)]
    assert [(one.done, one.failed, one.total) for one in told] == [(0, 0, 3), (0, 0, 3), (1, 1, 3), (3, 2, 3)]


def test_as_completed_gives_each_when_it_is_final() -> None:
    service, waits = waiting({"a": "PPA", "b": "A", "c": "PF", "d": "PPA"})
    arrived = [(one.asset_id, one.status, len(service.asked)) for one in waits.as_completed("abcd")]
    assert arrived == [("b", "Active", 1), ("c", "Failed", 2), ("a", "Active", 3), ("d", "Active", 3)]


def test_as_completed_raises_at_the_end_for_missing_ids_alone() -> None:
    arrived: list[str] = []
    with pytest.raises(AssetFailedError) as caught:
        arrived.extend(one.asset_id for one in waiting({"a": "-", "b": "F", "c": "PPPPA"})[1].as_completed("abc"))
    assert arrived == ["b", "c"]
    assert caught.value.result.missing == ("a",)


def test_as_completed_raises_at_the_deadline() -> None:
    arrived: list[str] = []
    with pytest.raises(WaitTimeoutError) as caught:
        arrived.extend(one.asset_id for one in waiting({"a": "P"})[1].as_completed("ab", timeout=30))
    assert arrived == ["b"]
    assert caught.value.result.pending == ("a",)


def test_as_completed_holds_nothing_that_it_has_yielded() -> None:
    """Its error names the ids that are left, and counts all."""
    with pytest.raises(
        WaitTimeoutError, match=r"1 of 4 .* active, 1 failed \('c'\), 1 unknown .*, 1 pending"
    ) as caught:
        list(waiting({"a": "P", "c": "F", "d": "-"})[1].as_completed("abcd", timeout=60))
    result = caught.value.result
    assert (dict(result), result.active, result.failed) == ({}, {}, {})
    assert (result.missing, result.pending) == (("d",), ("a",))


def test_as_completed_tells_progress_when_the_assets_of_an_answer_have_been_yielded() -> None:
    """Missing ids are named as soon as they are found."""
    told: list[object] = []

    def note(news: Progress | RealPersonAsset) -> None:
        told.append((news.done, news.failed, news.missing) if isinstance(news, Progress) else news.asset_id)

    with suppress(AssetFailedError):
        for one in waiting({"a": "-", "b": "PPPPA", "d": "F"})[1].as_completed("abcd", on_progress=note):
            note(one)
    assert told == ["c", "d", (2, 1, ()), (2, 1, ()), (3, 2, ("a",)), (3, 2, ()), "b", (4, 2, ())]


def most_held(on_failure: OnFailure, count: int) -> float:
    """Bytes an id that a wait holds at its peak, the ids themselves not included."""
    ids = [f"asset-{number:08d}" for number in range(count)]
    tracemalloc.start()
    wait = Wait(ids, timeout=None, on_failure=on_failure, settings=waiting()[1].settings)
    for status in (AssetStatus.PROCESSING, AssetStatus.ACTIVE):
        one_round = wait.next_round()
        while one_round and one_round.todo:
            chunk = one_round.todo.popleft()
            wait.receive(chunk, {one: RealPersonAsset(one, status, url=f"https://example.com/{one}") for one in chunk})
    assert wait.next_round() is None
    _, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    return peak / count


def test_as_completed_holds_little_beside_the_ids() -> None:
    """Neither what has been yielded nor what is pending."""
    held, kept = most_held("yield", 10_000), most_held("return", 10_000)
    assert held < 120
    assert held < kept / 3
