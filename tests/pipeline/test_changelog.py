"""A change of the spec is told in the changelog, whatever the clone knows of earlier versions."""

import subprocess
import sys
from typing import Any

import pytest

from codegen.changelog import Tree, base, entries, untold, verdict
from tests.shapes import document, written

from .places import House

OLD = "# Changelog\n\n## [Unreleased]\n\n## [0.1.0] - 2026-11-22\n\n### Added\n\n- One.\n- Two\n  lines.\n"


def log(text: str) -> str:
    return OLD.replace("## [Unreleased]\n", f"## [Unreleased]\n{text}")


@pytest.mark.parametrize(
    ("spec", "changelog", "told"),
    [
        (b"old", OLD, True),
        (b"new", OLD, False),
        (b"new", log("\n### Added\n\n- Three.\n"), True),
        (b"new", log("\n### Added\n"), False),
        (b"new", log("\nNo entry.\n"), False),
        (b"new", log("\n- One.\n"), False),
        (b"new", log("\n## [0.2.0] - 2026-12-01\n\n- Three.\n"), True),
        (b"new", OLD.replace("- One.\n", ""), False),
    ],
)
def test_a_change_needs_a_new_entry(spec: bytes, changelog: str, told: bool) -> None:
    assert verdict(Tree(b"old", OLD), Tree(spec, changelog)) is told


SHAPE = {"schema": {"type": "string", "enum": ["a", "b"]}}
Q = {"name": "page-size", "in": "query", "schema": {"type": "string"}}
CHANGES: dict[str, tuple[Any, Any, list[str]]] = {
    "an operation is renamed": ({}, {"operation": {"operationId": "askShape"}}, ["askShape", "tryShape"]),
    "an operation came": ({}, {"spec": {"paths": {"/b": {"get": {"operationId": "more", "responses": {}}}}}}, ["more"]),
    "an operation answers elsewhere": ({}, {"path": "/elsewhere"}, ["tryShape"]),
    "a field came": ({}, {"answer": {"application/json": {"type": "object", "properties": {"size": {}}}}}, ["size"]),
    "a field is retyped": ({"schema": {"type": "string"}}, {"schema": {"type": "integer"}}, ["value"]),
    "items are retyped": (
        {"schema": {"type": "array", "items": {"type": "string"}}},
        {"schema": {"type": "array", "items": {"type": "integer"}}},
        ["value"],
    ),
    "a value came": (SHAPE, {"schema": {"type": "string", "enum": ["a", "b", "c"]}}, ["c", "value"]),
    "a value went": (SHAPE, {"schema": {"type": "string", "enum": ["a"]}}, ["b", "value"]),
    "a parameter came": ({}, {"parameters": [Q]}, ["page-size"]),
    "a parameter is retyped": (
        {"parameters": [Q]},
        {"parameters": [{**Q, "schema": {"type": "integer"}}]},
        ["page-size"],
    ),
    "an answer came": ({}, {"operation": {"responses": {"404": {"description": "None"}}}}, ["404"]),
    "words changed": ({}, {"operation": {"summary": "Words"}}, []),
}


@pytest.mark.parametrize("case", CHANGES)
def test_an_entry_names_what_the_report_names(case: str) -> None:
    before, after, names = CHANGES[case]
    old, new = (written(document(shape)).encode() for shape in (before, after))
    assert untold(Tree(old, OLD), Tree(new, log("\n- Something else.\n"))) == names
    said = " and ".join(f"`{name.replace('S', '_s')}`" for name in names)  # as Python calls an operation
    assert untold(Tree(old, OLD), Tree(new, log(f"\n- Now {said}.\n"))) == []


def test_an_entry_is_all_its_lines() -> None:
    assert entries(OLD) == {"One.", "Two lines."}


def test_what_is_asked_for_wins_and_no_revision_is_none() -> None:
    assert base("v1") == "v1"
    assert base("0" * 40) != "0" * 40


def told(house: House, *arguments: str) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-m", "codegen.changelog", *arguments]
    return subprocess.run(command, cwd=house.root, capture_output=True, text=True, check=False)


@pytest.fixture
def kept(house: House) -> House:
    (house.root / "CHANGELOG.md").write_text(OLD)
    house.git("init", "--quiet")
    house.git("add", "--all")
    house.git("commit", "--quiet", "--message", "first")
    return house


@pytest.mark.parametrize("tagged", [True, False])
def test_the_last_release_is_compared_with(kept: House, tagged: bool) -> None:
    if tagged:
        kept.git("tag", "v0.1.0")
    kept.edit("description: Production server", "description: The server")
    kept.git("commit", "--quiet", "--all", "--message", "second")
    result = told(kept)
    assert result.returncode == 1
    assert "but say under [Unreleased] in CHANGELOG.md" in result.stderr
    (kept.root / "CHANGELOG.md").write_text(log("\n- Three.\n"))
    assert told(kept).returncode == 0


def test_a_shallow_clone_has_its_one_commit_and_a_bare_tree_nothing(kept: House, house: House) -> None:
    clone = house.root.parent / "shallow"
    subprocess.run(["git", "clone", "--quiet", "--depth", "1", house.root.as_uri(), str(clone)], check=True)
    command = [sys.executable, "-m", "codegen.changelog"]
    assert subprocess.run(command, cwd=clone, capture_output=True, check=False).returncode == 0
    subprocess.run(["rm", "-rf", str(clone / ".git")], check=True)
    bare = subprocess.run(command, cwd=clone, capture_output=True, text=True, check=False)
    assert (bare.returncode, bare.stderr) == (0, "")
    assert "no earlier version of openapi.yaml to compare with" in bare.stdout
