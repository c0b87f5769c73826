"""When to ask again: the polling rule of a wait, as arithmetic.

After each round, guess from what was seen lately how many assets become final per second, and wait as long as
is cheapest at that rate, within 5 and 15 seconds.

*Cheapest*: a round costs some requests, and between two rounds each asset that becomes final goes unnoticed for
half the pause on average. With `requests` to a round, `rate` assets becoming final per second, and one request
worth `PRICE` seconds of one asset going unnoticed, a pause `T` costs `PRICE * requests / T + rate * T / 2` per
second; that is least at `T = sqrt(2 * PRICE * requests / rate)`.

*What was seen lately*: assets that became final over the seconds that assets were waited for, which is the
chance of one waiting asset becoming final in one second; times those still waiting, it is the rate. Each round
counts 0.8 of the round after it. So pauses shorten as soon as something happens, and stretch when nothing does or
few assets are left; no processing time is assumed. One asset that stays unfinished is asked for after pauses of about
5.25, 6.8, 9.4, 12.7, 14.25, 14.25 … seconds.
"""

from collections.abc import Callable
from math import ceil, sqrt

SHORTEST, LONGEST = 5.0, 15.0
"""Seconds. The vendor's advice, kept by every pause."""

PRICE = 2.0
"""Seconds of one asset going unnoticed that are worth one request."""

MEMORY = 0.8
"""Weight of a round beside the round after it."""

JITTER = 0.1
"""Every pause varies by this share, so that callers who started together drift apart."""


class PollingInterval:
    """The pauses of one wait. `random` returns a number in [0, 1); a round asks `batch_size` ids a request.

    It remembers three numbers, whatever the number of assets, and reads no clock.
    """

    def __init__(
        self, random: Callable[[], float], batch_size: int = 100, *, price: float = PRICE, memory: float = MEMORY
    ) -> None:
        self._random = random
        self._batch_size = batch_size
        self._price = price
        self._memory = memory
        self._answered_at: float | None = None
        self._final = 1.0  # as if one asset had become final in the five seconds before: a mild first guess
        self._waited = 0.0

    def next(self, now: float, waiting: int, changed: int) -> float:
        """Return the seconds to pause after a round: at least 5, at most 15.

        `now` is any monotonic clock, read when the answers are in; `waiting` counts the assets still unfinished (at
        least one), `changed` those that this round found final. The first round shows what happened before
        the wait, not the rate: its `changed` is ignored and the pause after it is short.
        """
        if self._answered_at is None:
            self._waited = SHORTEST * waiting
            ideal = SHORTEST
        else:
            self._final = self._memory * self._final + changed
            self._waited = self._memory * self._waited + (now - self._answered_at) * (waiting + changed)
            rate = waiting * max(self._final, 1e-9) / self._waited
            ideal = sqrt(2 * self._price * ceil(waiting / self._batch_size) / rate)
        self._answered_at = now
        bounded = min(LONGEST, max(SHORTEST, ideal))
        low, high = max(SHORTEST, bounded * (1 - JITTER)), min(LONGEST, bounded * (1 + JITTER))
        return low + (high - low) * self._random()
