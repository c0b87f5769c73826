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


def tools() -> Path:
    """The Python of the tool environment, made ready if need be."""
    if not (VENV / "pins").is_file():
        subprocess.run([str(ROOT / "generate.sh"), "--check"], capture_output=True, check=False)
    return VENV / "bin" / "python"


def asked(program: Path, question: Any) -> Any:
    """The JSON that a program in the tool environment answers to a JSON question."""
    environment = {**os.environ, "PYTHONPATH": str(ROOT), "PATH": f"{VENV / 'bin'}{os.pathsep}{os.environ['PATH']}"}
    command = [str(tools()), "-B", "-X", "utf8", str(program)]
    said = subprocess.run(
        command, input=json.dumps(question), env=environment, capture_output=True, text=True, check=False
    )
    assert said.returncode == 0, said.stderr
    return json.loads(said.stdout)


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

    def run(self, *arguments: str, **environment: str) -> subprocess.CompletedProcess[str]:
        tools()
        return subprocess.run(
            [str(self.root / "generate.sh"), *arguments],
            env={**os.environ, "CODEGEN_VENV": str(VENV), **environment},
            cwd=self.root,
            capture_output=True,
            text=True,
            check=False,
            start_new_session=True,
        )

    def edit(self, old: str, new: str) -> None:
        text = self.spec.read_text()
        assert old in text
        self.spec.write_text(text.replace(old, new, 1))

    def git(self, *arguments: str) -> str:
        identity = ["-c", "user.name=test", "-c", "user.email=test@example.com", "-c", "init.defaultBranch=main"]
        command = ["git", "-C", str(self.root), *identity, *arguments]
        return subprocess.run(command, capture_output=True, text=True, check=True).stdout

    def commit(self, message: str) -> None:
        """Commit everything; there is a repository then."""
        self.git("init", "--quiet")
        self.git("add", "--all")
        self.git("commit", "--quiet", "--message", message)

    def tree(self) -> dict[str, bytes]:
        files = (path for path in self.root.rglob("*") if path.is_file() and "__pycache__" not in path.parts)
        return {path.relative_to(self.root).as_posix(): path.read_bytes() for path in files}
