"""Run the suite on mutants, several at a time: one forked process each, in a tree of its own."""

import contextlib
import gc
import importlib
import json
import os
import resource
import time
import traceback
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from . import child
from .equivalent import reason_for
from .kinds import Stage, asked, stages
from .mutant import Mutant, Verdict
from .reach import Reach
from .tree import Tree

PATIENCE = 120
"""Seconds of work for a mutant. Those of the processor, as pytest-timeout has the alarm and other work may slow it."""
MEMORY = 4 << 30
"""Bytes; a loop that has no end fills a list."""


@dataclass
class Running:
    """A mutant whose process is at work."""

    mutant: Mutant
    tree: Tree
    started: float


def warm_up(modules: Iterable[str]) -> None:
    """Import once, for every process, what does not change."""
    for name in modules:
        with contextlib.suppress(ImportError):
            importlib.import_module(name)
    gc.collect()
    gc.freeze()


def verdicts(mutants: Iterable[Mutant], trees: Sequence[Tree], reach: Reach, *, skip: bool) -> Iterator[Verdict]:
    """Yield what became of each mutant, as it becomes known; with `skip` the equivalent ones are not run."""
    free, running = list(trees), dict[int, Running]()
    for mutant in mutants:
        reason = reason_for(mutant) if skip else None
        if reason:
            yield Verdict(mutant, None, "", 0, 0.0, reason)
            continue
        if not free:
            yield (done := finished(running))[0]
            free.append(done[1])
        tree = free.pop()
        process, started = start(mutant, tree, reach)
        running[process] = started
    while running:
        yield finished(running)[0]


def start(mutant: Mutant, tree: Tree, reach: Reach) -> tuple[int, Running]:
    """Change the tree and fork; the tree must be free."""
    tests = [*stages(mutant, tree.root, reach)]
    tree.change(mutant)
    return forked(tree, tests), Running(mutant, tree, time.monotonic())


def forked(tree: Tree, tests: Sequence[Stage], *, exitfirst: bool = True) -> int:
    """Run the stages in a process of their own, which leaves its result beside the tree."""
    tree.result.unlink(missing_ok=True)
    process = os.fork()
    if process == 0:
        try:
            if exitfirst:
                resource.setrlimit(resource.RLIMIT_CPU, (PATIENCE, PATIENCE))
                resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
            child.run(tree.root, tests, tree.result, exitfirst=exitfirst)
        except BaseException:  # noqa: BLE001  (nothing may get back into the parent's code)
            tree.result.write_text(json.dumps({"test": "(crash)", "message": traceback.format_exc(), "stage": 0}))
        finally:
            os._exit(0)
    return process


def sound(trees: Sequence[Tree], mutants: Iterable[Mutant]) -> tuple[list[str], Reach]:
    """Fail unless their tests pass on the trees as they are.

    Each tree runs its part. All tests are collected in each, which compiles them, once for all mutants.

    Returns:
        The modules that the tests import from elsewhere, and which tests run which lines.
    """
    stages, parts = asked(mutants, trees[0].root), len(trees)
    collected = [Stage(["--collect-only", *stage.arguments]) for stage in stages]
    runs = [collected + stages[part::parts] for part in range(parts)]
    for process in [forked(tree, run, exitfirst=False) for tree, run in zip(trees, runs, strict=True)]:
        os.waitpid(process, 0)
    results = [result_of(tree) for tree in trees]
    for said in results:
        if said["test"]:
            raise SystemExit(f"the suite fails without any mutant: {said['test']}: {said['message']}")
    names = dict.fromkeys(name for said in results for name in said["modules"])
    return list(names), Reach(said["lines"] for said in results)


def result_of(tree: Tree) -> dict[str, Any]:
    """Return what the last process left."""
    if not tree.result.exists():
        return {"test": "(no end in time)", "message": "", "stage": 0}
    result: dict[str, Any] = json.loads(tree.result.read_text(encoding="utf-8"))
    return result


def finished(running: dict[int, Running]) -> tuple[Verdict, Tree]:
    """Wait for the next process to end; return its verdict and the tree that is free now."""
    process, _ = os.waitpid(-1, 0)
    one = running.pop(process)
    one.tree.restore()
    seconds = time.monotonic() - one.started
    said = result_of(one.tree)
    reason = None if said["test"] else reason_for(one.mutant)
    return Verdict(one.mutant, said["test"], said["message"], said["stage"], seconds, reason), one.tree
