"""Files that the caller names are where the caller stands."""

import os
from pathlib import Path

from codegen.tools import ROOT


def here(name: str) -> Path:
    return Path(os.environ.get("CODEGEN_FROM", ROOT), name)
