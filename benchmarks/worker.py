"""One candidate in a process of its own, doing a block of calls whenever it is told how many."""

import sys

from .candidates import CANDIDATES
from .scenarios import SCENARIOS


def main(scenario: str, candidate: str, url: str) -> None:
    block = SCENARIOS[scenario](CANDIDATES[candidate].load(), url)
    for line in sys.stdin:
        print(block(int(line)), flush=True)


if __name__ == "__main__":
    main(*sys.argv[1:])
