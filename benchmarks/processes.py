"""Processes of our own, in an environment that has no key, address or proxy of the machine's."""

import os
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
# Without bytecode a start measures the compiler, for the code beside it alone: installed packages have theirs.
_DROPPED = ("_PROXY", "_proxy", "JIMMYAI_", "PYTHONDONTWRITEBYTECODE")


def environment() -> dict[str, str]:
    kept = {name: value for name, value in os.environ.items() if not any(part in name for part in _DROPPED)}
    return {**kept, "PYTHONPATH": str(ROOT)}


def python(*arguments: str) -> subprocess.Popen[str]:
    """Start this Python, its standard input and output connected to us."""
    return subprocess.Popen(
        [sys.executable, *arguments],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
        cwd=ROOT,
        env=environment(),
    )


def said(process: subprocess.Popen[str]) -> str:
    """Its next line; `RuntimeError` if it has ended instead."""
    assert process.stdout
    if not (line := process.stdout.readline()):
        raise RuntimeError(f"{process.args!r} ended with {process.wait()}; what it said is above")
    return line.strip()


def ended(process: subprocess.Popen[str]) -> None:
    """Let it end, and wait for that."""
    process.communicate()
