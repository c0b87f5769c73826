"""The suite itself: it passes on a package generated from the richer spec, and names every lie of lies.yaml."""

import subprocess
import sys

import pytest

from .document import ROOT


@pytest.mark.heavy
@pytest.mark.timeout(900)  # against hanging alone: a minute where nothing else runs
def test_no_lie_is_believed() -> None:
    """In processes of their own, as each has another package."""
    command = [sys.executable, "-m", "tests.shapes.lies"]
    told = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
    assert told.returncode == 0, told.stdout[-3000:] + told.stderr[-3000:]
