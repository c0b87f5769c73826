"""A spec is untrusted input: crafted text stays text, and what is too large or leads elsewhere is refused."""

import ast
import json
import re
import socketserver
import subprocess
import sys
import threading
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from ruamel.yaml import YAML

from codegen import inert, lint, spec

from .places import PACKAGE, ROOT, House

SPEC = YAML(typ="safe").load((ROOT / "openapi.yaml").read_text(encoding="utf-8"))
CODE = "__import__('pathlib').Path('canary').touch()"
TABLE: dict[str, list[str]] = {
    kind: [text.replace("CODE", CODE) for text in texts]
    for kind, texts in YAML(typ="safe", pure=True).load(Path(__file__).with_name("hostile.yaml")).items()
}
PAYLOADS = TABLE["payloads"]


def saying(payloads: list[str]) -> dict[str, Any]:
    """A spec that says each payload wherever a text for people or a value may stand."""
    paths, schemas = {}, {}
    for number, payload in enumerate(payloads):
        words = {"description": payload, "example": payload}
        # The lint refuses a default or const with quotes, backslashes or line breaks, and an enum with the latter.
        default = payload if re.fullmatch(r"[^\"'\\\n]*", payload) else "harmless"
        one = payload.replace("\n", " ")
        name = f"Said{number:02}"
        content = {"application/json": {"schema": {"$ref": f"#/components/schemas/{name}"}}}
        properties = {
            "said": {"type": "string", **words, "default": default},
            "one": {"type": "string", "enum": [one, "b"], "description": payload},
            "fixed": {"const": default},
            "when": {"type": "string", "format": "date-time", "description": payload},
        }
        parameters = [
            {"name": "q", "in": "query", **words, "schema": {"type": "string", "default": default}},
            {"name": "h", "in": "header", "description": payload, "schema": {"type": "string", "enum": [one, "c"]}},
        ]
        operation = {
            "operationId": f"saySomething{number:02}",
            "summary": payload,
            "description": payload,
            "parameters": parameters,
            "requestBody": {"description": payload, "content": content},
            "responses": {"200": {"description": payload, "content": content}},
        }
        paths[f"/say/{number}"] = {"post": operation}
        schemas[name] = {"type": "object", "description": payload, "properties": properties}
    info = {"title": payloads[-1], "description": payloads[-1], "version": payloads[-1]}
    return {**SPEC, "info": info, "paths": paths, "components": {**SPEC["components"], "schemas": schemas}}


def named(*names: str) -> dict[str, Any]:
    """A spec in which whatever becomes a Python name is one of these."""
    paths = {}
    for number, name in enumerate(names):
        schema = {"type": "object", "properties": {name: {"type": "string"}}}
        operation = {
            "operationId": name,
            "tags": [name],
            "parameters": [{"name": name, "in": "query", "schema": {"type": "string"}}],
            "responses": {"200": {"description": "ok", "content": {"application/json": {"schema": schema}}}},
        }
        paths[f"/say/{number}"] = {"get": operation}
    return {**SPEC, "paths": paths, "components": SPEC["components"]}


def skeleton(source: bytes) -> str:
    """The code without its texts and without the names of enum members, which are made from values."""
    tree = ast.parse(re.sub(rb"(?<=aid)_?\d\d|(?<=omething)_?\d\d|(?<=say)/\d+", b"", source))
    for node in ast.walk(tree):
        if isinstance(node, ast.Constant) and isinstance(node.value, str):
            node.value = ""
        if isinstance(node, ast.ClassDef) and "Enum" in ast.unparse(node):
            for name in ast.walk(node):
                if isinstance(name, ast.Name) and isinstance(name.ctx, ast.Store):
                    name.id = ""
    return ast.dump(tree)


def test_crafted_text_stays_text(house: House) -> None:
    """Whatever is said, the code is the one that a harmless text gives, and importing it does nothing."""
    house.spec.write_text(json.dumps(saying(PAYLOADS)))
    result = house.run()
    assert (result.returncode, result.stderr) == (0, "")
    kinds: dict[str, dict[str, str]] = {}
    for path in sorted((*house.package.glob("api/*/say*.py"), *house.package.glob("models/sa[iy]*.py"))):
        kinds.setdefault(re.sub(r"_\d\d", "", path.name), {})[path.name] = skeleton(path.read_bytes())
    assert {len(group) for group in kinds.values()} == {len(PAYLOADS)}
    for kind, group in kinds.items():
        assert len(set(group.values())) == 1, kind
    names = [f"{PACKAGE}.api.default.say_something_{number:02}" for number in range(len(PAYLOADS))]
    command = [sys.executable, "-B", "-c", f"import {PACKAGE}.models, {', '.join(names)}"]
    subprocess.run(command, cwd=house.root, check=True)
    assert list(house.root.parent.rglob("canary")) == []


@pytest.mark.parametrize("name", TABLE["hidden"], ids=ascii)
def test_a_name_with_hidden_characters_is_refused(name: str) -> None:
    assert any("hidden" in str(each) or "is no name" in str(each) for each in lint.findings(named(name)))


def test_a_name_that_looks_like_code_or_a_path_becomes_a_plain_one(house: House) -> None:
    before = {path for path in house.root.parent.rglob("*") if path.suffix == ".py"}
    names = TABLE["like code"]
    house.spec.write_text(json.dumps(named(*names)))
    result = house.run()
    assert (result.returncode, result.stderr) == (0, "")
    made = {path for path in house.root.parent.rglob("*") if path.suffix == ".py"} - before
    assert len(made) >= 2 * len(names)
    for path in made:
        assert path.is_relative_to(house.package / "api") or path.is_relative_to(house.package / "models")
        assert inert.troubles(path.name, path.read_bytes()) == []
        assert re.fullmatch(r"\w+\.py", path.name)
    assert list(house.root.parent.rglob("canary")) == []


@pytest.mark.parametrize("path", TABLE["elsewhere"])
def test_a_path_that_leads_elsewhere_is_refused(path: str) -> None:
    operation = {"get": {"operationId": "x", "responses": {"204": {"description": "ok"}}}}
    assert "not a plain path below the server" in str(lint.findings({**SPEC, "paths": {path: operation}}))


def test_a_component_that_leads_elsewhere_is_refused() -> None:
    schemas = {"../../evil": {"type": "object"}}
    assert "is no name" in str(lint.findings({**SPEC, "components": {"schemas": schemas}}))


BOMB = "a0: &a0 [x, x, x, x, x, x, x, x, x]\n" + "".join(
    f"a{n}: &a{n} [{', '.join([f'*a{n - 1}'] * 9)}]\n" for n in range(1, 40)
)
TOO_MUCH = {
    "yaml bomb": (BOMB.encode(), "holds more than 200000 values, counting what aliases stand for"),
    "50 MB": (b"a: " + b"x" * 50_000_000, "has 50000003 bytes; 2097152 are taken at most"),
    "deep": (b"a: " + b"[" * 1500 + b"]" * 1500, "nested"),
    "an alias of itself": (b"a: &a [*a]", "nested"),
    "python object": (b"a: !!python/object/apply:os.system ['touch canary']", "could not determine a constructor"),
}


@pytest.mark.parametrize("case", TOO_MUCH)
@pytest.mark.timeout(20)
def test_what_is_too_much_or_no_data_is_refused(house: House, case: str) -> None:
    data, says = TOO_MUCH[case]
    house.spec.write_bytes(data)
    before = house.tree()
    result = house.run()
    assert (result.returncode, result.stdout) == (1, "")
    assert says in result.stderr
    assert "Traceback" not in result.stderr
    assert len(result.stderr) < 1000
    assert house.tree() == before
    assert list(house.root.parent.rglob("canary")) == []


@pytest.fixture
def listener() -> Iterator[tuple[str, list[str]]]:
    """An address that is watched, and who came."""
    seen = list[str]()

    class Seen(socketserver.BaseRequestHandler):
        def handle(self) -> None:
            seen.append(str(self.client_address))

    with socketserver.TCPServer(("127.0.0.1", 0), Seen) as server:
        threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01}, daemon=True).start()
        yield f"http://127.0.0.1:{server.server_address[1]}/x.json", seen
        server.shutdown()


@pytest.mark.parametrize("key", ["$ref", "$id", "$schema", "$dynamicRef", "jsonSchemaDialect"])
def test_nothing_outside_the_document_is_read(listener: tuple[str, list[str]], tmp_path: Path, key: str) -> None:
    address, seen = listener
    secret = tmp_path / "secret.json"
    secret.write_text("{}")
    for target in (address, secret.as_uri(), str(secret), "//127.0.0.1/x"):
        schema = {"type": "object", "properties": {"x": {key: target}}}
        schemas = {**SPEC["components"]["schemas"], "M": schema}
        document = {**SPEC, "components": {**SPEC["components"], "schemas": schemas}}
        if key == "jsonSchemaDialect":
            document = {**SPEC, key: target}
        assert spec.problems(spec.load(json.dumps(document).encode())) != []
    assert seen == []


@pytest.mark.parametrize("line", TABLE["does more than define"])
def test_generated_code_that_does_more_than_define_is_told(line: str) -> None:
    """The last net below the quoting: seen before anything is imported."""
    assert inert.troubles("m.py", line.encode())


def test_the_generated_code_of_this_package_only_defines() -> None:
    root = ROOT / PACKAGE
    paths = [*root.glob("[a-z]*.py"), *root.glob("api/**/*.py"), *root.glob("models/*.py")]
    assert [trouble for path in paths for trouble in inert.troubles(path.name, path.read_bytes())] == []
