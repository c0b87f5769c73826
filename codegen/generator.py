"""Run the pinned generator in a scratch directory and hand back what it wrote."""

import json
import re
import subprocess
import sys
from pathlib import Path

from codegen import inert, walk
from codegen.lint.unions import flat
from codegen.names import class_name, identifier
from codegen.refused import RefusedError

HERE = Path(__file__).resolve().parent
PACKAGE = "jimmy_ai_openapi_client"
HEADER = b"# Generated from openapi.yaml by generate.sh. Do not edit.\n"
LONGEST = 40
# httpx chooses a boundary that is in no file; the generator's own is a fixed one, which uploaded bytes may contain.
BOUNDARY = re.compile(rb'^ +headers\["Content-Type"\] = "multipart/form-data; boundary=\+\+\+"\n\n', re.MULTILINE)
# `help()` shows default values, and an object's address says nothing.
UNSET = b"\n\nclass Unset:\n"
NAMED = b'    def __repr__(self) -> str:\n        return "UNSET"\n\n'
LIMITS = '"""How many items a list may hold, by `Class.attribute` of its model, where openapi.yaml says so."""\n\n'
Files = dict[str, bytes]


def generate(source: bytes, scratch: Path) -> Files:
    """Every generated file by its path inside the package, with the header on top; imported once, so known to work."""
    spec, output = scratch / "openapi.yaml", scratch / PACKAGE
    spec.write_bytes(source)
    command = ["-m", "openapi_python_client", "generate", "--meta", "none", "--fail-on-warning"]
    command += ["--path", str(spec), "--output-path", str(output), "--file-encoding", "utf-8"]
    command += ["--config", str(HERE / "config.yaml"), "--custom-template-path", str(HERE / "templates")]
    _run("the generator does not take openapi.yaml", command)
    files = {path.relative_to(output).as_posix(): finished(path) for path in sorted(output.rglob("*.py"))}
    static = ["__init__.py"]  # our own template, word for word
    read = [name for name in files if name not in static]
    if troubles := [each for name in read for each in inert.troubles(name, files[name])]:
        raise RefusedError("the generated code does more than it should; openapi.yaml may be hostile", troubles)
    for name, content in files.items():
        (output / name).write_bytes(content)
    _run("the generated code does not work", [str(HERE / "importable.py"), str(output)])
    return {**files, "openapi.yaml": HEADER + source.removeprefix(b"\xef\xbb\xbf")}


def inventory(files: Files) -> tuple[int, int]:
    """How many operations and models there are."""
    modules = [name for name in files if not name.endswith("__init__.py")]
    operations, models = (sum(name.startswith(folder) for name in modules) for folder in ("api/", "models/"))
    return operations, models


def complete(spec: walk.Node, files: Files) -> None:
    """The last net below the lint: as many operations came out as went in."""
    wanted, got = sum(1 for _ in walk.operations(spec)), inventory(files)[0]
    if wanted != got:
        details = ["openapi.yaml says something that codegen/lint/ should refuse"]
        raise RefusedError(f"the generator made {got} operations of {wanted}", details)


def finished(path: Path) -> bytes:
    """What the generator wrote, as it is kept."""
    return HEADER + BOUNDARY.sub(b"", path.read_bytes()).replace(UNSET, UNSET + NAMED)


def limits(spec: walk.Node) -> bytes:
    """The module `limits`: what the generator leaves out, and whoever makes lists of any length must know."""
    found = {
        f"{class_name(str(schema.get('title') or name))}.{identifier(attribute)}": value["maxItems"]
        for name, schema in (walk.at(spec, ("components", "schemas")) or {}).items()
        for attribute, written in flat(spec, schema)[0].items()
        if "maxItems" in (value := walk.resolve(spec, written))
    }
    return HEADER + f"{LIMITS}MAX_ITEMS: dict[str, int] = {json.dumps(found, indent=4)}\n".encode()


def _run(refusal: str, arguments: list[str]) -> None:
    command = [sys.executable, "-I", "-B", "-X", "utf8", *arguments]
    result = subprocess.run(command, stdin=subprocess.DEVNULL, capture_output=True, text=True, check=False)
    if result.returncode != 0:
        raise RefusedError(refusal, condensed(result.stderr) or [f"exit {result.returncode}, without a word"])


def condensed(text: str) -> list[str]:
    """What a tool said, without blank lines, its advertisement, the scratch directory's name and objects' addresses."""
    if twice := re.search(r'(?:duplicate models with name|conflicting enums named) "?(\w+)', text):
        return [f"two schemas become the class {twice[1]}; make one of them a component with another name"]
    text = re.sub(r"\S*/(?=openapi\.yaml|jimmy_ai_openapi_client/)|<\S+ object at 0x\w+> ", "", text)
    lines = [line.rstrip() for line in text.splitlines() if line.strip() and "open an issue at" not in line]
    return lines if len(lines) <= LONGEST else [*lines[: LONGEST - 1], f"... and {len(lines) - LONGEST + 1} lines more"]
