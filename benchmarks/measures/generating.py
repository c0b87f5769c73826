"""`./generate.sh` with its tools installed, as a ratio to the generator alone. On a copy; nothing here is written."""

import os
import shutil
import subprocess
from collections.abc import Sequence
from pathlib import Path
from statistics import median
from tempfile import TemporaryDirectory
from time import perf_counter

from ..figures import Figure, figure, ratios
from ..processes import ROOT, environment
from .effort import Effort, Measure

PACKAGE = "jimmy_ai_openapi_client"
PARTS = ("openapi.yaml", "generate.sh", "codegen", PACKAGE)


def _seconds(command: Sequence[str | Path], tree: Path, tools: Path) -> float:
    started = perf_counter()
    subprocess.run(
        list(map(str, command)),
        cwd=tree,
        env={**environment(), "CODEGEN_VENV": str(tools), "PATH": f"{tools / 'bin'}:{os.environ['PATH']}"},
        stdout=subprocess.DEVNULL,
        check=True,
    )
    return perf_counter() - started


def _generate(_: str, effort: Effort) -> list[Figure]:
    tools = Path(os.environ.get("CODEGEN_VENV", ROOT / ".venv-codegen"))
    with TemporaryDirectory() as scratch:
        tree = Path(scratch)
        for part in PARTS:
            (shutil.copytree if (ROOT / part).is_dir() else shutil.copy)(ROOT / part, tree / part)
        alone: list[str | Path] = [
            tools / "bin" / "python",
            "-I",
            "-B",
            "-m",
            "openapi_python_client",
            "generate",
            "--meta",
            "none",
        ]
        alone += ["--path", tree / "openapi.yaml", "--output-path", tree / "out", "--overwrite"]
        alone += ["--config", tree / "codegen" / "config.yaml"]
        alone += ["--custom-template-path", tree / "codegen" / "templates"]
        commands: dict[str, list[str | Path]] = {"./generate.sh": [tree / "generate.sh"], "generator alone": alone}
        for command in commands.values():  # the first installs the tools if they are missing
            _seconds(command, tree, tools)
        times: dict[str, list[float]] = {name: [] for name in commands}
        for _round in range(max(2, effort.processes // 2)):
            for name, command in commands.items():
                times[name].append(_seconds(command, tree, tools))
    return [
        figure("generate", name, ratio, note=f"{median(times[name]):.2f} s")
        for name, ratio in ratios(times, "generator alone").items()
    ]


MEASURES: dict[str, Measure] = {"generate": _generate}
