"""A change of the spec is told in the changelog, whatever the clone knows of earlier versions."""

import shutil
import sys
from pathlib import Path
from typing import Any

import pytest
from ruamel.yaml import YAML

from codegen.changelog import Tree, base, entries, untold, verdict
from tests.shapes import document, written

from .places import Done, House, run

CHANGES: list[dict[str, Any]] = YAML(typ="safe").load(Path(__file__).with_name("changelog.yaml"))
OLD = "# Changelog\n\n## [Unreleased]\n\n## [0.1.0] - 2026-11-22\n\n### Added\n\n- One.\n- Two\n  lines.\n"


def log(text: str) -> str:
    return OLD.replace("## [Unreleased]\n", f"## [Unreleased]\n\n{text}\n")


@pytest.mark.parametrize(
    ("spec", "changelog", "told"),
    [
        (b"old", OLD, True),
        (b"new", OLD, False),
        (b"new", log("### Added\n\n- Three."), True),
        (b"new", log("### Added"), False),
        (b"new", log("No entry."), False),
        (b"new", log("- One."), False),
        (b"new", log("## [0.2.0] - 2026-12-01\n\n- Three."), True),
        (b"new", OLD.replace("- One.\n", ""), False),
    ],
)
def test_a_change_needs_a_new_entry(spec: bytes, changelog: str, told: bool) -> None:
    assert verdict(Tree(b"old", OLD), Tree(spec, changelog)) is told


@pytest.mark.parametrize("case", CHANGES, ids=lambda case: case["id"])
def test_an_entry_names_what_the_report_names(case: dict[str, Any]) -> None:
    old, new = (written(document(case.get(shape, {}))).encode() for shape in ("before", "after"))
    other = Tree(new, log("- Something else."))
    assert untold(Tree(old, OLD), other) == case["names"]
    assert verdict(Tree(old, OLD), other) is (case["names"] == [])
    said = " and ".join(f"`{name.replace('S', '_s')}`" for name in case["names"])  # as Python calls an operation
    assert untold(Tree(old, OLD), Tree(new, log(f"- Now {said}."))) == []


def test_an_entry_is_all_its_lines() -> None:
    assert entries(OLD) == {"One.", "Two lines."}


def test_what_is_asked_for_wins_and_no_revision_is_none() -> None:
    assert base("v1") == "v1"
    assert base("0" * 40) != "0" * 40


def checked(root: Path) -> Done:
    return run(sys.executable, "-m", "codegen.changelog", cwd=root)


@pytest.mark.parametrize("tagged", [True, False])
def test_the_last_release_is_compared_with(house: House, tagged: bool) -> None:
    (house.root / "CHANGELOG.md").write_text(OLD)
    house.commit("first")
    if tagged:
        house.git("tag", "v0.1.0")
    house.edit("description: Production server", "description: The server")
    house.commit("second")
    result = checked(house.root)
    assert result.returncode == 1
    assert "but say under [Unreleased] in CHANGELOG.md" in result.stderr
    (house.root / "CHANGELOG.md").write_text(log("- Three."))
    assert checked(house.root).returncode == 0


def test_a_shallow_clone_has_its_one_commit_and_a_bare_tree_nothing(house: House, tmp_path: Path) -> None:
    (house.root / "CHANGELOG.md").write_text(OLD)
    house.commit("first")
    house.git("clone", "--quiet", "--depth", "1", house.root.as_uri(), tmp_path / "shallow")
    assert checked(tmp_path / "shallow").returncode == 0
    shutil.rmtree(tmp_path / "shallow" / ".git")
    bare = checked(tmp_path / "shallow")
    assert (bare.returncode, bare.stderr) == (0, "")
    assert "no earlier version of openapi.yaml to compare with" in bare.stdout
