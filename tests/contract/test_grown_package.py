"""The suite itself, on a package generated from the richer spec: it passes, and it names every lie."""

import os
import shutil
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import NamedTuple

import pytest

from .document import ROOT

pytestmark = [pytest.mark.heavy, pytest.mark.timeout(300)]
PACKAGE = "jimmy_ai_openapi_client"
RICHER = Path(__file__).with_name("richer.yaml")


class Lie(NamedTuple):
    """One place of a generated file that says something else, and what the suite must name."""

    file: str
    truth: str
    lie: str
    named: str


LIES = (
    Lie("api/shelves/list_books.py", 'params["words"] = json_words', 'params["word"] = json_words', "listBooks"),
    Lie("api/shelves/drop_books.py", '"method": "delete"', '"method": "get"', "dropBooks"),
    Lie("api/shelves/add_book.py", "if response.status_code == 201", "if response.status_code == 200", "addBook"),
    Lie("api/files_and_pages/fill_page.py", '["data"]', '["json"]', "fillPage"),
    Lie("api/default/get_status.py", '"url": "/status"', '"url": "/state"', "getStatus"),
    Lie(
        "models/book.py",
        'd.pop("printed", UNSET)',
        'd.pop("print", UNSET)',
        "components.schemas.Book.properties.printed",
    ),
    Lie("models/book_list.py", 'd.pop("total")', 'd.pop("total", 0)', "components.schemas.BookList"),
    Lie("models/level.py", "VALUE_2 = 2", "VALUE_2 = 3", "components.schemas.Level"),
    Lie("models/person.py", '"born": born', '"Born": born', "components.schemas.Person"),
    Lie("models/company.py", "founded: int", "founded: str", "components.schemas.Company.properties.founded"),
    Lie("models/about.py", "note = self.note", "note = UNSET", "components.schemas.About.properties.note"),
)


@pytest.fixture(scope="module")
def tree(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A copy of what generate.sh and the suite need, generated from the richer spec, without the hand-written layer."""
    root = tmp_path_factory.mktemp("richer") / "good"
    for folder in (PACKAGE, "codegen", "tests/contract"):
        shutil.copytree(ROOT / folder, root / folder, ignore=shutil.ignore_patterns("__pycache__", "node_modules"))
    for name in ("generate.sh", "pyproject.toml", "tests/conftest.py"):
        shutil.copy2(ROOT / name, root / name)
    shutil.copy2(RICHER, root / "openapi.yaml")
    tools = os.environ.get("CODEGEN_VENV") or str(ROOT / ".venv-codegen")
    environment = {**os.environ, "CODEGEN_VENV": tools}
    subprocess.run([root / "generate.sh"], env=environment, check=True, capture_output=True)
    (root / PACKAGE / "__init__.py").write_text("", encoding="utf-8")
    return root


# Not about the generated code.
ELSEWHERE = ("mock_assets", "mock_served", "samples", "documented_part", "hand_written", "second_judge")
WHOLE = ["tests/contract", *(f"--ignore=tests/contract/test_{name}.py" for name in ELSEWHERE)]
NEAR = [f"tests/contract/test_{name}.py" for name in ("annotations", "answers", "models", "request_on_the_wire")]


def suite(root: Path, *tests: str) -> subprocess.CompletedProcess[str]:
    """Run the suite, or some of it, on a tree, without the parts that need more than one process."""
    options = ["-p", "pytest_timeout", "-p", "no:cacheprovider", "--tb=short", "--confcutdir=tests/contract"]
    command = [sys.executable, "-m", "pytest", "-q", "-m", "not heavy", *options]
    environment = {**os.environ, "PYTHONPATH": str(root), "PYTEST_DISABLE_PLUGIN_AUTOLOAD": "1"}
    return subprocess.run([*command, *tests], cwd=root, env=environment, capture_output=True, text=True, check=False)


def test_passes_and_names_every_lie(tree: Path) -> None:
    """Both at once, as each takes seconds: the good package, and one with a lie in each of several files."""
    told = tree.with_name("lies")
    shutil.copytree(tree, told)
    for each in LIES:
        path = told / PACKAGE / each.file
        text = path.read_text(encoding="utf-8")
        assert each.truth in text, f"{each.file} has no {each.truth!r}"
        path.write_text(text.replace(each.truth, each.lie), encoding="utf-8")
    with ThreadPoolExecutor(2) as both:
        first, second = both.submit(suite, tree, *WHOLE), both.submit(suite, told, *NEAR)
    good, bad = first.result(), second.result()
    assert good.returncode == pytest.ExitCode.OK, good.stdout[-3000:]
    assert bad.returncode == pytest.ExitCode.TESTS_FAILED, bad.stdout[-3000:]
    unnamed = [each for each in LIES if each.named not in bad.stdout]
    assert not unnamed, bad.stdout[-3000:]
