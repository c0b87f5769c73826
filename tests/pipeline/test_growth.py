"""Operations as this API has them elsewhere, and a limit on the ids: generate, and all works without another edit."""

import sys
from pathlib import Path

from .places import House, contents, told

PAGES = Path(__file__).with_name("pages")
SUITE = ("tests/contract", "tests/conftest.py", "pyproject.toml", "README.md", "CHANGELOG.md")


def test_the_contract_suite_holds_on_a_grown_spec(tmp_path: Path) -> None:
    """It calls every operation through `raw` on the mock, in-process and served, and sends files, too."""
    house, nameless = House(tmp_path / "house", *SUITE), PAGES / "balance.md"
    named = sorted(set(PAGES.glob("*.md")) - {nameless})
    for arguments in (named, [nameless, "--operation-id", "queryBalance"]):
        merged = house.run("--merge", *arguments)
        assert merged.returncode == 0, merged.stderr
    before = contents(house.package)
    house.edit("asset_ids:\n          type: array\n", "asset_ids:\n          type: array\n          maxItems: 50\n")
    generated = house.run()
    assert (generated.returncode, generated.stderr) == (0, "")
    assert "openapi.yaml: 7 operations, " in generated.stdout
    after = contents(house.package)
    changed = {name for name in before if after[name] != before[name]}
    assert changed == {"openapi.yaml", "models/__init__.py", "limits.py"}

    env = {"PYTHONPATH": str(house.root), "PYTHONDONTWRITEBYTECODE": "1"}
    pytest = [sys.executable, "-m", "pytest", "-v", "-p", "no:cacheprovider"]
    suite = told(*pytest, "-m", "not heavy", "tests/contract", cwd=house.root, env=env)
    served = told(*pytest, "tests/contract/test_mock_served.py", cwd=house.root, env=env)
    for name in ("queryBalance", "queryVideoTask", "submitSeedanceSpRealPerson", "uploadFile"):
        assert f"test_raw_on_the_mock[{name}] PASSED" in suite
        assert f"test_answers_as_in_process[{name}] PASSED" in served
