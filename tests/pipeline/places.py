"""Where the tools are, a copy of the repository to run them on, and how to ask them something."""

import json
import os
import shutil
import subprocess
from pathlib import Path
from typing import Any

ROOT = Path(__file__).parents[2]
PACKAGE = "jimmy_ai_openapi_client"
VENV = Path(os.environ.get("CODEGEN_VENV") or ROOT / ".venv-codegen").absolute()
Done = subprocess.CompletedProcess[str]


def run(*command: str | Path, env: dict[str, str] | None = None, **options: Any) -> Done:
    """What a command says; `env` is laid over what is around."""
    environment = {**os.environ, **(env or {})}
    return subprocess.run(command, env=environment, capture_output=True, text=True, check=False, **options)


def told(*command: str | Path, **options: Any) -> str:
    """What a command that must succeed writes to its standard output."""
    done = run(*command, **options)
    assert done.returncode == 0, f"{command[-1]}\n{done.stdout[-4000:]}{done.stderr[-4000:]}"
    return done.stdout


def generate(*arguments: str | Path, root: Path = ROOT, **env: str) -> Done:
    env = {"CODEGEN_VENV": str(VENV), **env}
    return run(root / "generate.sh", *arguments, env=env, cwd=root, start_new_session=True)


def tools() -> Path:
    """The tool environment, made ready if need be."""
    if not (VENV / "pins").is_file():
        generate("--check")
    return VENV


def asked(question: Any, *arguments: str | Path) -> Any:
    """The JSON that a program in the tool environment answers to a JSON question."""
    env = {"PYTHONPATH": str(ROOT), "PATH": f"{tools() / 'bin'}{os.pathsep}{os.environ['PATH']}"}
    python = (tools() / "bin/python", "-B", "-X", "utf8")
    return json.loads(told(*python, *arguments, input=json.dumps(question), env=env))


def contents(folder: Path) -> dict[str, tuple[bytes, int]]:
    """Every file but bytecode, with the time of its last change."""
    files = (path for path in folder.rglob("*") if path.is_file() and "__pycache__" not in path.parts)
    return {path.relative_to(folder).as_posix(): (path.read_bytes(), path.stat().st_mtime_ns) for path in files}


def program(path: Path, script: str) -> Path:
    """A shell script that can be run."""
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(f"#!/bin/sh\n{script}\n")
    path.chmod(0o755)
    return path


class House:
    """A copy of the repository as far as generate.sh knows it, and more where it is asked for."""

    def __init__(self, root: Path, *more: str) -> None:
        self.root, self.package, self.spec = root, root / PACKAGE, root / "openapi.yaml"
        ignore = shutil.ignore_patterns("__pycache__")
        for name in ("codegen", PACKAGE, "generate.sh", "openapi.yaml", *more):
            (root / name).parent.mkdir(parents=True, exist_ok=True)
            if (ROOT / name).is_dir():
                shutil.copytree(ROOT / name, root / name, ignore=ignore)
            else:
                shutil.copy2(ROOT / name, root / name)

    def run(self, *arguments: str | Path, **env: str) -> Done:
        return generate(*arguments, root=self.root, CODEGEN_VENV=str(tools()), **env)

    def edit(self, old: str, new: str, file: str = "openapi.yaml") -> None:
        text = (self.root / file).read_text()
        assert old in text
        (self.root / file).write_text(text.replace(old, new, 1))

    def git(self, *arguments: str | Path) -> str:
        identity = ["-c", "user.name=test", "-c", "user.email=test@example.com", "-c", "init.defaultBranch=main"]
        return told("git", *identity, *arguments, cwd=self.root)

    def commit(self, message: str) -> None:
        """Commit everything; there is a repository then."""
        self.git("init", "--quiet")
        self.git("add", "--all")
        self.git("commit", "--quiet", "--message", message)
