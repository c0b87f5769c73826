"""generate.sh as a person runs it, on a copy of what it needs, with this repository's tool environment."""

import os
import shutil
import signal
from pathlib import Path
from typing import Any

import pytest
from ruamel.yaml import YAML

from tests.pipeline.places import PACKAGE, ROOT, House, contents, program, run

HEADER = b"# Generated from openapi.yaml by generate.sh. Do not edit.\n"
BROKEN = YAML(typ="safe").load(Path(__file__).with_name("broken.yaml"))
BROKEN += [{"id": "depth", "replace": "\n", "by": f"\nx-a: {'[' * 1500}{']' * 1500}\n", "says": ["nested too deeply"]}]
THIRD = """
  /api/open-api/v1/balance:
    get:
      operationId: queryBalance
      tags: [Account]
      responses:
        "200":
          description: ok
          content: {application/json: {schema: {$ref: "#/components/schemas/Balance"}}}
"""
MODEL = "    Balance: {type: object, properties: {credits: {type: integer}}}\n"


def counted(house: House) -> tuple[int, int]:
    """The operations and the component schemas of the spec."""
    spec = YAML(typ="safe").load(house.spec.read_text())
    return sum(len(item) for item in spec["paths"].values()), len(spec["components"]["schemas"])


def bytes_of(folder: Path) -> dict[str, bytes]:
    return {name: content for name, (content, _) in contents(folder).items()}


def test_the_committed_package_is_what_the_spec_gives() -> None:
    result = run(ROOT / "generate.sh", "--check", cwd="/")
    assert result.returncode == 0, result.stderr
    assert result.stdout.startswith(f"{PACKAGE}/ agrees with openapi.yaml (")


def test_every_generated_file_says_so_in_its_first_line() -> None:
    made = {name: content for name, content in bytes_of(ROOT / PACKAGE).items() if not name.startswith("sdk/")}
    assert [name for name, content in made.items() if not content.startswith(HEADER)] == ["py.typed"]
    assert made["openapi.yaml"] == HEADER + (ROOT / "openapi.yaml").read_bytes()


def test_running_twice_writes_nothing_the_second_time(house: House) -> None:
    shutil.rmtree(house.package / "models")
    first = house.run()
    assert (first.returncode, first.stderr) == (0, "")
    assert "openapi.yaml: {} operations, {} models\n".format(*counted(house)) in first.stdout
    assert "  added    models/seedance_sp_real_person_asset.py\n" in first.stdout
    before = contents(house.root)
    second = house.run()
    assert (second.returncode, second.stderr) == (0, "")
    assert second.stdout.endswith(f"{PACKAGE}/: up to date, nothing written\n")
    assert contents(house.root) == before
    assert bytes_of(house.package) == bytes_of(ROOT / PACKAGE)


@pytest.mark.parametrize("case", BROKEN, ids=lambda case: case["id"])
def test_a_broken_spec_is_refused_and_nothing_is_touched(house: House, case: dict[str, Any]) -> None:
    house.edit(case["replace"], case["by"])
    before = contents(house.root)
    result = house.run()
    assert (result.returncode, result.stdout) == (1, "")
    for words in case["says"]:
        assert words in result.stderr
    assert "Traceback" not in result.stderr
    assert result.stderr.endswith(f"\n{PACKAGE}/ is as it was\n")
    assert contents(house.root) == before


def test_check_names_what_is_missing_changed_and_extra(house: House) -> None:
    (house.package / "errors.py").unlink()
    with (house.package / "client.py").open("a") as client:
        client.write("# edited by hand\n")
    (house.package / "models" / "old.py").write_bytes(HEADER)
    (house.package / "helper.py").write_text("")
    (house.package / "models" / "__pycache__").mkdir()
    (house.package / "models" / "__pycache__" / "x.pyc").write_bytes(b"")
    before = contents(house.root)
    result = house.run("--check")
    assert (result.returncode, result.stdout) == (1, "")
    assert result.stderr.splitlines() == [
        f"generate.sh: {PACKAGE}/ and openapi.yaml do not agree; run ./generate.sh",
        "  missing  errors.py",
        "  changed  client.py",
        "  extra    models/old.py",
        "  extra    helper.py (not generated: move it into sdk/)",
    ]
    assert contents(house.root) == before


def test_a_file_by_hand_outside_sdk_is_never_overwritten_or_removed(house: House) -> None:
    (house.package / "helper.py").write_text("mine = 1\n")
    before = contents(house.root)
    result = house.run()
    assert result.returncode == 1
    assert "move it into sdk/\n  helper.py\n" in result.stderr
    assert contents(house.root) == before


def test_another_operation_needs_no_other_edit_and_leaves_no_trace_when_removed(house: House) -> None:
    before, text, (operations, models) = contents(house.root), house.spec.read_text(), counted(house)
    house.edit("\npaths:\n", f"\npaths:{THIRD}")
    house.edit("  schemas:\n", f"  schemas:\n{MODEL}")
    added = house.run()
    assert (added.returncode, added.stderr) == (0, "")
    assert added.stdout.splitlines() == [
        f"openapi.yaml: {operations + 1} operations, {models + 1} models",
        f"{PACKAGE}/: 3 added, 2 changed, 0 removed",
        "  added    api/account/__init__.py",
        "  added    api/account/query_balance.py",
        "  added    models/balance.py",
        "  changed  models/__init__.py",
        "  changed  openapi.yaml",
    ]
    after = contents(house.root)
    changed = {"openapi.yaml", f"{PACKAGE}/openapi.yaml", f"{PACKAGE}/models/__init__.py"}
    assert {name for name in before if after[name] != before[name]} == changed

    house.spec.write_text(text)
    removed = house.run()
    assert "  removed  api/account/query_balance.py\n" in removed.stdout
    assert not (house.package / "api" / "account").exists()
    assert bytes_of(house.root) == {name: content for name, (content, _) in before.items()}


@pytest.mark.parametrize(("name", "code"), [("TERM", 143), ("KILL", -signal.SIGKILL)])
def test_a_run_killed_half_way_leaves_the_package_as_it_was(house: House, name: str, code: int) -> None:
    config = house.root / "codegen" / "config.yaml"
    text = config.read_text()
    config.write_text(f"{text}  - \"sh -c 'kill -{name} 0'\"\n")  # the last hook: everything is generated by then
    (house.package / "errors.py").write_bytes(HEADER)
    before = contents(house.root)
    killed = house.run()
    assert killed.returncode in (code, -signal.SIGTERM)
    assert contents(house.root) == before
    config.write_text(text)
    again = house.run()
    assert (again.returncode, again.stderr) == (0, "")
    assert "0 added, 1 changed, 0 removed\n  changed  errors.py\n" in again.stdout


def test_the_bytes_depend_on_nothing_around(house: House, tmp_path: Path) -> None:
    (tmp_path / "pyproject.toml").write_text(
        '[tool.ruff]\nline-length = 40\nlint.select = ["ALL"]\n[tool.ruff.format]\nquote-style = "single"\n'
    )
    (tmp_path / ".gitignore").write_text("*\n")
    (tmp_path / "home").mkdir(mode=0o500)
    for name in ("bin/ruff", "bin/openapi-python-client", "lib/httpx.py", "lib/sitecustomize.py"):
        program(tmp_path / name, "exit 7")
    hostile = {
        "PATH": f"{tmp_path / 'bin'}{os.pathsep}{os.environ['PATH']}",
        "PYTHONPATH": str(tmp_path / "lib"),
        "PYTHONHOME": "/nowhere",
        "PYTHONHASHSEED": "4711",
        "PYTHONWARNINGS": "error",
        "VIRTUAL_ENV": "/nowhere",
        "RUFF_OUTPUT_FORMAT": "no such format",
        "HTTP_PROXY": "http://127.0.0.1:9",
        "HTTPS_PROXY": "http://127.0.0.1:9",
        "HOME": str(tmp_path / "home"),
        "TMPDIR": str(tmp_path),
        "LC_ALL": "C",
        "PIP_USER": "1",
    }
    result = house.run("--check", **hostile)
    assert (result.returncode, result.stderr) == (0, "")
