"""Bytes that a wait takes at its peak, and its result: tracemalloc's count in a process of its own, without the ids."""

import gc
import sys
import tracemalloc

from . import wire
from .candidates import CANDIDATES
from .rounds import Rounds


def main(candidate: str, wait: str, count: str) -> None:
    waited = getattr(CANDIDATES[candidate].load(), wait)
    few, ids = wire.ids(wire.BATCH), wire.ids(int(count))
    waited(Rounds(few), few)  # what is made once is no part of it
    rounds = Rounds(ids)
    gc.collect()
    tracemalloc.start()
    result = waited(rounds, ids)
    _, peak = tracemalloc.get_traced_memory()
    gc.collect()
    print(peak, tracemalloc.get_traced_memory()[0], flush=True)
    del result


if __name__ == "__main__":
    main(*sys.argv[1:])
