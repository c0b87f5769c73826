"""Bytes that a candidate's assets take: its own process, tracemalloc's count, the ids themselves not included."""

import gc
import sys
import tracemalloc

from . import wire
from .candidates import CANDIDATES
from .null import Described, url


def main(candidate: str, count: str) -> None:
    subject = CANDIDATES[candidate].load().Sync(url, Described())
    ids = wire.ids(int(count))
    subject.held(ids[: wire.BATCH])  # what is made once is no part of it
    gc.collect()
    tracemalloc.start()
    assets = subject.held(ids)
    gc.collect()
    print(tracemalloc.get_traced_memory()[0], flush=True)
    del assets


if __name__ == "__main__":
    main(*sys.argv[1:])
