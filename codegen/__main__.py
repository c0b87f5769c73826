"""The order of a run: read, judge, lint, generate, import, compare, swap. Started by tools.py."""

import sys
from pathlib import Path
from tempfile import TemporaryDirectory

from codegen import generator, lint, spec
from codegen.compare import Difference, compare
from codegen.refused import RefusedError
from codegen.swap import recover, swap
from codegen.tools import ROOT, arguments, locked, stop_cleanly

PACKAGE = ROOT / generator.PACKAGE


def fresh(source: bytes) -> generator.Files:
    """What the package must hold, made of this spec alone."""
    document = spec.load(source)
    if problems := spec.problems(document):
        raise RefusedError("openapi.yaml is not a valid OpenAPI document", problems)
    if findings := lint.findings(document):
        raise RefusedError("openapi.yaml says what the generator cannot do right", [str(each) for each in findings])
    with TemporaryDirectory(prefix="codegen-", ignore_cleanup_errors=True) as scratch:
        files = generator.generate(source, Path(scratch).resolve())
    generator.complete(document, files)
    return files


def check(files: generator.Files) -> None:
    difference = compare(PACKAGE, files)
    if difference:
        raise RefusedError(
            f"{PACKAGE.name}/ and openapi.yaml do not agree; run ./generate.sh",
            [
                *(f"missing  {name}" for name in difference.missing),
                *(f"changed  {name}" for name in difference.changed),
                *(f"extra    {name}" for name in difference.stale),
                *(f"extra    {name} (not generated: move it into sdk/)" for name in difference.stray),
            ],
        )
    print(f"{PACKAGE.name}/ agrees with openapi.yaml ({len(files)} files)")


def write(files: generator.Files) -> None:
    with locked(ROOT):
        if recover(PACKAGE):
            print("an earlier run was killed half-way: its changes were undone first")
        difference = compare(PACKAGE, files)
        if difference.stray:
            raise RefusedError(
                f"not generated, but not in {PACKAGE.name}/sdk/ either: move it into sdk/", difference.stray
            )
        if difference:
            swap(PACKAGE, files, difference)
    print("openapi.yaml: {} operations, {} models".format(*generator.inventory(files)))
    print(f"{PACKAGE.name}/: {_said(difference)}")


def _said(difference: Difference) -> str:
    if not difference:
        return "up to date, nothing written"
    counts = {"added": difference.missing, "changed": difference.changed, "removed": difference.stale}
    lines = [f"  {word:8} {name}" for word, names in counts.items() for name in names]
    return "\n".join([", ".join(f"{len(names)} {word}" for word, names in counts.items()), *lines])


def main() -> int:
    stop_cleanly()
    only_check = arguments(sys.argv[1:]).check
    try:
        files = fresh((ROOT / "openapi.yaml").read_bytes())
        (check if only_check else write)(files)
    except RefusedError as refusal:
        print(f"generate.sh: {refusal}", file=sys.stderr)
    except OSError as error:
        print(f"generate.sh: {error}", file=sys.stderr)
    except RecursionError:
        print("generate.sh: openapi.yaml is nested too deeply, or an alias contains itself", file=sys.stderr)
    else:
        return 0
    if not only_check:
        print(f"{PACKAGE.name}/ is as it was", file=sys.stderr)
    return 1


if __name__ == "__main__":
    sys.exit(main())
