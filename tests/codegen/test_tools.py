"""generate.sh makes its tool environment ready, and trusts only one that it completed itself."""

import os
import subprocess
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]


def run(*arguments: str, venv: Path, **environment: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [str(ROOT / "generate.sh"), *arguments],
        env={**os.environ, "CODEGEN_VENV": str(venv), **environment},
        capture_output=True,
        text=True,
        check=False,
    )


def test_help_and_wrong_options_need_no_tools(tmp_path: Path) -> None:
    helped = run("--help", venv=tmp_path / "none")
    assert (helped.returncode, helped.stderr) == (0, "")
    assert "--check" in helped.stdout
    wrong = run("--chek", venv=tmp_path / "none")
    assert (wrong.returncode, wrong.stdout) == (2, "")
    assert wrong.stderr.startswith("usage: generate.sh [--check]\n")
    assert "unrecognized arguments: --chek" in wrong.stderr
    assert not (tmp_path / "none").exists()


def test_a_python_that_is_too_old_or_none_is_refused(tmp_path: Path) -> None:
    old = tmp_path / "python"
    old.write_text("#!/bin/sh\nexit 1\n")
    old.chmod(0o755)
    result = run("--check", venv=tmp_path / "none", PYTHON=str(old))
    assert result.returncode == 1
    assert result.stderr == f"generate.sh: PYTHON={old} is not Python 3.11 or newer\n"


@pytest.fixture
def half_made(tmp_path: Path) -> Path:
    """What is left when an installation is killed; its python would tell that it was used."""
    venv = tmp_path / "tools"
    (venv / "bin").mkdir(parents=True)
    (venv / "pins").touch()
    (venv / "bin" / "python").write_text(f"#!/bin/sh\ntouch '{tmp_path / 'used'}'\n")
    (venv / "bin" / "python").chmod(0o755)
    return venv


def test_a_half_made_tool_environment_is_made_again(half_made: Path, tmp_path: Path) -> None:
    offline = {"PIP_CONFIG_FILE": os.devnull, "PIP_NO_INDEX": "1", "PIP_FIND_LINKS": str(tmp_path / "nothing")}
    result = run("--check", venv=half_made, **offline)
    assert result.returncode == 1
    assert "generate.sh: the pinned tools could not be installed\n" in result.stderr
    assert "Traceback" not in result.stderr
    assert not (tmp_path / "used").exists()
    assert (half_made / "bin" / "python").is_symlink()  # made anew, as far as it could be
    assert (half_made / "pins").read_text() == ""


def test_a_directory_that_is_no_tool_environment_is_left_alone(tmp_path: Path) -> None:
    (tmp_path / "pyvenv.cfg").write_text("somebody's")
    result = run("--check", venv=tmp_path)
    assert result.returncode == 1
    assert "it is left alone" in result.stderr
    assert [path.name for path in tmp_path.iterdir()] == ["pyvenv.cfg"]
