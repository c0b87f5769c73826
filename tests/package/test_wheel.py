"""The built wheel, in an environment of its own with nothing but its two runtime dependencies."""

import os
import re
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

from jimmy_ai_openapi_client.sdk.mock import MockService

ROOT = Path(__file__).parents[2]
CALLER = Path(__file__).with_name("caller.py")


def run(*command: str | Path, **environment: str) -> str:
    done = subprocess.run(
        command, capture_output=True, text=True, check=False, cwd=ROOT, env={**os.environ, **environment}
    )
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    if given := os.environ.get("WHEEL"):
        return Path(given).absolute()
    made = tmp_path_factory.mktemp("dist")
    run(sys.executable, "-m", "build", "--no-isolation", "--wheel", "--outdir", made)
    return next(made.glob("*.whl"))


@pytest.fixture(scope="module")
def python(wheel: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    home = tmp_path_factory.mktemp("venv") / "env"
    run(ROOT / "requirements/venv.sh", home, ROOT / "requirements/runtime.txt", PYTHON=sys.executable)
    run(home / "bin/python", "-m", "pip", "install", "--quiet", "--quiet", "--no-deps", wheel)
    return home / "bin/python"


def test_everything_that_is_needed_is_in_the_wheel_and_nothing_else(wheel: Path) -> None:
    names = set(zipfile.ZipFile(wheel).namelist())
    package = "jimmy_ai_openapi_client/"
    folders = {f"{package}sdk/{folder}/__init__.py" for folder in ("mock", "cli")}
    page = {f"{package}sdk/mock/page/page.{kind}" for kind in ("html", "css", "js")}
    assert {package + "py.typed", package + "openapi.yaml", *folders, *page} <= names
    assert all(name.startswith(package) or ".dist-info/" in name for name in names)


def test_both_import_surfaces_and_a_call_work_with_httpx_and_attrs_alone(python: Path, tmp_path: Path) -> None:
    mock = MockService(api_key="sk-wheel")
    mock.add("id1", polls=0)
    with mock.serve() as server:
        said = run(python, "-I", "-W", "error", CALLER, server.base_url)
    assert said.split() == ["Active", "Active", "Active"]


def test_without_the_extras_they_say_what_to_install(python: Path) -> None:
    import_mock = [str(python), "-I", "-c", "import jimmy_ai_openapi_client.sdk.mock"]
    mock, command = (
        subprocess.run(words, capture_output=True, text=True, check=False)
        for words in (import_mock, [str(python.with_name("jimmy-ai"))])
    )
    assert mock.returncode == 1
    assert re.search(r"Error: the mock needs \S+: pip install 'jimmy-ai-openapi-client\[mock\]'\n$", mock.stderr)
    said = "jimmy-ai needs click and rich: pip install 'jimmy-ai-openapi-client[cli]'\n"
    assert (command.returncode, command.stdout, command.stderr) == (2, "", said)
