"""A spec is untrusted input: crafted text stays text, and what leads elsewhere is refused."""

import json
import re
import socket
import sys
from pathlib import Path
from typing import Any

import pytest
from ruamel.yaml import YAML

from codegen import inert, lint, spec
from tests.shapes import document

from .places import PACKAGE, ROOT, House, told

CODE = "__import__('pathlib').Path('canary').touch()"
TABLE: dict[str, Any] = YAML(typ="safe", pure=True).load(Path(__file__).with_name("hostile.yaml"))
PAYLOADS = [text.replace("CODE", CODE) for text in TABLE["payloads"]]


def said(node: Any, words: dict[str, str]) -> Any:
    """What stands in the table, with words in place of their names."""
    if isinstance(node, dict):
        return {said(key, words): said(value, words) for key, value in node.items()}
    if isinstance(node, list):
        return [said(each, words) for each in node]
    return words.get(node, node.replace("NN", words["NN"]))


def saying(payloads: list[str]) -> dict[str, Any]:
    """A spec that says each payload wherever a text for people or a value may stand."""
    paths, schemas = {}, {}
    for number, text in enumerate(payloads):
        value = text if re.fullmatch(r"[^\"'\\\n]*", text) else "harmless"
        words = {"TEXT": text, "LINE": text.replace("\n", " "), "VALUE": value, "NN": f"{number:02}"}
        paths[f"/say/{number}"] = {"post": said(TABLE["operation"], words)}
        schemas[f"Said{number:02}"] = said(TABLE["schema"], words)
    info = {"title": payloads[-1], "description": payloads[-1], "version": payloads[-1]}
    return document({"schemas": schemas, "spec": {"info": info, "paths": {"/shape": None, **paths}}})


def named(*names: str) -> dict[str, Any]:
    """A spec in which whatever becomes a Python name is one of these."""
    operations = [said(TABLE["named"], {"NAME": name, "NN": ""}) for name in names]
    paths = {f"/say/{number}": {"get": operation} for number, operation in enumerate(operations)}
    return document({"spec": {"paths": {"/shape": None, **paths}}})


def test_crafted_text_stays_text(house: House) -> None:
    """What is generated only defines, or it would be refused, and importing it does nothing."""
    house.spec.write_text(json.dumps(saying(PAYLOADS)))
    result = house.run()
    assert (result.returncode, result.stderr) == (0, "")
    names = [f"{PACKAGE}.api.default.say_something_{number:02}" for number in range(len(PAYLOADS))]
    assert told(sys.executable, "-B", "-c", f"import {PACKAGE}.models, {', '.join(names)}", cwd=house.root) == ""
    assert list(house.root.parent.rglob("canary")) == []


@pytest.mark.parametrize("name", TABLE["hidden"], ids=ascii)
def test_a_name_with_hidden_characters_is_refused(name: str) -> None:
    assert any("hidden" in str(each) or "is no name" in str(each) for each in lint.findings(named(name)))


def test_a_name_that_looks_like_code_or_a_path_becomes_a_plain_one(house: House) -> None:
    before = set(house.root.parent.rglob("*.py"))
    names = [name.replace("CODE", CODE) for name in TABLE["like code"]]
    house.spec.write_text(json.dumps(named(*names)))
    result = house.run()
    assert (result.returncode, result.stderr) == (0, "")
    made = set(house.root.parent.rglob("*.py")) - before
    assert len(made) >= 2 * len(names)
    assert {path.relative_to(house.package).parts[0] for path in made} == {"api", "models"}
    for path in made:
        assert inert.troubles(path.name, path.read_bytes()) == []
        assert re.fullmatch(r"\w+\.py", path.name)
    assert list(house.root.parent.rglob("canary")) == []


@pytest.mark.parametrize("path", TABLE["elsewhere"])
def test_a_path_that_leads_elsewhere_is_refused(path: str) -> None:
    assert "not a plain path below the server" in str(lint.findings(document({"path": path})))


def test_a_component_that_leads_elsewhere_is_refused() -> None:
    assert "is no name" in str(lint.findings(document({"schemas": {"../../evil": {"type": "object"}}})))


@pytest.mark.parametrize("key", ["$ref", "$id", "$schema", "$dynamicRef", "jsonSchemaDialect"])
def test_nothing_outside_the_document_is_read(tmp_path: Path, key: str) -> None:
    secret = tmp_path / "secret.json"
    secret.write_text("{}")
    with socket.create_server(("127.0.0.1", 0)) as listener:
        address = f"http://127.0.0.1:{listener.getsockname()[1]}/x.json"
        for target in (address, secret.as_uri(), str(secret), "//127.0.0.1/x"):
            shape = {"spec": {key: target}} if key == "jsonSchemaDialect" else {"schema": {key: target}}
            assert spec.problems(spec.load(json.dumps(document(shape)).encode())) != []
        listener.setblocking(False)
        with pytest.raises(BlockingIOError):  # nobody came
            listener.accept()


@pytest.mark.parametrize("line", TABLE["does more than define"])
def test_generated_code_that_does_more_than_define_is_told(line: str) -> None:
    """The last net below the quoting: seen before anything is imported."""
    assert inert.troubles("m.py", line.replace("CODE", CODE).encode())


def test_the_generated_code_of_this_package_only_defines() -> None:
    root = ROOT / PACKAGE
    paths = [*root.glob("[a-z]*.py"), *root.glob("api/**/*.py"), *root.glob("models/*.py")]
    assert [trouble for path in paths for trouble in inert.troubles(path.name, path.read_bytes())] == []
