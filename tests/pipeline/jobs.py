"""The workflows, and the steps of their jobs."""

from collections.abc import Iterator
from typing import Any

from ruamel.yaml import YAML

from .places import ROOT

FOLDER = ROOT / ".github" / "workflows"
TEXTS = {path.stem: path.read_text(encoding="utf-8") for path in sorted(FOLDER.glob("*.yml"))}
WORKFLOWS: dict[str, Any] = {name: YAML(typ="safe").load(text) for name, text in TEXTS.items()}
# Run here by other tests or by `make test` as a whole: their targets are looked up, not run.
TARGETS = ("drift", "lint", "types", "tests", "lowest", "contract", "shapes", "build", "dist", "docs", "wheel")
ELSEWHERE = {f"make {name}" for name in TARGETS}


def jobs() -> Iterator[tuple[str, str, dict[str, Any]]]:
    for workflow, content in WORKFLOWS.items():
        for job, node in content["jobs"].items():
            yield workflow, job, node


def steps(workflow: str, job: str) -> list[str]:
    return [step["run"] for step in WORKFLOWS[workflow]["jobs"][job]["steps"] if "run" in step]
