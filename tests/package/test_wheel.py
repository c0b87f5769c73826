"""The built wheel, in an environment of its own with nothing but its two runtime dependencies."""

import os
import re
import sys
import zipfile
from pathlib import Path

import pytest

from jimmy_ai_openapi_client.sdk.mock import MockService
from tests.pipeline.places import ROOT, run, told

CALLER = Path(__file__).with_name("caller.py")


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    if given := os.environ.get("WHEEL"):
        return Path(given).absolute()
    made = tmp_path_factory.mktemp("dist")
    told(sys.executable, "-m", "build", "--no-isolation", "--wheel", "--outdir", made, cwd=ROOT)
    return next(made.glob("*.whl"))


@pytest.fixture(scope="module")
def python(wheel: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    home = tmp_path_factory.mktemp("venv") / "env"
    told(ROOT / "requirements/venv.sh", home, ROOT / "requirements/runtime.txt", env={"PYTHON": sys.executable})
    told(home / "bin/python", "-m", "pip", "install", "--quiet", "--quiet", "--no-deps", wheel)
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
        answers = told(python, "-I", "-W", "error", CALLER, server.base_url)
    assert answers.split() == ["Active", "Active", "Active"]


def test_without_the_extras_they_say_what_to_install(python: Path) -> None:
    mock = run(python, "-I", "-c", "import jimmy_ai_openapi_client.sdk.mock")
    command = run(python.with_name("jimmy-ai"))
    assert mock.returncode == 1
    assert re.search(r"Error: the mock needs \S+: pip install 'jimmy-ai-openapi-client\[mock\]'\n$", mock.stderr)
    needs = "jimmy-ai needs click and rich: pip install 'jimmy-ai-openapi-client[cli]'\n"
    assert (command.returncode, command.stdout, command.stderr) == (2, "", needs)
