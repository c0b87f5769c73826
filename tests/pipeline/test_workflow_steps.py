"""The steps of the workflows do here what they will do there."""

import os
import re
import sys
from pathlib import Path

import pytest

from codegen.diff.version import raised
from jimmy_ai_openapi_client import __version__

from .jobs import STEPS
from .places import PACKAGE, ROOT, VENV, House, program, told

PAGE = ROOT / "tests/pipeline/pages/realperson-submit.md"
MORE = ("Makefile", ".github", "requirements", "CHANGELOG.md", "pyproject.toml", ".gitignore")
# Other tests run them, or `make test` as a whole.
LONG = {f"make {name}" for name in ("lint", "types", "tests", "lowest", "contract", "shapes", "dist", "docs", "wheel")}
NAME = "        name:\n          type: string\n        url:"
GH = """
printf "%s\\n" "$*" >>"$GH_LOG"
case $* in *list*) printf "%s" "$GH_FOUND" ;; esac
"""


class Runner(House):
    """A clone with an origin, in which the steps of a job are run, and a `gh` that writes down what it is asked."""

    def __init__(self, root: Path) -> None:
        super().__init__(root / "clone", *MORE)
        self.output, self.summary, self.log = root / "output", root / "summary", root / "gh.log"
        self.tools, origin = root / "bin", root / "origin.git"
        program(self.tools / "gh", GH)
        program(self.root / "requirements/venv.sh", "")  # everything is there
        self.commit("first")
        self.git("init", "--quiet", "--bare", origin)
        self.git("remote", "add", "origin", origin)
        self.git("push", "--quiet", "origin", "HEAD:refs/heads/main", "HEAD:refs/heads/topic")

    def job(self, workflow: str, job: str, **env: str) -> str:
        """What the steps of a job say, those that take long left out."""
        return "".join(self.step(step, **env) for step in STEPS[workflow, job] if step not in LONG)

    def step(self, step: str, **env: str) -> str:
        env = {
            "PATH": f"{self.tools}{os.pathsep}{os.environ['PATH']}",
            "MAKEFLAGS": f"VENV={sys.prefix}",
            "CODEGEN_VENV": str(VENV),
            "GITHUB_OUTPUT": str(self.output),
            "GITHUB_STEP_SUMMARY": str(self.summary),
            "GIT_CONFIG_GLOBAL": os.devnull,
            "GH_LOG": str(self.log),
            "GH_FOUND": "",
            "BASE": "",
            **env,
        }
        shell = ("bash", "--noprofile", "--norc", "-e", "-o", "pipefail", "-c")
        return told(*shell, step.replace("--directory base", "--directory ."), cwd=self.root, env=env)

    def gh_was_asked(self, *beginnings: str) -> None:
        """All this, and nothing else, since the last time."""
        lines = self.log.read_text().splitlines()
        self.log.unlink()
        assert [line[: len(beginning)] for line, beginning in zip(lines, beginnings, strict=True)] == [*beginnings]


@pytest.fixture
def runner(tmp_path: Path) -> Runner:
    return Runner(tmp_path)


def test_ci_reads_the_versions_from_the_classifiers(runner: Runner) -> None:
    runner.job("ci", "versions")
    classifiers = re.findall(r"Python :: (3\.\d+)", (ROOT / "pyproject.toml").read_text())
    assert runner.output.read_text() == "python=[" + ",".join(f'"{one}"' for one in classifiers) + "]\n"


def test_ci_sees_drift_and_a_change_that_is_not_told(runner: Runner) -> None:
    runner.job("ci", "check")
    runner.edit("description: Processing / Active / Failed", "description: Told nowhere")
    with pytest.raises(AssertionError, match=r"openapi\.yaml changed since HEAD, but say under"):
        runner.step("make changelog", BASE="HEAD")
    with pytest.raises(AssertionError, match=r"generating changed files:\s+M jimmy_ai"):
        runner.step("make drift")


def test_a_pull_request_is_regenerated_reported_and_committed(runner: Runner) -> None:
    base = runner.git("rev-parse", "HEAD").strip()
    runner.edit(NAME, NAME.replace("name:", "label:"))
    runner.edit("## [Unreleased]\n", "## [Unreleased]\n\n### Changed\n\n- `name` is `label`.\n", "CHANGELOG.md")
    runner.commit("Rename a field")
    assert "`models.SeedanceSpRealPersonAsset.name`: gone" in runner.job("regenerate", "prove", BASE=base)
    assert "changelog: keeps up with openapi.yaml" in runner.job("regenerate", "changelog", BASE=base)
    assert "**Breaking.**" in runner.summary.read_text()

    made = runner.git("diff", "--", PACKAGE)
    assert made
    runner.git("checkout", "--quiet", "--force", "HEAD")  # another machine: the patch is all that comes over
    runner.job("regenerate", "deliver", BRANCH="topic", NUMBER="7")
    comment = "pr comment 7 --edit-last --create-if-none --body-file build/report/report.md"
    runner.gh_was_asked("auth setup-git", comment)
    assert "Regenerate the client" in runner.git("log", "-1", "--format=%s", "origin/topic")
    assert runner.git("diff", "HEAD~1") == made


def test_a_push_that_was_not_regenerated_opens_a_pull_request(runner: Runner) -> None:
    for folder in ("models", "sdk"):
        (runner.package / folder / "new.py").write_text("new = 1\n")
    runner.step("make report", BASE="0" * 40)
    assert "No change." in runner.summary.read_text()  # since the commit that was pushed
    runner.git("reset", "--quiet", "--hard")
    runner.job("regenerate", "deliver", BRANCH="main", NUMBER="")
    runner.gh_was_asked("auth setup-git", "pr list", "pr create")
    assert runner.git("ls-remote", "origin", "regenerate/main")
    assert runner.git("diff", "--name-only", "HEAD~1").split() == [f"{PACKAGE}/models/new.py"]


def test_nothing_to_commit_is_only_told(runner: Runner) -> None:
    runner.step("make report")
    runner.job("regenerate", "deliver", BRANCH="topic", NUMBER="7")
    runner.gh_was_asked("pr comment 7")


def test_the_vendors_page_is_watched_and_one_issue_tells(runner: Runner) -> None:
    told = runner.job("watch-spec", "read", PAGES=str(PAGE))
    assert "submit` (`submitSeedanceSpRealPerson`): operation added" in told
    runner.run("--merge", PAGE)
    runner.job("watch-spec", "read", PAGES=str(PAGE))
    assert runner.output.read_text() == "parted=true\nparted=false\n"
    for parted, found, then in (("true", "", "create"), ("true", "12", "edit 12"), ("false", "12", "close 12")):
        runner.job("watch-spec", "tell", PARTED=parted, GH_FOUND=found)
        runner.gh_was_asked("issue list", f"issue {then} --")


def test_a_release_agrees_with_version_changelog_and_changes(runner: Runner) -> None:
    after = raised(__version__, "patch")
    assert "it is the first release of this clone" in runner.job("release", "build", TAG=f"v{__version__}")
    with pytest.raises(AssertionError, match=r"the tag v9\.9\.9 is not"):
        runner.step("make release", TAG="v9.9.9")
    runner.job("release", "announce", TAG=f"v{__version__}")
    runner.gh_was_asked(f"release create v{__version__} --verify-tag")

    runner.git("tag", f"v{__version__}")
    runner.edit(NAME, "        url:")
    runner.edit(__version__, after, f"{PACKAGE}/sdk/version.py")
    runner.edit("[Unreleased]\n", f"[Unreleased]\n\n## [{after}] - 2026-12-01\n\n- A field is gone.\n", "CHANGELOG.md")
    runner.commit("Release")
    with pytest.raises(AssertionError, match=f"v{after} is not on origin/main"):
        runner.step("make release", TAG=f"v{after}")
    runner.git("push", "--quiet", "origin", "HEAD:main")
    with pytest.raises(AssertionError, match=f"{after} is not enough"):
        runner.step("make release", TAG=f"v{after}")
