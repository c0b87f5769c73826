"""generate.sh --diff: which versions it compares, and what it tells a shell."""

import json
from pathlib import Path

import pytest

from codegen.diff import revisions
from codegen.diff.change import Change, Level, code
from codegen.diff.report import MOST, Report, machine, markdown
from codegen.diff.version import bump, current, raised
from codegen.refused import RefusedError

from .places import House, contents


def test_the_working_tree_is_compared_with_head_or_what_was_asked_for(house: House) -> None:
    """A field was renamed after v0.1.0, and another one is gone but not committed."""
    house.commit("first")
    house.git("tag", "v0.1.0")
    house.edit("        created_at:\n", "        made_at:\n")
    house.commit("second")
    house.edit("        name:\n          type: string\n        url:", "        url:")
    before = contents(house.root)

    head = house.run("--diff")
    assert (head.returncode, head.stderr) == (0, "")
    title = "### openapi.yaml, `HEAD` → `working tree`\n\n**Breaking.** It calls for 0.2.0 after 0.1.0"
    assert head.stdout.startswith(title)
    assert "`models.SeedanceSpRealPersonAsset.name`: gone" in head.stdout
    assert "created_at" not in head.stdout
    tag = house.run("--diff", "v0.1.0..HEAD", "--exit-code")
    assert tag.returncode == 3
    assert "created_at" in tag.stdout
    assert ".name`" not in tag.stdout
    same = house.run("--diff", "openapi.yaml", "--exit-code", "--format", "json")
    assert (same.returncode, json.loads(same.stdout)["bump"]) == (0, "none")
    assert contents(house.root) == before


@pytest.mark.parametrize(
    ("asked", "says"),
    [
        ("nothing", "there is no openapi.yaml at nothing"),
        ("no-tag..HEAD", "there is no openapi.yaml at no-tag"),
        ("..-x", "-x is no revision"),
    ],
)
def test_a_version_that_cannot_be_had_is_named(asked: str, says: str) -> None:
    with pytest.raises(RefusedError, match=says):
        revisions.versions(asked)


def test_a_broken_version_is_named(house: House, tmp_path: Path) -> None:
    (tmp_path / "broken.yaml").write_text("a: [")
    result = house.run("--diff", tmp_path / "broken.yaml")
    assert (result.returncode, result.stdout) == (1, "")
    assert "broken.yaml: openapi.yaml is not valid YAML" in result.stderr
    assert "Traceback" not in result.stderr


@pytest.mark.parametrize(
    ("level", "version", "kind", "following"),
    [
        (Level.breaking, "0.1.4", "minor", "0.2.0"),
        (Level.compatible, "0.1.4", "patch", "0.1.5"),
        (Level.text, "0.1.4", "patch", "0.1.5"),
        (Level.same, "0.1.4", "none", "0.1.4"),
        (Level.breaking, "1.2.3", "major", "2.0.0"),
        (Level.compatible, "1.2.3", "minor", "1.3.0"),
        (Level.text, "1.2.3", "patch", "1.2.4"),
    ],
)
def test_the_version_follows_semantic_versioning(level: Level, version: str, kind: str, following: str) -> None:
    assert (bump(level, version), raised(version, bump(level, version))) == (kind, following)


def test_the_version_stands_in_one_place() -> None:
    assert current('"""x"""\n\n__version__ = "1.22.3"\n') == "1.22.3"
    with pytest.raises(RefusedError, match="says no version"):
        current("version = 1")


def test_a_report_fits_into_a_comment_and_nothing_in_it_is_markup() -> None:
    hostile = "`</code>@everyone [x](javascript:1) \n# head \u202e" + "x" * 500
    changes = [Change(Level.breaking, code(hostile), code(f"{number}{hostile}")) for number in range(MOST + 7)]
    report = Report("a", "b", "0.1.0", changes, changes, changes, rewritten=True)
    said = markdown(report)
    assert len(said) < 65536
    assert said.endswith("- … and more than fits here\n")
    assert "\n- … and 7 more\n" in markdown(report._replace(wire=[Change(Level.breaking, "x", "y")] * (MOST + 7)))
    assert "\n# head" not in said
    assert "\u202e" not in said
    assert all(line.count("`") % 2 == 0 for line in said.splitlines())
    assert json.loads(machine(report))["level"] == "breaking"
