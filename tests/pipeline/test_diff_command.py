"""generate.sh --diff: which versions it compares, and what it tells a shell."""

import json

import pytest

from codegen.diff.change import Change, Level, code
from codegen.diff.report import MOST, Report, machine, markdown
from codegen.diff.version import bump, current, raised
from codegen.refused import RefusedError

from .places import House


@pytest.fixture
def kept(house: House) -> House:
    """A repository in which a field was retyped after v0.1.0, and another one is gone but not committed."""
    house.commit("first")
    house.git("tag", "v0.1.0")
    text = house.spec.read_text()
    retyped = text.replace("created_at:\n          type: string\n", "created_at:\n          type: integer\n")
    retyped = retyped.replace('created_at: "2026-05-01 12:00:00"', "created_at: 1")
    house.spec.write_text(retyped)
    house.git("commit", "--quiet", "--all", "--message", "second")
    house.spec.write_text(retyped.replace("        name:\n          type: string\n        url:", "        url:"))
    return house


def test_the_working_tree_is_compared_with_head_or_what_was_asked_for(kept: House) -> None:
    before = kept.tree()
    head = kept.run("--diff")
    assert (head.returncode, head.stderr) == (0, "")
    assert head.stdout.startswith(
        "### openapi.yaml, `HEAD` → `working tree`\n\n**Breaking.** It calls for 0.2.0 after 0.1.0"
    )
    assert "`models.SeedanceSpRealPersonAsset.name`: gone" in head.stdout
    assert "created_at" not in head.stdout
    tag = kept.run("--diff", "v0.1.0..HEAD", "--exit-code")
    assert tag.returncode == 3
    assert "created_at" in tag.stdout
    assert ".name`" not in tag.stdout
    (kept.root / "old.yaml").write_bytes(kept.spec.read_bytes())
    same = kept.run("--diff", "old.yaml", "--exit-code", "--format", "json")
    assert (same.returncode, json.loads(same.stdout)["bump"]) == (0, "none")
    (kept.root / "old.yaml").unlink()
    assert kept.tree() == before


@pytest.mark.parametrize(
    ("asked", "says"),
    [
        ("nothing", "there is no openapi.yaml at nothing"),
        ("HEAD~5..HEAD", "there is no openapi.yaml at HEAD~5"),
        ("..-x", "-x is no revision"),
        ("broken.yaml", "broken.yaml: openapi.yaml is not valid YAML"),
    ],
)
def test_a_version_that_cannot_be_had_is_named(kept: House, asked: str, says: str) -> None:
    (kept.root / "broken.yaml").write_text("a: [")
    result = kept.run("--diff", asked)
    assert (result.returncode, result.stdout) == (1, "")
    assert says in result.stderr
    assert "Traceback" not in result.stderr


@pytest.mark.parametrize(
    "arguments", [["--format", "json"], ["--operation-id", "x"], ["--check", "--diff"], ["--merge"]]
)
def test_arguments_that_do_not_go_together_are_wrong(house: House, arguments: list[str]) -> None:
    result = house.run(*arguments)
    assert (result.returncode, result.stdout) == (2, "")


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
    changes = [Change(Level.breaking, code(hostile), code(f"{number}{hostile}")) for number in range(1000)]
    report = Report("a", "b", "0.1.0", changes, changes, changes, rewritten=True)
    said = markdown(report)
    assert len(said) < 65536
    assert said.endswith("- … and more than fits here\n")
    few = [Change(Level.breaking, "x", "y") for _ in range(MOST + 7)]
    assert "\n- … and 7 more\n" in markdown(Report("a", "b", "0.1.0", few, [], [], rewritten=True))
    assert "\n# head" not in said
    assert "\u202e" not in said
    assert all(line.count("`") % 2 == 0 for line in said.splitlines())
    assert json.loads(machine(report))["level"] == "breaking"
