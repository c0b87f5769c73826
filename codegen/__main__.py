"""The order of a run: read, judge, lint, generate, import, compare, swap. Started by tools.py."""

import sys
from argparse import Namespace
from collections.abc import Callable

from codegen import generator
from codegen.compare import Difference, compare
from codegen.fresh import fresh
from codegen.refused import RefusedError
from codegen.swap import recover, swap
from codegen.tools import ROOT, arguments, locked, stop_cleanly

PACKAGE = ROOT / generator.PACKAGE


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


def generate(options: Namespace) -> int:
    files = fresh((ROOT / "openapi.yaml").read_bytes())
    (check if options.check else write)(files)
    return 0


def command(options: Namespace) -> Callable[[Namespace], int]:
    """What was asked for. The rarer ones are loaded only then."""
    if options.diff is not None or options.watch is not None:
        from codegen import reports  # noqa: PLC0415

        return reports.run_diff if options.diff is not None else reports.run_watch
    if options.merge:
        from codegen import merge  # noqa: PLC0415

        return merge.run
    return generate


def main() -> int:
    stop_cleanly()
    options = arguments(sys.argv[1:])
    run = command(options)
    try:
        return run(options)
    except (RefusedError, OSError) as error:
        print(f"generate.sh: {error}", file=sys.stderr)
    except RecursionError:
        print("generate.sh: openapi.yaml is nested too deeply, or an alias contains itself", file=sys.stderr)
    if run is generate and not options.check:
        print(f"{PACKAGE.name}/ is as it was", file=sys.stderr)
    return 1


if __name__ == "__main__":
    sys.exit(main())
