"""`mock.fault`: make something go wrong."""

from typing import Unpack

from . import lies
from .fault import Code, Cut, Delay, Drip, Fault, Page, RateLimited, Reset
from .plan import Plan, Planned, When


class Faults:
    """What can be made to go wrong. Each call plans one fault and returns it; `.cancel()` ends it, `.hits` counts.

        mock.fault.code(-1, times=3)                 # the next three requests
        mock.fault.status(503, chance=0.2)           # one request in five, from now on
        with mock.fault.delay(2, times=None): ...    # every request while the block runs

    Every kind takes `times` (default 1; None for all), `chance` (0 to 1) and `operation` (an operationId). A request
    meets the first planned fault that suits it, and beside it the first planned `delay`. Kinds that take the answer's
    place come before the key is checked, and the API never sees the request: it counts as no look. Wrong arguments
    raise `TypeError` or `ValueError`.
    """

    def __init__(self, plan: Plan) -> None:
        self._plan = plan

    def __repr__(self) -> str:
        return f"Faults({', '.join(f'{one.fault}' for one in self.planned)})"

    @property
    def planned(self) -> list[Planned]:
        """The faults still to come, in the order planned."""
        return self._plan.waiting()

    def clear(self) -> None:
        """Cancel all."""
        for one in self.planned:
            one.cancel()

    def code(self, code: int = -1, msg: str = "system busy, try again later", **when: Unpack[When]) -> Planned:
        """HTTP 200 and an envelope with this code, by default the service's -1 for passing trouble."""
        return self._add(Code(code, msg), when)

    def rate_limited(self, retry_after: float | str | None = 1, **when: Unpack[When]) -> Planned:
        """HTTP 429 with a `Retry-After` of so many seconds, or of any text; None sends no such header."""
        return self._add(RateLimited(retry_after), when)

    def status(self, status: int = 503, **when: Unpack[When]) -> Planned:
        """An HTTP status from 200 to 599, such as 502 or 520, with the HTML page that proxies send along."""
        return self._add(Page(status), when)

    def html(self, **when: Unpack[When]) -> Planned:
        """An HTML page with HTTP 200, as a firewall shows it to check the browser."""
        return self._add(Page(200), when)

    def reset(self, **when: Unpack[When]) -> Planned:
        """The connection is reset before an answer."""
        return self._add(Reset(), when)

    def cut(self, keep: float = 0.5, **when: Unpack[When]) -> Planned:
        """The connection ends after this part of the body, at least a byte short of it."""
        return self._add(Cut(keep), when)

    def delay(self, seconds: float = 1.0, **when: Unpack[When]) -> Planned:
        """The answer comes after so many seconds on the mock's clock."""
        return self._add(Delay(seconds), when)

    def drip(self, seconds: float = 1.0, **when: Unpack[When]) -> Planned:
        """The body comes in small pieces, spread over so many seconds on the mock's clock."""
        return self._add(Drip(seconds), when)

    def null_fields(self, *names: str, **when: Unpack[When]) -> Planned:
        """These fields of every asset in an answer are null; all but `asset_id` and `status` when none is named."""
        return self._add(lies.NullFields(names), when)

    def unknown_status(self, status: str = "Reviewing", **when: Unpack[When]) -> Planned:
        """Every asset in an answer has a status that is not documented."""
        return self._add(lies.UnknownStatus(status), when)

    def missing_item(self, asset_id: str | None = None, **when: Unpack[When]) -> Planned:
        """A batch answer leaves out this asset, or its first."""
        return self._add(lies.MissingItem(asset_id), when)

    def duplicate_item(self, asset_id: str | None = None, status: str | None = None, **when: Unpack[When]) -> Planned:
        """A batch answer has this asset, or its first, twice; the second with another status if one is given."""
        return self._add(lies.DuplicateItem(asset_id, status), when)

    def _add(self, fault: Fault, when: When) -> Planned:
        return self._plan.add(fault, when)
