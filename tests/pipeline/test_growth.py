"""Operations as this API has them elsewhere, and a limit on the ids: generate, and all works without another edit."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

from .places import House

PAGES = Path(__file__).with_name("pages")
SUITE = ("tests/contract", "tests/conftest.py", "pyproject.toml", "README.md", "CHANGELOG.md")


@pytest.fixture(scope="module")
def grown(tmp_path_factory: pytest.TempPathFactory) -> House:
    house = House(tmp_path_factory.mktemp("grown") / "house", *SUITE)
    nameless = PAGES / "balance.md"
    named = [str(path) for path in sorted(PAGES.glob("*.md")) if path != nameless]
    for arguments in (named, [str(nameless), "--operation-id", "queryBalance"]):
        merged = house.run("--merge", *arguments)
        assert merged.returncode == 0, merged.stderr
    house.edit(
        "        asset_ids:\n          type: array\n",
        "        asset_ids:\n          type: array\n          maxItems: 50\n",
    )
    generated = house.run()
    assert (generated.returncode, generated.stderr) == (0, "")
    assert "openapi.yaml: 7 operations, " in generated.stdout
    return house


def suite(grown: House, *arguments: str) -> str:
    environment = {**os.environ, "PYTHONPATH": str(grown.root), "PYTHONDONTWRITEBYTECODE": "1"}
    command = [sys.executable, "-m", "pytest", "-v", "-p", "no:cacheprovider", *arguments]
    done = subprocess.run(command, cwd=grown.root, env=environment, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout[-4000:] + done.stderr[-4000:]
    return done.stdout


def test_the_contract_suite_holds(grown: House) -> None:
    """It calls every operation through `raw` on the mock, too, and sends files that hold a fixed boundary."""
    said = suite(grown, "-m", "not heavy", "tests/contract")
    for name in ("queryBalance", "queryVideoTask", "submitSeedanceSpRealPerson", "uploadFile"):
        assert f"test_raw_on_the_mock[{name}] PASSED" in said


def test_the_served_mock_answers_as_the_one_in_process(grown: House) -> None:
    """To every operation, one that takes an uploaded file included."""
    assert "test_answers_as_in_process[uploadFile] PASSED" in suite(grown, "tests/contract/test_mock_served.py")
