"""Prism, a mock server and validator of OpenAPI that no one here wrote, on loopback."""

import re
import shutil
import socket
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from .document import ROOT

HOME = Path(__file__).with_name("prism")
PRISM = HOME / "node_modules" / "@stoplight" / "prism-cli" / "dist" / "index.js"


def missing() -> str | None:
    """Say why Prism cannot be run; None if it can."""
    if shutil.which("node") is None:
        return "Prism needs Node 20 or newer, which is not here"
    return None if PRISM.exists() else f"Prism is not installed; run {HOME.relative_to(ROOT)}/install.sh"


@contextmanager
def prism(*arguments: str) -> Iterator[str]:
    """Run a command of Prism on openapi.yaml and give its address; violations are answered as errors."""
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = str(free.getsockname()[1])
    command = ["node", str(PRISM), arguments[0], "--errors", "--host", "127.0.0.1", "--port", port]
    told = subprocess.Popen(
        [*command, str(ROOT / "openapi.yaml"), *arguments[1:]],
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
    )
    assert told.stdout is not None
    with told:
        try:
            lines = []
            for line in told.stdout:
                lines.append(line)
                if re.search(r"Prism is listening", line):
                    break
            else:
                raise AssertionError(f"Prism did not start: {''.join(lines)}")
            yield f"http://127.0.0.1:{port}"
        finally:
            told.terminate()
            told.stdout.read()
