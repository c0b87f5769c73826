"""generate.sh makes its tool environment ready, and trusts only one that it completed itself."""

import os
from pathlib import Path

import pytest

from codegen.tools import arguments
from tests.pipeline.places import generate, program


def test_help_and_wrong_options_need_no_tools(tmp_path: Path) -> None:
    helped, wrong = (generate(option, CODEGEN_VENV=str(tmp_path / "none")) for option in ("--help", "--chek"))
    assert (helped.returncode, helped.stderr) == (0, "")
    assert "--check" in helped.stdout
    assert (wrong.returncode, wrong.stdout) == (2, "")
    assert wrong.stderr.startswith("usage: generate.sh [--check]\n")
    assert "unrecognized arguments: --chek" in wrong.stderr
    assert not (tmp_path / "none").exists()


@pytest.mark.parametrize("words", ["--format json", "--operation-id x", "--check --diff", "--merge"])
def test_arguments_that_do_not_go_together_are_wrong(words: str) -> None:
    with pytest.raises(SystemExit, match="2"):
        arguments(words.split())


def test_a_python_that_is_too_old_or_none_is_refused(tmp_path: Path) -> None:
    old = program(tmp_path / "python", "exit 1")
    result = generate("--check", PYTHON=str(old))
    assert (result.returncode, result.stderr) == (1, f"generate.sh: PYTHON={old} is not Python 3.11 or newer\n")


def test_a_half_made_tool_environment_is_made_again(tmp_path: Path) -> None:
    """As it is left when an installation is killed; its python would tell that it was used."""
    venv, used = tmp_path / "tools", tmp_path / "used"
    python = program(venv / "bin/python", f"touch '{used}'")
    (venv / "pins").touch()
    nowhere = str(tmp_path / "nothing")
    result = generate(
        "--check", CODEGEN_VENV=str(venv), PIP_CONFIG_FILE=os.devnull, PIP_NO_INDEX="1", PIP_FIND_LINKS=nowhere
    )
    assert result.returncode == 1
    assert "generate.sh: the pinned tools could not be installed\n" in result.stderr
    assert "Traceback" not in result.stderr
    assert not used.exists()
    assert python.is_symlink()  # made anew, as far as it could be
    assert (venv / "pins").read_text() == ""


def test_a_directory_that_is_no_tool_environment_is_left_alone(tmp_path: Path) -> None:
    (tmp_path / "pyvenv.cfg").write_text("somebody's")
    result = generate("--check", CODEGEN_VENV=str(tmp_path))
    assert result.returncode == 1
    assert "it is left alone" in result.stderr
    assert [path.name for path in tmp_path.iterdir()] == ["pyvenv.cfg"]
