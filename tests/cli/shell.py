"""The command as a process of its own, as shells run it."""

import os
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from typing import IO, Any

COMMAND = [sys.executable, "-m", "jimmy_ai_openapi_client.sdk.cli"]
Process = subprocess.Popen[bytes]


def environment(base_url: str) -> dict[str, str]:
    """What the command finds around it."""
    kept = ("PATH", "PYTHONPATH", "HOME", "COVERAGE_PROCESS_CONFIG")
    here = {name: os.environ[name] for name in kept if name in os.environ}
    return {
        **here,
        "TERM": "xterm",
        "NO_PROXY": "*",
        "JIMMYAI_API_KEY": "sk-mock",
        "JIMMYAI_BASE_URL": base_url,
    }


@contextmanager
def started(base_url: str, *words: object, **streams: Any) -> Iterator[Process]:
    """A process with stdout and stderr to read; whatever happens, it has ended afterwards."""
    streams = {"stdout": subprocess.PIPE, "stderr": subprocess.PIPE, **streams}
    process = subprocess.Popen([*COMMAND, *map(str, words)], env=environment(base_url), **streams)
    try:
        yield process
    finally:
        process.kill()
        process.communicate()


def ended(process: Process) -> tuple[int, str, str]:
    """Its exit code, and what it wrote that was not read yet."""
    out, err = process.communicate()
    return process.returncode, (out or b"").decode(), (err or b"").decode()


def drained(terminal: int) -> str:
    """Everything written to a terminal until the last writer closed it."""
    text = b""
    try:
        while read := os.read(terminal, 65536):
            text += read
    except OSError:  # how Linux says that it is the end
        pass
    os.close(terminal)
    return text.decode().replace("\r\n", "\n")


def line(stream: IO[bytes] | None) -> bytes:
    """The next line, as soon as it is there."""
    assert stream
    return stream.readline()
