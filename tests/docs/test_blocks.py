"""Every block of code in README and docs/ runs as it stands, on the mock, and does what the page shows."""

import contextlib
import io
import logging
import re
import shutil
import sys
import tomllib
from collections.abc import Iterator
from pathlib import Path
from types import ModuleType

import pytest

from jimmy_ai_openapi_client.sdk.mock import MockService

from ..pipeline.places import generate, told
from .blocks import BLOCKS, OUTPUTS, PAGES, ROOT, Block, blocks, of
from .console import Step, fits, played, steps
from .service import IDS, everywhere, filled

__all__ = ["everywhere"]
pytestmark = pytest.mark.heavy
CONSOLES = [block for block in of("console") if any(step.is_run for step in steps(block))]
TOLD = [(block, step) for block in of("console") for step in steps(block) if not step.is_run]


def test_every_block_is_of_a_kind_that_is_tried_here() -> None:
    """Plain text is what a Python block prints, or the tree of errors, which has a test of its own."""
    assert {block.language for block in BLOCKS} <= {"python", "console", "yaml", "text"}
    texts = [str(one) for one in of("text") if one.code not in OUTPUTS and not one.code.startswith("JimmyAIError")]
    assert texts == []


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    monkeypatch.syspath_prepend(str(tmp_path))
    (tmp_path / "ids.txt").write_text("\n".join(IDS) + "\n")
    return tmp_path


@pytest.fixture
def _log() -> Iterator[None]:
    """What an example does to logging is undone; the mock keeps silent, as the service would."""
    loggers = [logging.getLogger(name) for name in (None, "jimmy_ai_openapi_client", "jimmy_ai_openapi_client.mock")]
    before = [(logger, logger.level, logger.handlers[:]) for logger in loggers]
    loggers[-1].setLevel(logging.CRITICAL)
    yield
    for logger, level, handlers in before:
        logger.setLevel(level)
        logger.handlers[:] = handlers


@pytest.mark.usefixtures("_log", "everywhere")
@pytest.mark.parametrize("block", of("python"), ids=str)
def test_python(block: Block, folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for earlier in blocks(block.page):
        # A block that begins with `# name.py` is that file, for the blocks after it on the page.
        if earlier.line <= block.line and (name := re.match(r"# (\w+)\.py\n", earlier.code)):
            (folder / f"{name[1]}.py").write_text(earlier.code)
            monkeypatch.delitem(sys.modules, name[1], raising=False)
    if re.search(r"^(async )?def test_", block.code, re.MULTILINE):
        (folder / "test_block.py").write_text(block.code)
        return passes(folder / "test_block.py", folder)
    module = ModuleType("__main__")
    with contextlib.redirect_stdout(io.StringIO()) as printed:
        exec(compile(block.code, str(block), "exec"), vars(module))
    if block.output is not None:
        assert fits(tuple(block.output.splitlines()), printed.getvalue().splitlines()), printed.getvalue()
    return None


def passes(file: Path, folder: Path) -> None:
    """Run a test with pytest, as users do."""
    plugins = ("-p", "jimmy_ai_openapi_client.sdk.pytest_plugin", "-p", "no:cacheprovider")
    around = {"PATH": "", "PYTHONPATH": f"{folder}:{ROOT}"}
    told(sys.executable, "-m", "pytest", "-q", *plugins, "--rootdir", folder, file, cwd=folder, env=around)


@pytest.mark.parametrize("block", CONSOLES, ids=str)
def test_console(block: Block, tmp_path: Path) -> None:
    wanted = [step for step in steps(block) if step.is_run]
    if "jq" in block.code and not shutil.which("jq"):
        pytest.skip("no jq here")
    with filled().serve() as server:
        written = played([step.command for step in wanted], server.base_url, tmp_path)
    for step, lines in zip(wanted, written, strict=True):
        assert step.shown == () or fits(step.shown, lines), f"{step.command}\n" + "\n".join(lines)
        assert not re.search("Traceback|No such command|command not found", "\n".join(lines))


@pytest.mark.parametrize(("block", "step"), TOLD, ids=[f"{block}-{step.command[:30]}" for block, step in TOLD])
def test_what_is_told_but_not_run(block: Block, step: Step) -> None:
    """Set-up and generating: the targets, options and extras are there."""
    command, *arguments = step.command.partition("  #")[0].split()
    if command == "make":
        told("make", "--dry-run", *arguments, cwd=ROOT)
    elif command == "./generate.sh":
        assert set(re.findall(r"--[a-z-]+", step.command)) <= set(re.findall(r"--[a-z-]+", generate("--help").stdout))
    elif command == "pip":
        project = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]
        for name, extra in re.findall(r"'?([a-z-]+)\[(\w+)\]", " ".join(arguments)):
            assert name == project["name"]
            assert extra in project["optional-dependencies"]
    elif command == "python":
        assert (ROOT / arguments[1].replace(".", "/") / "__main__.py").exists()


@pytest.mark.parametrize("block", of("yaml"), ids=str)
def test_yaml_is_a_scenario(block: Block, tmp_path: Path) -> None:
    (tmp_path / "scenario.yaml").write_text(block.code)
    mock = MockService()
    mock.load(tmp_path / "scenario.yaml")
    assert mock.statuses()


def test_the_example(tmp_path: Path) -> None:
    passes(ROOT / "examples" / "test_portraits.py", tmp_path)


def test_the_pages_are_all_there() -> None:
    assert len(PAGES) > 15
