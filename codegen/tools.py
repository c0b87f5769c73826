"""Make the pinned tools ready, then hand over to them. Runs on any Python 3.11 or newer, with nothing installed."""

import argparse
import fcntl
import hashlib
import os
import shutil
import signal
import subprocess
import sys
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from types import FrameType
from typing import NoReturn

ROOT = Path(__file__).resolve().parent.parent
VENV = ROOT / ".venv-codegen"
REQUIREMENTS = ROOT / "codegen" / "requirements.txt"
USAGE = """\
generate.sh [--check]
       generate.sh --diff [REV | REV..REV | FILE] [--format markdown|json] [--exit-code]
       generate.sh --merge PAGE... [--operation-id NAME]
       generate.sh --watch [PAGE...] [--format markdown|json] [--exit-code]"""
EPILOG = """\
Output depends on openapi.yaml and codegen/ alone. Whatever goes wrong, the package stays as it was.
The tools are installed once, as codegen/requirements.txt pins them, in .venv-codegen/.

exit status:
  0  done; for --check: they agree; for --diff and --watch: the report was made, whatever it says
  1  refused, or for --check: they do not agree; the reason is on standard error
  2  wrong arguments
  3  with --exit-code: --diff found what breaks callers, --watch any difference

revisions:
  a commit, branch or tag that this clone has, such as HEAD~1; git log --oneline openapi.yaml lists those that count

environment:
  PYTHON          the Python 3.11 or newer to use; otherwise the first one found
  CODEGEN_VENV    where the tools are kept, instead of .venv-codegen/
"""
# Where packages come from is the caller's business; where and how they are installed is not.
PIP_SOURCES = (
    *("CONFIG_FILE", "INDEX_URL", "EXTRA_INDEX_URL", "NO_INDEX", "FIND_LINKS", "TRUSTED_HOST", "CERT", "CLIENT_CERT"),
    *("PROXY", "TIMEOUT", "DEFAULT_TIMEOUT", "RETRIES", "CACHE_DIR", "NO_CACHE_DIR", "KEYRING_PROVIDER"),
)
PROXIES = {"HTTP_PROXY", "HTTPS_PROXY", "ALL_PROXY", "PIP_PROXY"}


def arguments(argv: list[str]) -> argparse.Namespace:
    parser = argparse.ArgumentParser(
        prog="generate.sh",
        usage=USAGE,
        description="Write the generated part of jimmy_ai_openapi_client/ from openapi.yaml.",
        epilog=EPILOG,
        formatter_class=argparse.RawDescriptionHelpFormatter,
        allow_abbrev=False,
    )
    modes = parser.add_mutually_exclusive_group()
    modes.add_argument("--check", action="store_true", help="write nothing; name every file that differs and exit 1")
    says = "report what changed since REV (HEAD if left out), on the wire and in Python, and the version it calls for"
    modes.add_argument("--diff", metavar="REV", nargs="?", const="HEAD", help=says)
    says = "add what documentation pages (Markdown files or https URLs) describe to openapi.yaml"
    modes.add_argument("--merge", metavar="PAGE", nargs="+", help=says)
    says = "report where the vendor's pages (those of codegen/pages.txt if none are given) and openapi.yaml part"
    modes.add_argument("--watch", metavar="PAGE", nargs="*", help=says)
    parser.add_argument("--format", choices=["markdown", "json"], help="of the report; markdown if left out")
    parser.add_argument("--exit-code", action="store_true", help="let the exit status tell what the report says")
    parser.add_argument("--operation-id", metavar="NAME", help="for the one operation of a page that gives none")
    options = parser.parse_args(argv)
    if (options.format or options.exit_code) and options.diff is None and options.watch is None:
        parser.error("--format and --exit-code go with --diff or --watch")
    if options.operation_id and not options.merge:
        parser.error("--operation-id goes with --merge")
    return options


def clean(environment: Mapping[str, str]) -> dict[str, str]:
    """The caller's environment without what would change the tools or their output."""
    dropped = ("PYTHON", "RUFF_", "PIP_", "VIRTUAL_ENV", "__PYVENV_LAUNCHER__")
    kept = {name: value for name, value in environment.items() if not name.startswith(dropped)}
    sources = {name: environment[name] for part in PIP_SOURCES if (name := f"PIP_{part}") in environment}
    return {**kept, **sources, "PIP_USER": "0", "PIP_REQUIRE_VIRTUALENV": "0"}


@contextmanager
def locked(directory: Path) -> Iterator[int]:
    """One run at a time. The lock is on the directory itself, so nothing is left behind.

    A child that inherits the descriptor holds the lock too, should it outlive a killed run.
    """
    descriptor = os.open(directory, os.O_RDONLY)
    try:
        fcntl.flock(descriptor, fcntl.LOCK_EX)
        yield descriptor
    finally:
        os.close(descriptor)


def stop_cleanly() -> None:
    """Let a signal end the run as an exception does: children ended, temporary files removed."""

    def stop(number: int, _: FrameType | None) -> NoReturn:
        print(f"generate.sh: stopped by {signal.Signals(number).name}", file=sys.stderr)
        raise SystemExit(128 + number)

    for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
        signal.signal(number, stop)


def ready(venv: Path, environment: Mapping[str, str]) -> Path:
    """The Python of a tool environment that holds exactly what is pinned; made anew unless it was completed before."""
    python, stamp = venv / "bin" / "python", venv / "pins"
    content = (
        f"{hashlib.sha256(REQUIREMENTS.read_bytes()).hexdigest()} {sys.version_info.major}.{sys.version_info.minor}"
    )
    with locked(REQUIREMENTS.parent) as lock:
        if python.exists() and stamp.is_file() and stamp.read_text() == content:
            return python
        if venv != VENV and not stamp.is_file() and venv.exists() and any(venv.iterdir()):
            raise SystemExit(f"generate.sh: {venv} is something else than its tool environment; it is left alone")
        print(f"generate.sh: installing the pinned tools in {venv} ...", file=sys.stderr)
        if venv.exists():
            shutil.rmtree(venv)
        venv.mkdir(parents=True)
        stamp.touch()  # ours, and not complete
        _run(lock, [sys.executable, "-E", "-s", "-m", "venv", str(venv)], environment)
        pip = [str(python), "-I", "-m", "pip", "--disable-pip-version-check", "--no-input", "install", "--quiet"]
        install = [*pip, "--require-hashes", "--only-binary", ":all:", "-r", str(REQUIREMENTS)]
        direct = {name: value for name, value in environment.items() if name.upper() not in PROXIES}
        _run(lock, install, *([environment] if direct == environment else [environment, direct]))
        stamp.write_text(content)
    return python


def _run(lock: int, command: list[str], *environments: Mapping[str, str]) -> None:
    """In the first environment where it works: a proxy that leads nowhere must not matter where none is needed."""
    for environment in environments:
        with subprocess.Popen(
            command,
            env=environment,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            pass_fds=[lock],
            process_group=0,
        ) as process:
            try:
                said, _ = process.communicate()
            except BaseException:
                os.killpg(process.pid, signal.SIGKILL)  # with the children it started
                raise
        if process.returncode == 0:
            return
    lines = "\n".join(f"  {line}" for line in said.splitlines()[-12:])
    raise SystemExit(f"generate.sh: the pinned tools could not be installed\n{lines}")


def here(name: str) -> Path:
    """A file that the caller names, from where the caller stands."""
    return Path(os.environ.get("CODEGEN_FROM", ROOT), name)


def _standing() -> str:
    try:
        return str(Path.cwd())
    except FileNotFoundError:
        return str(ROOT)


def main() -> None:
    arguments(sys.argv[1:])
    stop_cleanly()
    environment = clean(os.environ)
    venv = Path(os.environ.get("CODEGEN_VENV") or VENV).absolute()
    try:
        python = ready(venv, environment)
    except OSError as error:
        raise SystemExit(f"generate.sh: the pinned tools could not be installed\n  {error}") from error
    environment["PATH"] = os.pathsep.join([str(python.parent), environment.get("PATH", os.defpath)])
    environment["CODEGEN_FROM"] = _standing()
    os.chdir(ROOT)
    os.execve(python, [str(python), "-E", "-s", "-B", "-X", "utf8", "-m", "codegen", *sys.argv[1:]], environment)


if __name__ == "__main__":
    main()
