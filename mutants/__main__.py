"""`python -m mutants`: see the package's docstring."""

import argparse
import os
import re
import sys
import time
from itertools import chain
from pathlib import Path
from tempfile import TemporaryDirectory
from zlib import crc32

from . import report
from .equivalent import reason_for
from .kinds import KINDS, SHARES
from .mutant import Mutant, Verdict
from .run import sound, verdicts, warm_up
from .tree import Tree

ROOT = Path(__file__).resolve().parents[1]


def main() -> int:
    """Make the mutants, run the suite on each, print what became of them; 1 if one survived that should not have."""
    options = arguments()
    started, done = time.monotonic(), list[Verdict]()
    wanted = re.compile(options.only)
    mutants = chain.from_iterable(KINDS[kind](ROOT) for kind in options.kind or KINDS)
    chosen = [each for each in mutants if wanted.search(f"{each.kind} {each}") and in_shard(each, options)]
    if options.equivalents:
        chosen = [each for each in chosen if reason_for(each)]
    if options.list:
        for mutant in chosen:
            print(mutant)
        return 0
    with TemporaryDirectory(prefix="mutants-") as folder:
        trees = [Tree(ROOT, Path(folder) / str(number)) for number in range(options.jobs)]
        modules, reach = sound(trees, chosen)
        warm_up(modules)
        for each in verdicts(chosen, trees, reach, skip=not options.equivalents):
            done.append(each)
            print(
                f"{each.outcome:10} {each.mutant.kind}: {each.mutant}\n"
                f"{f'{each.seconds:.1f} s':>10}   by {each.test or each.reason}",
                flush=True,
            )
    print(f"\n{report.killers(done)}\n\n{report.table(done)}")
    print(f"{len(done)} mutants in {time.monotonic() - started:.0f} s, {options.jobs} at a time")
    report.write(done, options.json)
    wrong = [each for each in done if each.outcome == ("killed" if options.equivalents else "survived")]
    for each in wrong:
        print(f"{each.outcome.upper():10} {each.mutant.kind}: {each.mutant}")
    return int(bool(wrong))


def in_shard(mutant: Mutant, options: argparse.Namespace) -> bool:
    """Whether this run is to try it: its part of several, or, where all kinds are tried, a share of the many alike."""
    number = crc32(f"{mutant.kind} {mutant}".encode())
    if options.shard:
        part, parts = map(int, options.shard.split("/"))
        return number % parts == part - 1
    return bool(options.all or options.kind or options.only) or number % SHARES.get(mutant.kind, 1) == 0


def arguments() -> argparse.Namespace:
    """Read the command line."""
    parser = argparse.ArgumentParser(prog="python -m mutants", description=__doc__)
    parser.add_argument("--kind", action="append", choices=[*KINDS], help="only this kind; may be given several times")
    parser.add_argument("--shard", metavar="K/N", help="only the K-th of N parts; the same mutants each time")
    parser.add_argument("--all", action="store_true", help="all of each kind, not a share of the kinds with thousands")
    parser.add_argument("--only", default="", metavar="REGEX", help="only mutants whose line of `--list` has this")
    parser.add_argument(
        "--equivalents", action="store_true", help="run those of equivalent.yaml instead: none may be killed"
    )
    parser.add_argument("--list", action="store_true", help="print the mutants and run nothing")
    parser.add_argument("--jobs", type=int, default=os.cpu_count() or 2, help="how many at a time")
    parser.add_argument("--json", type=Path, default=ROOT / "build" / "mutants.json", help="where all verdicts go")
    options = parser.parse_args()
    options.json.parent.mkdir(parents=True, exist_ok=True)
    return options


if __name__ == "__main__":
    sys.exit(main())
