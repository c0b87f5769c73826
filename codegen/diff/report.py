"""What changed, put together for people (Markdown) and for programs (JSON)."""

import json
from collections.abc import Iterable
from typing import NamedTuple

from codegen.diff.change import Change, Level, code, worst
from codegen.diff.version import bump, raised

MOST = 150  # lines of a section
LONGEST = 60_000  # a comment on GitHub holds 65536 characters
RULE = "While the version starts with 0, a breaking change raises its second number and anything else its third."


class Report(NamedTuple):
    old: str
    new: str
    version: str  # the one that the bump is counted from
    wire: list[Change]
    python: list[Change]
    texts: list[Change]
    rewritten: bool  # whether generated files differ at all

    @property
    def levels(self) -> tuple[Level, Level]:
        """On the wire, and for Python."""
        wire = max(worst(self.wire), Level.text if self.texts else Level.same)
        return wire, max(worst(self.python), Level.text if self.rewritten else Level.same)

    @property
    def bump(self) -> str:
        return bump(max(self.levels), self.version)

    @property
    def next(self) -> str:
        return raised(self.version, self.bump)


def markdown(report: Report) -> str:
    head = f"### openapi.yaml, {code(report.old)} → {code(report.new)}"
    level = max(report.levels)
    if level is Level.same:
        return f"{head}\n\nNo change.\n"
    verdict = "Nothing that programs notice" if level is Level.text else level.name.capitalize()
    call = f"It calls for {report.next} after {report.version} ({report.bump})."
    note = f" {RULE}" if report.version.startswith("0.") else ""
    lines = [head, "", f"**{verdict}.** {call}{note}"]
    lines += _section("On the wire", report.wire) + _section("In Python", report.python)
    lines += _section("Words", report.texts)
    text = "\n".join(lines)
    if len(text) > LONGEST:
        text = text[: text.rindex("\n", 0, LONGEST)] + "\n- … and more than fits here"
    return f"{text}\n"


def machine(report: Report) -> str:
    wire, python = report.levels
    return json.dumps(
        {
            "old": report.old,
            "new": report.new,
            "level": max(wire, python).name,
            "version": report.version,
            "bump": report.bump,
            "next": report.next,
            "wire": {"level": wire.name, "changes": _plain([*report.wire, *report.texts])},
            "python": {"level": python.name, "changes": _plain(report.python)},
        },
        indent=2,
        ensure_ascii=False,
    )


def together(changes: Iterable[Change]) -> list[Change]:
    """The same change of a shared schema is said once, with every operation it concerns; the worst first."""
    users = dict[tuple[Level, str, str], list[str]]()
    for change in changes:
        found = users.setdefault((change.level, change.place, change.what), [])
        found += [user for user in change.users if user not in found]
    merged = [Change(*key, tuple(found)) for key, found in users.items()]
    return sorted(merged, key=lambda change: -change.level)


def _section(title: str, changes: list[Change]) -> list[str]:
    lines = [f"- **breaking** {one}" if one.level is Level.breaking else f"- {one}" for one in changes[:MOST]]
    more = [f"- … and {len(changes) - MOST} more"] if len(changes) > MOST else []
    return ["", f"#### {title}", "", *lines, *more] if lines else []


def _plain(changes: list[Change]) -> list[dict[str, object]]:
    return [{**one._asdict(), "level": one.level.name} for one in changes]
