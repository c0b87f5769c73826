"""The workflows are pinned, may do little, and call what is there. `make lint` asks zizmor about the rest."""

import re
import shlex

import pytest

from .jobs import JOBS, STEPS, TEXTS, WORKFLOWS
from .places import ROOT, told


def test_every_action_has_one_pin_with_its_version_beside_it() -> None:
    pins = {pin for text in TEXTS.values() for pin in re.findall(r"uses: (.*)", text)}
    assert [pin for pin in pins if not re.fullmatch(r"[\w.-]+/[\w.-]+@[0-9a-f]{40} # v\d+\.\d+\.\d+", pin)] == []
    assert len(pins) == len({pin.partition("@")[0] for pin in pins})


def test_nothing_is_permitted_but_what_a_job_names() -> None:
    assert all(content["permissions"] == {} for content in WORKFLOWS.values())
    may_write = {
        where: sorted(scope for scope, kind in job["permissions"].items() if kind == "write")
        for where, job in JOBS.items()
        if "write" in job["permissions"].values()
    }
    assert may_write == {
        ("regenerate", "deliver"): ["contents", "pull-requests"],
        ("watch-spec", "tell"): ["issues"],
        ("docs", "publish"): ["id-token", "pages"],
        ("release", "publish"): ["id-token"],
        ("release", "announce"): ["contents"],
    }
    # What a fork sends meets no token that may write.
    assert "head.repo.full_name == github.repository" in JOBS["regenerate", "deliver"]["if"]
    assert "secrets." not in "".join(TEXTS.values())


def test_every_job_ends_in_time() -> None:
    assert all(job["timeout-minutes"] <= 30 for job in JOBS.values())


@pytest.mark.parametrize("run", sorted({run for runs in STEPS.values() for run in runs}))
def test_a_step_calls_a_target_of_make_or_generate_sh_and_no_expression_becomes_code(run: str) -> None:
    assert re.fullmatch(r'(make( --\S+( \w+)?)? [a-z]+|\./generate\.sh)( >> "\$GITHUB_OUTPUT")?', run)
    command = [word for word in shlex.split(run.partition(" >")[0]) if word not in {"--directory", "base"}]
    if command[0] == "make":
        told("make", "--dry-run", *command[1:], cwd=ROOT)


def test_every_script_stops_at_the_first_error() -> None:
    for script in (ROOT / ".github" / "scripts").iterdir():
        assert "\nset -euo pipefail\n" in script.read_text(), script.name
