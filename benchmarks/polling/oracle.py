"""The least that a wait can cost to someone who knows when each asset becomes final and keeps our limits."""

import numpy as np

from .simulate import BATCH, CONCURRENCY, DEADLINE, LATENCY, Times

STEP = 0.5
SHORTEST, LONGEST = round(5 / STEP), round(15 / STEP)


def least(moments: Times, price: float) -> float:
    """Pauses are 5 to 15 s and vary by a tenth; the best is found backwards from the deadline, in half seconds.

    All requests of a round count as sent in its middle.
    """
    final = np.sort(moments[np.isfinite(moments)])
    times = np.arange(round(DEADLINE / STEP) + 1000) * STEP
    done = np.searchsorted(final, times, side="right")
    sums = np.concatenate([[0.0], np.cumsum(final)])[done]
    requests = -(-(len(moments) - done) // BATCH)
    lasts = np.round(-(-requests // CONCURRENCY) * LATENCY / STEP).astype(int)
    pauses = np.arange(SHORTEST, LONGEST + 1)
    low = np.maximum(SHORTEST, np.round(0.9 * pauses).astype(int)) - SHORTEST
    high = np.minimum(LONGEST, np.round(1.1 * pauses).astype(int)) - SHORTEST + 1
    cost = np.zeros(len(times))
    for look in range(round(DEADLINE / STEP), -1, -1):
        if requests[look]:
            then = look + lasts[look] + pauses
            late = (times[then] + LATENCY) * (done[then] - done[look]) - (sums[then] - sums[look])
            total = np.concatenate([[0.0], np.cumsum(price * requests[look] + late + cost[then])])
            cost[look] = ((total[high] - total[low]) / (high - low)).min()
    return float(cost[0]) + price * -(-len(moments) // BATCH)
