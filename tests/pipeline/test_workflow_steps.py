"""The steps of the workflows do here what they will do there."""

import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

from .jobs import ELSEWHERE, steps
from .places import ROOT, VENV, House

PAGE = ROOT / "tests" / "pipeline" / "pages" / "realperson-submit.md"

OF_MAKE = {"BASE", "TAG", "PAGES", "WHEEL", "PYTHON", "MAKEFLAGS", "MFLAGS", "MAKEOVERRIDES", "MAKELEVEL"}
"""What these tests were started with is nothing to the steps they run."""


class Runner:
    """A clone with an origin, in which the steps of a job are run, and a `gh` that writes down what it is asked."""

    def __init__(self, root: Path) -> None:
        self.house = House(
            root / "clone", "Makefile", ".github", "requirements", "CHANGELOG.md", "pyproject.toml", ".gitignore"
        )
        self.said = root / "gh.log"
        (self.house.root / ".venv").symlink_to(sys.prefix)
        (self.house.root / "requirements" / "venv.sh").write_text("#!/bin/sh\n")  # it is there
        (root / "bin").mkdir()
        stub = root / "bin" / "gh"
        stub.write_text(
            f'#!/bin/sh\nprintf "%s\\n" "$*" >>"{self.said}"\ncase $* in *list*) printf "%s" "$GH_FOUND" ;; esac\n'
        )
        stub.chmod(0o755)
        subprocess.run(["git", "init", "--quiet", "--bare", str(root / "origin.git")], check=True)
        self.house.git("init", "--quiet")
        (self.house.root / ".git" / "info" / "exclude").write_text(".venv\n")
        self.house.commit("first")
        self.house.git("remote", "add", "origin", str(root / "origin.git"))
        self.house.git("push", "--quiet", "origin", "HEAD:refs/heads/main", "HEAD:refs/heads/topic")
        self.root, self.output, self.summary = root, root / "output", root / "summary"

    def job(self, workflow: str, job: str, **environment: str) -> str:
        """What the steps of a job say, those that take long left out."""
        return "".join(self.step(run, **environment) for run in steps(workflow, job) if run not in ELSEWHERE)

    def step(self, run: str, **environment: str) -> str:
        base = {name: value for name, value in os.environ.items() if name not in OF_MAKE}
        more = {
            "PATH": f"{self.root / 'bin'}{os.pathsep}{os.environ['PATH']}",
            "CODEGEN_VENV": str(VENV),
            "GITHUB_OUTPUT": str(self.output),
            "GITHUB_STEP_SUMMARY": str(self.summary),
            "GIT_CONFIG_GLOBAL": os.devnull,
            "GH_FOUND": "",
        }
        run = run.replace("--directory base", "--directory .")
        done = subprocess.run(
            ["bash", "--noprofile", "--norc", "-e", "-o", "pipefail", "-c", run],
            cwd=self.house.root,
            env={**base, **more, **environment},
            capture_output=True,
            text=True,
            check=False,
        )
        assert done.returncode == 0, f"{run}\n{done.stdout}{done.stderr}"
        return done.stdout

    def asked(self) -> list[str]:
        lines = self.said.read_text().splitlines() if self.said.exists() else []
        self.said.unlink(missing_ok=True)
        return lines


@pytest.fixture
def runner(tmp_path: Path) -> Runner:
    if not (Path(sys.prefix) / ".ready").exists():
        pytest.skip("this environment is not one of requirements/venv.sh")
    return Runner(tmp_path)


def test_ci_reads_the_versions_from_the_classifiers(runner: Runner) -> None:
    runner.job("ci", "versions")
    classifiers = re.findall(r"Python :: (3\.\d+)", (ROOT / "pyproject.toml").read_text())
    assert runner.output.read_text() == "python=[" + ",".join(f'"{one}"' for one in classifiers) + "]\n"


def test_ci_sees_drift_and_a_change_that_is_not_told(runner: Runner) -> None:
    runner.job("ci", "check")
    runner.house.edit("description: Processing / Active / Failed", "description: Told nowhere")
    with pytest.raises(AssertionError, match=r"openapi\.yaml changed since HEAD, but say under"):
        runner.step("make changelog", BASE="HEAD")
    with pytest.raises(AssertionError, match=r"generating changed files:\s+M jimmy_ai"):
        runner.step("make drift")


def test_a_pull_request_is_regenerated_reported_and_committed(runner: Runner) -> None:
    base = runner.house.git("rev-parse", "HEAD").strip()
    runner.house.edit(
        "        name:\n          type: string\n        url:", "        label:\n          type: string\n        url:"
    )
    log = runner.house.root / "CHANGELOG.md"
    log.write_text(
        log.read_text().replace("## [Unreleased]\n", "## [Unreleased]\n\n### Changed\n\n- `name` is `label`.\n")
    )
    runner.house.commit("Rename a field")
    told = runner.job("regenerate", "prove", BASE=base)
    assert "`models.SeedanceSpRealPersonAsset.name`: gone" in told
    assert "changelog: keeps up with openapi.yaml" in runner.job("regenerate", "changelog", BASE=base)
    assert "**Breaking.**" in runner.summary.read_text()

    names = [name for name in runner.house.git("diff", "--name-only").split() if name.startswith("jimmy_ai")]
    made = {name: content for name, content in runner.house.tree().items() if name in names}
    assert made
    runner.house.git("checkout", "--quiet", "--force", "HEAD")  # another machine: the patch is all that comes over
    runner.job("regenerate", "deliver", BRANCH="topic", NUMBER="7")
    assert runner.asked() == [
        "auth setup-git",
        "pr comment 7 --edit-last --create-if-none --body-file build/report/report.md",
    ]
    assert "Regenerate the client" in runner.house.git("log", "-1", "--format=%s", "origin/topic")
    changed = runner.house.git("diff", "--name-only", "HEAD~1").split()
    assert {name: content for name, content in runner.house.tree().items() if name in changed} == made


def test_a_push_that_was_not_regenerated_opens_a_pull_request(runner: Runner) -> None:
    (runner.house.package / "models" / "new.py").write_text("new = 1\n")
    (runner.house.package / "sdk" / "new.py").write_text("new = 1\n")
    runner.step("make report", BASE="0" * 40)
    assert "No change." in runner.summary.read_text()  # since the commit that was pushed
    runner.house.git("reset", "--quiet", "--hard")
    runner.job("regenerate", "deliver", BRANCH="main", NUMBER="")
    assert [line.split(" --")[0] for line in runner.asked()] == ["auth setup-git", "pr list", "pr create"]
    assert runner.house.git("ls-remote", "origin", "regenerate/main")
    assert runner.house.git("diff", "--name-only", "HEAD~1").split() == ["jimmy_ai_openapi_client/models/new.py"]


def test_nothing_to_commit_is_only_told(runner: Runner) -> None:
    report = runner.house.root / "build" / "report"
    report.mkdir(parents=True)
    (report / "report.md").write_text("No change.\n")
    (report / "generated.patch").touch()
    runner.job("regenerate", "deliver", BRANCH="topic", NUMBER="7")
    assert [line.split(" --")[0] for line in runner.asked()] == ["pr comment 7"]


def test_the_vendors_page_is_watched_and_one_issue_tells(runner: Runner) -> None:
    told = runner.job("watch-spec", "read", PAGES=str(PAGE))
    assert "submit` (`submitSeedanceSpRealPerson`): operation added" in told
    assert runner.output.read_text() == "parted=true\n"
    runner.job("watch-spec", "tell", PARTED="true")
    assert [line.split(" --")[0] for line in runner.asked()] == ["issue list", "issue create"]
    runner.job("watch-spec", "tell", PARTED="true", GH_FOUND="12")
    assert [line.split(" --")[0] for line in runner.asked()] == ["issue list", "issue edit 12"]
    runner.house.run("--merge", str(PAGE))
    runner.output.unlink()
    runner.job("watch-spec", "read", PAGES=str(PAGE))
    assert runner.output.read_text() == "parted=false\n"
    runner.job("watch-spec", "tell", PARTED="false", GH_FOUND="12")
    assert [line.split(" --")[0] for line in runner.asked()] == ["issue list", "issue close 12"]


def test_a_release_agrees_with_version_changelog_and_changes(runner: Runner) -> None:
    version = re.findall(r'"(.*)"', (runner.house.package / "sdk" / "version.py").read_text())[-1]
    assert "it is the first release of this clone" in runner.job("release", "build", TAG=f"v{version}")
    with pytest.raises(AssertionError, match=r"the tag v9\.9\.9 is not"):
        runner.step("make release", TAG="v9.9.9")
    runner.job("release", "announce", TAG=f"v{version}")
    assert runner.asked()[0].startswith(f"release create v{version} --verify-tag")

    runner.house.git("tag", f"v{version}")
    runner.house.edit("        name:\n          type: string\n        url:", "        url:")
    numbers = version.split(".")
    after = ".".join([*numbers[:2], str(int(numbers[2]) + 1)])
    for path in (runner.house.package / "sdk" / "version.py", runner.house.root / "CHANGELOG.md"):
        text = path.read_text().replace(f'"{version}"', f'"{after}"')
        path.write_text(
            text.replace("## [Unreleased]\n", f"## [Unreleased]\n\n## [{after}] - 2026-12-01\n\n- A field is gone.\n")
        )
    runner.house.commit("Release")
    with pytest.raises(AssertionError, match=rf"v{re.escape(after)} is not on origin/main"):
        runner.step("make release", TAG=f"v{after}")
    runner.house.git("push", "--quiet", "origin", "HEAD:main")
    with pytest.raises(AssertionError, match=rf"{re.escape(after)} is not enough"):
        runner.step("make release", TAG=f"v{after}")
