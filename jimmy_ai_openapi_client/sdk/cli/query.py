"""`status` and `batch`: one look."""

from collections.abc import Iterator, Sequence
from itertools import islice

from ..asset import AssetStatus, BatchResult, RealPersonAsset
from ..errors import JimmyAIError
from .exits import Exit
from .screen import Screen, Sink, print_line
from .session import Session
from .tally import Tally


def status(session: Session, asset_id: str) -> Exit:
    """Show one asset as it is now."""
    screen = Screen(session)
    with session.connected() as jimmy:
        asset = jimmy.real_person.status(asset_id)
    if screen.is_table:
        from .table import details

        details(screen.console, asset_id, asset)
    else:
        print_line(asset_id, asset)
    tally = Tally(1)
    tally.add(asset.status)
    return tally.exit


def batch(session: Session, ids: dict[str, None]) -> Exit:
    """Show assets as they are now, in the order given, as the answers come."""
    screen, tally = Screen(session), Tally(len(ids))
    sink = screen.sink(ids)
    with session.connected() as jimmy:
        for part in _parts(ids, session.client.get("batch_size", 100) * session.client.get("concurrency", 4)):
            try:
                show(session, jimmy.real_person.batch_status(part), part, sink, tally)
            except JimmyAIError as error:
                if error.batch_result is not None:  # pragma: no branch
                    show(session, error.batch_result, part, sink, tally)
                raise
    screen.say(str(tally))
    return tally.exit


def show(session: Session, known: BatchResult, part: Sequence[str], sink: Sink, tally: Tally) -> None:
    """Show what is known of a part."""
    missing = set(known.missing)
    for one in part:
        asset = known.get(one)
        if one in known.refused:
            asset = RealPersonAsset(one, AssetStatus.FAILED, error=known.refused[one])
        if asset or one in missing:
            with session.signals.held():
                sink(one, asset)
                tally.add(asset.status if asset else None)


def _parts(ids: dict[str, None], size: int) -> Iterator[list[str]]:
    """As many ids at a time as are asked for at a time, so that results come early and memory stays small."""
    rest = iter(ids)
    while part := list(islice(rest, size)):
        yield part
