"""`wait`: until every asset is final, each result shown or kept as it comes."""

from collections.abc import Generator
from contextlib import AbstractContextManager, ExitStack, contextmanager, nullcontext
from itertools import islice

from ..asset import Progress, RealPersonAsset, WaitResult
from ..errors import WaitTimeoutError
from . import record
from .exits import Exit
from .journal import journal
from .screen import Screen, Sink, check_reader
from .session import Session
from .tally import Tally
from .text import minutes

LISTED = 20


def wait(session: Session, todo: dict[str, None], *, deadline: float | None, output: str | None) -> Exit:
    """Wait for all of `todo`, which loses every id that gets its result."""
    screen, tally = Screen(session), Tally(len(todo))
    with ExitStack() as stack:
        jimmy = stack.enter_context(session.connected())
        sink = _kept(output, stack, todo, tally) if output else screen.sink(todo)
        if tally.done:
            screen.say(f"{output} has {tally.done:,} of {tally.total:,} already")
        news = News(session, todo, tally, sink)
        stack.enter_context(_summed(session, screen, tally, output))
        stack.enter_context(_bar(session, screen, tally, deadline, results=not output))
        try:
            jimmy.real_person.wait_many(
                todo, timeout=deadline, on_update=news.update, on_progress=news.progress, on_failure="return"
            )
        except WaitTimeoutError as late:
            if screen.is_table and not output:
                _show_pending(late.result, todo, screen, sink)
            raise
    return tally.exit


class News:
    """Hands every result on, once, under the id it was asked for."""

    def __init__(self, session: Session, todo: dict[str, None], tally: Tally, sink: Sink) -> None:
        self._signals = session.signals
        self._todo, self._tally, self._sink = todo, tally, sink

    def update(self, asset: RealPersonAsset, previous: RealPersonAsset | None) -> None:
        """Take an asset that changed."""
        if asset.is_final:
            # Of its two ids, the one that was asked for and has no result yet.
            self._end(asset.asset_id if asset.asset_id in self._todo else asset.official_id or asset.asset_id, asset)

    def progress(self, progress: Progress) -> None:
        """Take the ids just found missing."""
        for one in progress.missing:
            self._end(one, None)
        check_reader()

    def _end(self, one: str, asset: RealPersonAsset | None) -> None:
        with self._signals.held():
            self._sink(one, asset)
            self._todo.pop(one, None)
            self._tally.add(asset.status if asset else None)


def _kept(output: str, stack: ExitStack, todo: dict[str, None], tally: Tally) -> Sink:
    book = stack.enter_context(journal(output))
    book.resume(todo, tally)
    return lambda one, asset: book.write(record.line(one, asset))


@contextmanager
def _summed(session: Session, screen: Screen, tally: Tally, output: str | None) -> Generator[None]:
    """Say at the end, whatever it is, how far it came; only to a reader who has gone there is nothing to say."""
    started = session.clock.now()
    try:
        yield
    except BrokenPipeError:
        raise
    except BaseException:
        rest = "; run it again for the rest" * (output is not None)
        screen.say(f"{tally} after {minutes(session.clock.now() - started)}{rest}")
        raise
    screen.say(f"{tally} after {minutes(session.clock.now() - started)}")


def _bar(
    session: Session, screen: Screen, tally: Tally, deadline: float | None, *, results: bool
) -> AbstractContextManager[None]:
    console = screen.stage(results=results)
    if not console:
        return nullcontext()
    from .bar import Bar, shown

    return shown(Bar(tally, session.clock, deadline), console)


def _show_pending(known: WaitResult, todo: dict[str, None], screen: Screen, sink: Sink) -> None:
    seen = [one for one in islice(todo, LISTED) if one in known]
    for one in seen:
        sink(one, known[one])
    if len(todo) > len(seen):
        screen.say(f"and {len(todo) - len(seen):,} more")
