"""Console blocks: what is typed and what is shown, run in bash on a terminal."""

import os
import pty
import re
import subprocess
import sys
from pathlib import Path

from attrs import frozen

from ..cli.shell import drained, environment
from ..pipeline.places import program
from .blocks import ROOT, Block
from .service import IDS, KEY

MARK = "\x01"
PROMPT = f"prompt() {{ local code=$?; printf '{MARK}'; return $code; }}"
STEP = re.compile(r"^\$ ((?:.*\\\n)*.*)\n((?:(?!\$ ).*\n)*)", re.MULTILINE)
"""A command, which goes on after a line that ends with a backslash, and the lines up to the next one."""


@frozen
class Step:
    """One command, and the lines shown after it."""

    command: str
    shown: tuple[str, ...]

    @property
    def is_run(self) -> bool:
        """Whether it is tried here. The others set up, build or publish: only their words are checked."""
        return not re.match(r"(make|pip|git|\./generate\.sh|python -m benchmarks)\b", self.command)


def steps(block: Block) -> list[Step]:
    assert block.code.startswith("$ "), f"{block}: a console block begins with a command"
    return [Step(command, tuple(shown.splitlines())) for command, shown in STEP.findall(block.code)]


def played(commands: list[str], base_url: str, folder: Path) -> list[list[str]]:
    """What each command writes to the terminal, line by line."""
    (folder / "ids.txt").write_text("\n".join(IDS) + "\n")
    shim = program(folder / ".bin" / "jimmy-ai", f'exec {sys.executable} -m tests.docs.command "$@"')
    script = "\n".join([PROMPT, *(f"prompt\n{command}" for command in commands)])
    around = environment(base_url) | {
        "PATH": f"{shim.parent}{os.pathsep}{os.environ['PATH']}",
        "HOME": str(folder),
        "PYTHONPATH": str(ROOT),
        "LANG": "C.UTF-8",
        "TERM": "dumb",  # no colours, no progress bar
        "COLUMNS": "80",
        "JIMMYAI_API_KEY": KEY,
    }
    terminal, end = pty.openpty()
    process = subprocess.Popen(
        ["bash", "-c", script], cwd=folder, env=around, stdin=end, stdout=end, stderr=end, start_new_session=True
    )
    os.close(end)
    text = drained(terminal)
    process.wait()
    parts = text.split(MARK)[1:]
    return [part.splitlines() for part in parts]


def fits(shown: tuple[str, ...], written: list[str]) -> bool:
    """Whether the block shows what was written: `…` stands for any text, alone in a line for any number of lines."""
    pattern = "".join(
        r"(?:.*\n)*?" if line.strip() == "…" else re.escape(line).replace("…", ".*").rstrip() + r" *\n"
        for line in shown
    )
    return re.fullmatch(pattern, "".join(f"{line}\n" for line in written)) is not None
