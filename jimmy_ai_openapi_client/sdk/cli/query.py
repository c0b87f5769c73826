"""What `status`, `batch` and `wait` do."""

from collections import Counter
from contextlib import ExitStack, suppress
from datetime import timedelta
from itertools import islice

from ..asset import BatchResult, Progress, RealPersonAsset
from ..errors import AssetFailedError, BadRequestError
from .exits import Exit
from .results import FINAL, Result, journal
from .screen import Screen, Sink, check_reader, details, print_line
from .session import Session


class Tally(Counter[str]):
    """Counts of final results by word. What is left of `total` is pending."""

    def __init__(self, total: int) -> None:
        super().__init__()
        self._pending = total

    def add(self, status: str | None, count: int = 1) -> None:
        """Count some by their status, None for missing ones; only final ones count."""
        if status in FINAL:
            self[FINAL[status]] += count
            self._pending -= count

    @property
    def exit(self) -> Exit:
        """The exit code for the whole."""
        return Exit.PENDING if self._pending else Exit.FAILED if self["failed"] or self["missing"] else Exit.ACTIVE

    def __str__(self) -> str:
        counts = [*((self[word], word) for word in FINAL.values()), (self._pending, "pending")]
        return ", ".join(f"{count:,} {word}" for count, word in counts if count) or "nothing to ask for"


def status(session: Session, asset_id: str) -> Exit:
    """Show one asset as it is now."""
    screen, tally = Screen(session), Tally(1)
    with session.connected() as jimmy:
        try:
            result: RealPersonAsset | BadRequestError = jimmy.real_person.status(asset_id)
        except BadRequestError as error:
            if error.code != 20002:  # anything else is not the service's word about the id
                raise
            result = error
    if screen.is_table:
        details(screen.console, asset_id, result)
    else:
        print_line(asset_id, result)
    tally.add(_word(result))
    return tally.exit


def batch(session: Session, ids: dict[str, None]) -> Exit:
    """Show assets as they are now, in the order given, as the answers come."""
    screen, tally = Screen(session), Tally(len(ids))
    sink = screen.sink(ids)
    with session.connected() as jimmy:
        size = session.client.get("batch_size", 100) * session.client.get("concurrency", 4)
        for start in range(0, len(ids), size):  # what is asked for at a time, so that results come early
            part = list(islice(ids, start, min(start + size, len(ids))))
            try:
                _show(part, jimmy.real_person.batch_status(part), sink, tally)
            except BaseException as error:
                known: BatchResult | None = getattr(error, "batch_result", None)
                if known is not None:
                    _show(part, known, sink, tally)
                # Every id may have been refused alone, which is an answer about each.
                if known is None or known.unasked or not isinstance(error, BadRequestError):
                    raise
    session.say(str(tally))
    return tally.exit


def wait(session: Session, ids: dict[str, None], *, deadline: float | None, output: str | None) -> Exit:
    """Wait for all, showing or keeping each result as it comes."""
    screen, tally, total = Screen(session), Tally(len(ids)), len(ids)
    started = session.clock.now()

    def summarise(kind: object, error: BaseException | None, at: object) -> None:
        """Say how far it came, however it ends, unless the reader has gone."""
        rest = "; run it again for the rest" if output is not None and tally.exit == Exit.PENDING else ""
        if not isinstance(error, BrokenPipeError):
            session.say(f"{tally} after {timedelta(seconds=int(session.clock.now() - started))}{rest}")

    with ExitStack() as stack:
        jimmy = stack.enter_context(session.connected())
        if output is None:
            sink = screen.sink(ids)
        else:
            known, sink = stack.enter_context(journal(output, ids))
            for final, count in known.items():
                tally.add(final, count)
            if known:
                session.say(f"{output} has {tally.total():,} of {total:,} already")
        stack.push(summarise)
        draw = stack.enter_context(screen.bar(total, results=output is None))

        def end(one: str, result: Result) -> None:
            tally.add(_word(result))
            sink(one, result)  # last, so that what has been seen has been counted when a signal comes

        def progress(news: Progress) -> None:
            for one in news.missing:
                end(one, None)
            draw(tally.total(), str(tally))
            check_reader()

        with suppress(AssetFailedError):  # the missing ids, which `progress` has shown
            for asset in jimmy.real_person.as_completed(ids, timeout=deadline, on_progress=progress):
                end(asset.requested_id, asset.error or asset)
    return tally.exit


def _word(result: Result) -> str | None:
    return result.status if isinstance(result, RealPersonAsset) else None


def _show(part: list[str], known: BatchResult, sink: Sink, tally: Tally) -> None:
    missing = set(known.missing)
    for one in part:
        result = known.get(one) or known.refused.get(one)
        if result or one in missing:
            tally.add(_word(result))
            sink(one, result)
