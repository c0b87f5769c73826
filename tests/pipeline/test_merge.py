"""What the vendor's pages describe is added to openapi.yaml, and no line that was there changes."""

import json
from collections.abc import Sequence
from difflib import SequenceMatcher
from pathlib import Path
from typing import Any

import pytest
from ruamel.yaml import YAML

from codegen import page
from codegen.insert import inserted
from codegen.merge import merged
from codegen.refused import RefusedError

from .places import ROOT, House

PAGES = Path(__file__).with_name("pages")
ALL = [str(PAGES / f"{name}.md") for name in ("realperson-submit", "video-query", "file-upload", "assets-status")]
SPEC = (ROOT / "openapi.yaml").read_text(encoding="utf-8")
BALANCE = str(PAGES / "balance.md")


def only_added(old: str, new: str) -> bool:
    steps = SequenceMatcher(None, old.splitlines(), new.splitlines(), autojunk=False).get_opcodes()
    return {step[0] for step in steps} <= {"equal", "insert"}


def test_pages_are_added_and_nothing_else_is_touched() -> None:
    commented = (
        SPEC.replace("\ncomponents:\n", "\n# What follows is shared.\n\ncomponents:   # kept\n") + "\n# The end.\n"
    )
    grown, said = merged(commented, [page.read(name) for name in ALL])
    assert "  added    paths./api/open-api/v1/videos/{taskId}.get" in said
    assert "  there    components.schemas.SeedanceSpRealPersonResponse" in said
    assert "  there    components.schemas.SeedanceSpRealPersonAsset (in other words, which stay)" in said
    assert not any("Unused" in line for line in said)
    assert only_added(commented, grown)
    assert grown.endswith("\n# The end.\n")
    assert grown.index("/videos/{taskId}") < grown.index("# What follows is shared.")
    assert '"200":\n' in grown
    assert "'200'" not in grown

    again, said = merged(grown, [page.read(name) for name in ALL])
    assert (again, said[-1]) == (grown, "nothing to add: openapi.yaml is as it was")


def test_what_3_0_says_is_said_in_3_1() -> None:
    text, _ = merged(SPEC, [page.read(ALL[1])])
    schemas = YAML(typ="safe").load(text)["components"]["schemas"]
    result = schemas["VideoTask"]["properties"]["result"]
    assert result["type"] == ["object", "null"]
    assert result["properties"]["duration"] == {"type": ["integer", "null"]}


def test_a_nameless_operation_is_named_by_a_person(house: House) -> None:
    before = house.tree()
    refused = house.run("--merge", BALANCE)
    assert (refused.returncode, refused.stdout) == (1, "")
    assert "GET /api/open-api/v1/balance has no operationId" in refused.stderr
    assert house.tree() == before
    assert house.run("--merge", BALANCE, "--operation-id", "queryBalance").returncode == 0
    assert "      operationId: queryBalance\n      summary: Query Balance\n" in house.spec.read_text()
    assert "nothing to add" in house.run("--merge", BALANCE).stdout


def edited(folder: Path, name: str, *edits: Sequence[str]) -> str:
    text = (PAGES / f"{name}.md").read_text()
    for old, new in edits:
        assert old in text
        text = text.replace(old, new)
    path = folder / "page.md"
    path.write_text(text)
    return str(path)


CLASHES = YAML(typ="safe").load(Path(__file__).with_name("clashes.yaml"))


@pytest.mark.parametrize("case", CLASHES, ids=lambda case: case["id"])
def test_a_contradiction_is_told(tmp_path: Path, case: dict[str, Any]) -> None:
    path = edited(tmp_path, case["page"], *case["edits"])
    with pytest.raises(RefusedError) as refusal:
        merged(SPEC, [page.read(ALL[1]), page.read(path)])
    for words in case["says"]:
        assert words in str(refusal.value)


def test_all_pages_are_added_or_none(house: House, tmp_path: Path) -> None:
    case = next(case for case in CLASHES if case["id"] == "another server")
    path = edited(tmp_path, case["page"], *case["edits"])
    before = house.tree()
    result = house.run("--merge", ALL[1], path)
    assert (result.returncode, result.stdout) == (1, "")
    assert "page.md contradicts openapi.yaml\n" in result.stderr
    assert house.tree() == before


BLOCK = "```yaml\nopenapi: 3.1.0\ninfo: {title: T, version: '1'}\npaths: {}\n```\n"
BROKEN = {
    "no block": ("# Title\n", "holds 0 OpenAPI documents"),
    "a block of something else": ("```yaml\na: 1\n```\n", "holds 0 OpenAPI documents"),
    "two blocks": (BLOCK * 2, "holds 2 OpenAPI documents"),
    "a block without an end": (BLOCK.removesuffix("```\n"), "holds 0 OpenAPI documents"),
    "broken YAML": (BLOCK.replace("paths: {}", "paths: {"), "its OpenAPI block is not valid YAML"),
    "Swagger": (BLOCK.replace("3.1.0", "2.0"), "is written for OpenAPI 2.0"),
    "an alias": (BLOCK.replace("paths: {}", "x: &a {}\npaths: *a"), "has an alias"),
    "a tag": (BLOCK.replace("paths: {}", "paths: !!python/name:os.system {}"), "could not determine a constructor"),
}


@pytest.mark.parametrize("case", BROKEN)
def test_a_page_without_one_sound_document_is_refused(tmp_path: Path, case: str) -> None:
    text, says = BROKEN[case]
    (tmp_path / "page.md").write_text(text)
    with pytest.raises(RefusedError, match=says):
        page.read(str(tmp_path / "page.md"))


@pytest.mark.parametrize(
    "fence", ["```yaml", "````yaml POST /x", "~~~yml", "   ```YAML".replace("YAML", "yaml"), "``` yaml"]
)
def test_every_way_to_fence_a_block_is_read(tmp_path: Path, fence: str) -> None:
    marks = fence.strip().rstrip("abcdefghijklmnopqrstuvwxyz POST/").rstrip()
    text = BLOCK.replace("```yaml", fence).replace("\n```\n", f"\n{marks}\n")
    (tmp_path / "page.md").write_text(f"# T\r\n\r\n{text}".replace("\n", "\r\n"))
    assert page.read(str(tmp_path / "page.md")).document["openapi"] == "3.1.0"


def test_a_mapping_in_one_line_is_left_to_a_person() -> None:
    with pytest.raises(RefusedError, match="must be written as a block"):
        inserted("paths: {}\n", ("paths",), "/x", {"get": {}})


def test_an_entry_goes_before_the_comment_of_the_next_one_and_a_last_line_is_ended() -> None:
    assert inserted("a:\n  x: 1\n\n# b\nb: 2\n", ("a",), "y", 3) == "a:\n  x: 1\n  y: 3\n\n# b\nb: 2\n"
    assert inserted("a:\n  x: 1", ("a",), "y", "3") == "a:\n  x: 1\n  y: '3'\n"


def test_watching_tells_where_a_page_and_the_spec_part(house: House, tmp_path: Path) -> None:
    parted = edited(
        tmp_path, "realperson-submit", ("          enum: [portrait, full_body]\n", "          enum: [portrait]\n")
    )
    assert house.run("--merge", ALL[0]).returncode == 0
    same = house.run("--watch", ALL[0], "--exit-code")
    assert (same.returncode, same.stderr) == (0, "")
    assert same.stdout.endswith("No change.\n")
    other = house.run("--watch", parted, BALANCE, "--exit-code")
    assert (other.returncode, other.stderr) == (3, "")
    assert ".kind` in requests (`submitSeedanceSpRealPerson`): `full_body` is no longer allowed" in other.stdout
    assert "- `GET /api/open-api/v1/balance`: operation added" in other.stdout
    told = json.loads(house.run("--watch", parted, "--format", "json").stdout)
    assert (told["level"], len(told["wire"]["changes"])) == ("breaking", 1)
