"""generate.sh --diff and --watch: reports on standard output."""

from argparse import Namespace
from pathlib import Path

from codegen import page, spec
from codegen.diff import operations, report, version
from codegen.diff.change import Change, Level
from codegen.diff.judge import compared
from codegen.diff.pairs import pairs
from codegen.diff.report import Report, together
from codegen.diff.revisions import show, versions
from codegen.generator import PACKAGE
from codegen.tools import ROOT
from codegen.walk import Node

PAGES = ROOT / "codegen" / "pages.txt"
FOUND = 3


def run_diff(options: Namespace) -> int:
    old, new = versions(options.diff)
    made = compared(old, new, _version(old.revision))
    _say(made, options.format)
    return FOUND if options.exit_code and max(made.levels) is Level.breaking else 0


def run_watch(options: Namespace) -> int:
    """Every operation of the pages as it is here and as it is there; what only openapi.yaml has is not looked at."""
    ours = spec.load((ROOT / "openapi.yaml").read_bytes())
    names = options.watch or PAGES.read_text(encoding="utf-8").split()
    changes = list[Change]()
    for name in names:
        theirs = page.read(name).document
        matched = [pair for pair in pairs(ours, theirs) if pair.new]
        changes += operations.changes(ours, {**theirs, "security": _security(ours, theirs)}, matched)
    told = ", ".join(names)
    made = Report("openapi.yaml", told, _version(""), together(changes), python=[], texts=[], rewritten=False)
    _say(made, options.format)
    return FOUND if options.exit_code and changes else 0


def _security(ours: Node, theirs: Node) -> object:
    return theirs.get("security", ours.get("security", []))


def _version(revision: str) -> str:
    path = Path(PACKAGE) / "sdk" / "version.py"
    source = show(revision, path.as_posix()) if revision else (ROOT / path).read_bytes()
    return version.current(source.decode("utf-8"))


def _say(made: Report, form: str | None) -> None:
    print((report.machine if form == "json" else report.markdown)(made).rstrip("\n"))
