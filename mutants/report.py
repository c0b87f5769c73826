"""The table of a run, and its JSON."""

import json
from collections import Counter
from collections.abc import Sequence
from pathlib import Path

from .mutant import Verdict

OUTCOMES = ("killed", "equivalent", "survived")


def table(verdicts: Sequence[Verdict]) -> str:
    """Return how many of each kind and operator were killed, equivalent, or survived."""
    lines = [f"{'kind':10} {'operator':46} {'made':>6} {'killed':>7} {'equivalent':>11} {'survived':>9}"]
    for kind in dict.fromkeys(each.mutant.kind for each in verdicts):
        of_kind = [each for each in verdicts if each.mutant.kind == kind]
        lines += [
            row(kind, operator, [each for each in of_kind if each.mutant.operator == operator])
            for operator in sorted({each.mutant.operator for each in of_kind})
        ]
        lines.append(row(kind, "all", of_kind))
    return "\n".join([*lines, row("all", "", verdicts)])


def row(kind: str, operator: str, verdicts: Sequence[Verdict]) -> str:
    """Return one line of the table."""
    count = Counter(each.outcome for each in verdicts)
    numbers = f"{len(verdicts):6} {count['killed']:7} {count['equivalent']:11} {count['survived']:9}"
    return f"{kind:10} {operator:46} {numbers}"


def killers(verdicts: Sequence[Verdict]) -> str:
    """Return which test modules killed how many of each kind."""
    count = Counter((each.mutant.kind, each.test.partition("::")[0]) for each in verdicts if each.test)
    return "\n".join(f"{kind:10} {number:6}  {module}" for (kind, module), number in count.most_common())


def write(verdicts: Sequence[Verdict], path: Path) -> None:
    """Write every verdict."""
    rows = [
        {
            "kind": each.mutant.kind,
            "operator": each.mutant.operator,
            "place": each.mutant.place,
            "change": each.mutant.change,
            "outcome": each.outcome,
            "test": each.test,
            "message": each.message,
            "stage": each.stage,
            "reason": each.reason,
            "seconds": round(each.seconds, 2),
        }
        for each in verdicts
    ]
    path.write_text(json.dumps(rows, indent=1, ensure_ascii=False) + "\n", encoding="utf-8")
