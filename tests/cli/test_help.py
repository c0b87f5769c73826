"""What the command says of itself, and of what it needs."""

import re
import subprocess
import sys
from pathlib import Path

import pytest

from jimmy_ai_openapi_client.sdk import cli
from jimmy_ai_openapi_client.sdk.cli.exits import EPILOG, Exit
from jimmy_ai_openapi_client.sdk.version import __version__

from .conftest import Run

COMMANDS = ["status", "batch", "wait", "mock", "demo", "completion"]
PAGE = (Path(__file__).parents[2] / "docs" / "guide" / "command.md").read_text("utf-8")


def test_help(run: Run) -> None:
    done = run("--help")
    assert (done.code, done.err) == (0, "")
    assert all(f"\n  {command} " in done.out for command in COMMANDS)
    assert run("-h").out == done.out
    assert "Usage: jimmy-ai " in run().out + run().err
    assert run("--version").out == f"jimmy-ai {__version__}\n"


def codes(text: str) -> dict[int, str]:
    return {int(code): words for code, words in re.findall(r"^[| ] +(\d+) +\|? *(.*?)[ |]*$", text, re.MULTILINE)}


def test_help_and_guide_list_the_same_exit_codes() -> None:
    listed = codes(EPILOG)
    assert set(listed) == {*Exit, 130, 143}
    assert codes(PAGE) == listed


@pytest.mark.wire
@pytest.mark.parametrize("words", [["--help"], ["wait", "--help"], ["demo", "--help"], ["completion", "zsh"]])
def test_nothing_slow_is_imported_to_say_it(words: list[str]) -> None:
    code = (
        "import atexit, sys\n"
        "from jimmy_ai_openapi_client.sdk.cli import main\n"
        "slow = ('httpx', 'rich', 'attr', 'asyncio', 'openapi_core', 'ruamel')\n"
        "atexit.register(lambda: print([name for name in slow if name in sys.modules], file=sys.stderr))\n"
        "sys.argv[0] = 'jimmy-ai'\n"
        "main()\n"
    )
    done = subprocess.run([sys.executable, "-c", code, *words], capture_output=True, text=True, check=True)
    assert done.stdout
    assert done.stderr == "[]\n"


def test_completing(run: Run) -> None:
    def completed(words: str) -> list[str]:
        place = str(len(words.split(" ")) - 1)
        done = run(_JIMMY_AI_COMPLETE="bash_complete", COMP_WORDS=words, COMP_CWORD=place)
        return [line.partition(",")[2] for line in done.out.splitlines()]

    assert completed("jimmy-ai wa") == ["wait"]
    assert completed("jimmy-ai wait --ti") == ["--timeout"]


@pytest.mark.parametrize("gone", [["click"], ["rich"], ["click", "rich"]], ids=" and ".join)
def test_without_the_extra(
    gone: list[str], monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """Another extra may bring a part of it, as the mock brings click."""
    for name in gone:
        monkeypatch.setitem(sys.modules, name, None)
    with pytest.raises(SystemExit) as ended:
        cli.main()
    said = f"jimmy-ai needs {' and '.join(gone)}: pip install 'jimmy-ai-openapi-client[cli]'\n"
    assert (ended.value.code, *capsys.readouterr()) == (2, "", said)
