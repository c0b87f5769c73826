"""When to ask again: the polling rule of a wait, as arithmetic.

After each round, guess how many assets become final per second, and wait as long as is cheapest at that rate,
within 5 and 15 seconds.

*Cheapest*: a round costs some requests, and between two rounds each asset that becomes final goes unnoticed for
half the pause on average. With `requests` to a round, `rate` assets becoming final per second, and one request
worth `price` seconds of one asset going unnoticed, a pause `T` costs `price * requests / T + rate * T / 2` per
second; that is least at `T = sqrt(2 * price * requests / rate)`.

*Guess*: the chance that one waiting asset becomes final in the next second is the larger of two numbers, and the rate
is that chance times those still waiting.

- What was seen lately: assets that became final over the seconds that assets were waited for. Each round counts 0.8
  of the round after it. So pauses shorten as soon as something happens.
- Half of one over the seconds waited so far. It stands for assets that become final together, such as those that were
  submitted together: until they do, nothing is seen of them, and the longer that takes, the longer it may still take.
  So pauses stretch when nothing happens, later for many assets than for few.

No processing time is assumed. One asset that stays unfinished is asked for after pauses of about
5.25, 8.3, 13, 14.25, 14.25 … seconds, two hundred of them after about 5.25 seconds in the first two minutes.
"""

from collections.abc import Callable
from math import ceil, sqrt

SHORTEST, LONGEST = 5.0, 15.0
"""Seconds. The vendor's advice, kept by every pause."""

JITTER = 0.1
"""Every pause varies by this share, so that callers who started together drift apart."""


class PollingInterval:
    """The pauses of one wait. `random` returns a number in [0, 1); a round asks `batch_size` ids a request.

    It remembers four numbers, whatever the number of assets, and reads no clock.
    """

    price = 3.0
    """Seconds of one asset going unnoticed that are worth one request."""
    memory = 0.8
    """Weight of a round beside the round after it."""
    together = 0.5
    """How many times all waiting assets are expected to become final in as many seconds as were waited so far."""

    def __init__(self, random: Callable[[], float], batch_size: int) -> None:
        self._random = random
        self._batch_size = batch_size
        self._first_answer_at: float | None = None
        self._answered_at = self._final = self._waited = 0.0

    def next(self, now: float, waiting: int, changed: int) -> float:
        """Return the seconds to pause after a round: at least 5, at most 15.

        `now` is any monotonic clock, read when the answers are in; `waiting` counts the assets still unfinished (at
        least one), `changed` those that this round found final. The first round shows what happened before
        the wait, not the rate: its `changed` is ignored and the pause after it is short.
        """
        if self._first_answer_at is None:
            self._first_answer_at = now
            ideal = SHORTEST
        else:
            seconds = max(SHORTEST, now - self._answered_at)
            self._final = self.memory * self._final + changed
            self._waited = self.memory * self._waited + seconds * (waiting + changed)
            elapsed = max(SHORTEST, now - self._first_answer_at)
            rate = waiting * max(self._final / self._waited, self.together / elapsed)
            ideal = sqrt(2 * self.price * ceil(waiting / self._batch_size) / rate)
        self._answered_at = now
        bounded = min(LONGEST, max(SHORTEST, ideal))
        low, high = max(SHORTEST, bounded * (1 - JITTER)), min(LONGEST, bounded * (1 + JITTER))
        return low + (high - low) * self._random()
