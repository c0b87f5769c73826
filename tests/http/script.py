"""Run a script in a Python process of its own, as a user would."""

import os
import subprocess
import sys
from pathlib import Path


def output(source: str, *arguments: str, options: tuple[str, ...] = ()) -> str:
    """What `source` writes, to stdout and stderr alike, and how it ended if not well."""
    done = subprocess.run(
        [sys.executable, *options, "-c", source, *arguments],
        cwd=Path(__file__).parents[2],
        env={name: value for name, value in os.environ.items() if not name.upper().endswith("_PROXY")},
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        timeout=60,
        check=False,
    )
    return done.stdout if done.returncode == 0 else f"{done.stdout}exit {done.returncode}\n"
