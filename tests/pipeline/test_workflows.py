"""The workflows are pinned, may do little, and call what is there."""

import os
import re
import shlex
import subprocess
from pathlib import Path

import pytest

from .jobs import ELSEWHERE, TEXTS, WORKFLOWS, jobs, steps
from .places import ROOT


def test_there_are_the_five() -> None:
    assert set(WORKFLOWS) == {"ci", "docs", "regenerate", "release", "watch-spec"}


@pytest.mark.parametrize("name", TEXTS)
def test_every_action_is_pinned_to_a_commit_with_its_version_beside_it(name: str) -> None:
    lines = [line.strip() for line in TEXTS[name].splitlines() if "uses:" in line]
    assert lines
    for line in lines:
        assert re.fullmatch(r"(- )?uses: [\w.-]+/[\w.-]+@[0-9a-f]{40} # v\d+\.\d+\.\d+", line), line


def test_one_action_has_one_pin() -> None:
    pins = {pin for text in TEXTS.values() for pin in re.findall(r"uses: (.*)", text)}
    assert len(pins) == len({pin.partition("@")[0] for pin in pins})


def test_nothing_is_permitted_but_what_a_job_names() -> None:
    assert all(content["permissions"] == {} for content in WORKFLOWS.values())
    writers = {
        (workflow, job): sorted(scope for scope, kind in node["permissions"].items() if kind == "write")
        for workflow, job, node in jobs()
        if "write" in node["permissions"].values()
    }
    assert writers == {
        ("regenerate", "deliver"): ["contents", "pull-requests"],
        ("watch-spec", "tell"): ["issues"],
        ("docs", "publish"): ["id-token", "pages"],
        ("release", "publish"): ["id-token"],
        ("release", "announce"): ["contents"],
    }


def test_what_a_fork_sends_meets_no_token_that_may_write() -> None:
    assert not [name for name, content in WORKFLOWS.items() if "pull_request_target" in content["on"]]
    deliver = WORKFLOWS["regenerate"]["jobs"]["deliver"]
    assert "head.repo.full_name == github.repository" in deliver["if"]
    for _, _, node in jobs():
        for step in node["steps"]:
            if "actions/checkout" in step.get("uses", ""):
                assert step["with"]["persist-credentials"] is False
    assert not re.search(r"secrets\.", "".join(TEXTS.values()))


def test_steps_call_make_and_generate_sh_alone_and_no_expression_becomes_code() -> None:
    for workflow, job, _ in jobs():
        for run in steps(workflow, job):
            assert re.fullmatch(r'(make( --\S+( \w+)?)? [a-z]+|\./generate\.sh)( >> "\$GITHUB_OUTPUT")?', run), run


def test_every_job_ends_in_time() -> None:
    assert all(node["timeout-minutes"] <= 30 for _, _, node in jobs())


@pytest.mark.parametrize("script", sorted((ROOT / ".github" / "scripts").glob("*.sh")), ids=lambda path: path.name)
def test_a_script_is_sound_and_stops_at_the_first_error(script: Path) -> None:
    subprocess.run(["bash", "-n", str(script)], check=True)
    assert "\nset -euo pipefail\n" in script.read_text()
    assert os.access(script, os.X_OK)


def test_steps_that_take_long_have_their_targets() -> None:
    for run in sorted(
        ELSEWHERE | {run for workflow, job, _ in jobs() for run in steps(workflow, job) if "make" in run}
    ):
        words = [word for word in shlex.split(run.partition(" >")[0]) if word not in ("--directory", "base")]
        assert (
            subprocess.run([words[0], "-n", *words[1:]], cwd=ROOT, capture_output=True, check=False).returncode == 0
        ), run
