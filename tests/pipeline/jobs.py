"""The workflows, and the steps of their jobs."""

from typing import Any

from ruamel.yaml import YAML

from .places import ROOT

TEXTS = {path.stem: path.read_text(encoding="utf-8") for path in (ROOT / ".github" / "workflows").glob("*.yml")}
WORKFLOWS: dict[str, Any] = {name: YAML(typ="safe").load(text) for name, text in TEXTS.items()}
JOBS: dict[tuple[str, str], dict[str, Any]] = {
    (workflow, job): node for workflow, content in WORKFLOWS.items() for job, node in content["jobs"].items()
}
STEPS = {where: [step["run"] for step in job["steps"] if "run" in step] for where, job in JOBS.items()}
