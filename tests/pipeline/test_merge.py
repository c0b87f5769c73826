"""What the vendor's pages describe is added to openapi.yaml, and no line that was there changes."""

import json
from difflib import SequenceMatcher
from pathlib import Path
from typing import Any

import pytest
from ruamel.yaml import YAML

from codegen import page
from codegen.insert import inserted
from codegen.merge import merged
from codegen.refused import RefusedError

from .places import ROOT, House, contents

HERE = Path(__file__).parent
SPEC = (ROOT / "openapi.yaml").read_text(encoding="utf-8")
CLASHES: list[dict[str, Any]] = YAML(typ="safe").load(HERE / "clashes.yaml")
PAGES: list[dict[str, str]] = YAML(typ="safe").load(HERE / "pages.yaml")


def named(*names: str) -> list[str]:
    return [str(HERE / "pages" / f"{name}.md") for name in names]


ALL = named("realperson-submit", "video-query", "file-upload", "assets-status")
[BALANCE] = named("balance")


def test_pages_are_added_and_nothing_else_is_touched() -> None:
    commented = (
        SPEC.replace("\ncomponents:\n", "\n# What follows is shared.\n\ncomponents:   # kept\n") + "\n# The end.\n"
    )
    grown, said = merged(commented, [page.read(name) for name in ALL])
    assert "  added    paths./api/open-api/v1/videos/{taskId}.get" in said
    assert "  there    components.schemas.SeedanceSpRealPersonResponse" in said
    assert "  there    components.schemas.SeedanceSpRealPersonAsset (in other words, which stay)" in said
    assert not any("Unused" in line for line in said)
    steps = SequenceMatcher(None, commented.splitlines(), grown.splitlines(), autojunk=False).get_opcodes()
    assert {step[0] for step in steps} == {"equal", "insert"}
    assert grown.endswith("\n# The end.\n")
    assert grown.index("/videos/{taskId}") < grown.index("# What follows is shared.")
    assert '"200":\n' in grown
    assert "'200'" not in grown

    again, said = merged(grown, [page.read(name) for name in ALL])
    assert (again, said[-1]) == (grown, "nothing to add: openapi.yaml is as it was")


def test_what_3_0_says_is_said_in_3_1() -> None:
    text, _ = merged(SPEC, [page.read(ALL[1])])
    result = YAML(typ="safe").load(text)["components"]["schemas"]["VideoTask"]["properties"]["result"]
    assert result["type"] == ["object", "null"]
    assert result["properties"]["duration"] == {"type": ["integer", "null"]}


def test_a_nameless_operation_is_named_by_a_person(house: House) -> None:
    before = contents(house.root)
    refused = house.run("--merge", *ALL, BALANCE)
    assert (refused.returncode, refused.stdout) == (1, "")
    assert "GET /api/open-api/v1/balance has no operationId" in refused.stderr
    assert contents(house.root) == before  # all pages are added or none
    assert house.run("--merge", BALANCE, "--operation-id", "queryBalance").returncode == 0
    assert "      operationId: queryBalance\n      summary: Query Balance\n" in house.spec.read_text()
    assert "nothing to add" in house.run("--merge", BALANCE).stdout


@pytest.mark.parametrize("case", CLASHES, ids=lambda case: case["id"])
def test_a_contradiction_is_told(tmp_path: Path, case: dict[str, Any]) -> None:
    [original] = named(case["page"])
    text = Path(original).read_text()
    for old, new in case["edits"]:
        assert old in text
        text = text.replace(old, new)
    (tmp_path / "page.md").write_text(text)
    with pytest.raises(RefusedError) as refusal:
        merged(SPEC, [page.read(ALL[1]), page.read(str(tmp_path / "page.md"))])
    for words in case["says"]:
        assert words in str(refusal.value)


@pytest.mark.parametrize("case", PAGES, ids=lambda case: case["id"])
def test_a_page_holds_one_sound_document(tmp_path: Path, case: dict[str, str]) -> None:
    (tmp_path / "page.md").write_text(case["text"])
    if "says" not in case:
        assert page.read(str(tmp_path / "page.md")).document == {"openapi": "3.1.0"}
    else:
        with pytest.raises(RefusedError, match=case["says"]):
            page.read(str(tmp_path / "page.md"))


def test_an_entry_is_put_before_the_comment_of_the_next_one_into_a_block() -> None:
    assert inserted("a:\n  x: 1\n\n# b\nb: 2\n", ("a",), "y", 3) == "a:\n  x: 1\n  y: 3\n\n# b\nb: 2\n"
    assert inserted("a:\n  x: 1", ("a",), "y", "3") == "a:\n  x: 1\n  y: '3'\n"
    with pytest.raises(RefusedError, match="must be written as a block"):
        inserted("paths: {}\n", ("paths",), "/x", {"get": {}})


def test_watching_tells_where_a_page_and_the_spec_part(house: House) -> None:
    assert house.run("--merge", ALL[0]).returncode == 0
    house.edit("          enum: [portrait, full_body]\n", "          enum: [portrait, full_body, hand]\n")
    other = house.run("--watch", ALL[0], BALANCE, "--exit-code")
    assert (other.returncode, other.stderr) == (3, "")
    assert ".kind` in requests (`submitSeedanceSpRealPerson`): `hand` is no longer allowed" in other.stdout
    assert "- `GET /api/open-api/v1/balance`: operation added" in other.stdout
    told = json.loads(house.run("--watch", ALL[0], "--format", "json").stdout)
    assert (told["level"], len(told["wire"]["changes"])) == ("breaking", 1)
