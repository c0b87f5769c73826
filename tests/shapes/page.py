"""`python -m tests.shapes.page`: write docs/spec-shapes.md from the table."""

import json
from pathlib import Path
from typing import Any

from codegen import lint, spec
from codegen.refused import RefusedError

from . import document, topics, written

PAGE = Path(__file__).parents[2] / "docs" / "spec-shapes.md"
HEAD = """\
# What openapi.yaml may say

<!-- Written by `python -m tests.shapes.page` from tests/shapes/. Do not edit. -->

`./generate.sh` takes what is listed here as taken: each of these shapes has been generated, and the contract suite and
the mock agree with the generated code about it (`make shapes` tries them all). Everything else is refused, with its
place in the spec, the reason and what to write instead. A shape that is refused only because it is *not yet proved* can
be let in: add a case to `tests/shapes/`, see it green, and add the word to `codegen/lint/`.

A text in a path is sent as given, quoted. `..`, `.` and an empty text would lead to another path: `jimmy.raw` refuses
them, a generated client of your own does not.
"""


def rendered() -> str:
    """The page as it must be."""
    return "\n".join([HEAD, *(_topic(name, rows) for name, rows in topics().items())])


def _topic(name: str, rows: list[dict[str, Any]]) -> str:
    taken = [row["case"] for row in rows if "refused" not in row]
    refused = [line for row in rows if "refused" in row for line in _refused(row)]
    return "\n".join([f"## {name.capitalize()}", "", f"Taken: {'; '.join(taken)}.", "", *refused, ""])


def _refused(row: dict[str, Any]) -> list[str]:
    """A refusal in the words of the lint, and the remedy where one was tried."""
    reason = next(reason for reason in verdict(row) if row["refused"] in reason)
    plain = reason.replace("<", "&lt;").replace("*", r"\*")
    lines = [f"- **{row['case']}**: {plain}."]
    if "instead" in row:
        lines.append(f"  Tried instead: `{json.dumps(row['instead'], ensure_ascii=False, default=str)}`")
    return lines


def verdict(row: dict[str, Any]) -> list[str]:
    """Why a row is refused before anything is generated; empty if it is not."""
    try:
        read = spec.load(written(document(row)).encode())
    except RefusedError as refusal:
        return str(refusal).splitlines()
    return spec.problems(read) or [f"{finding.reason}; {finding.remedy}" for finding in lint.findings(read)]


if __name__ == "__main__":
    PAGE.parent.mkdir(exist_ok=True)
    PAGE.write_text(rendered(), encoding="utf-8")
