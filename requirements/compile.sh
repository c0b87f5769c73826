#!/usr/bin/env bash
# Pin what pyproject.toml allows, with hashes and for every platform. Needs uv on PATH.
set -euo pipefail
cd "$(dirname "$0")/.."

pin() { # output, then arguments to uv
    local output=$1
    shift
    uv pip compile pyproject.toml --universal --python-version 3.11 --generate-hashes \
        --no-header --no-annotate --no-emit-index-url --quiet --output-file "requirements/$output" "$@"
}

pin runtime.txt --upgrade
pin mock.txt --upgrade --extra mock
pin cli.txt --upgrade --extra cli
pin dev.txt --upgrade --extra cli --group dev
pin mutants.txt --upgrade --extra cli --group mutants
# The lowest allowed httpx and attrs, everything else as in dev.txt.
grep -oE '^    "(httpx|attrs)>=[0-9.]+' pyproject.toml | sed -E 's/^    "([a-z]+)>=([0-9.]+)/\1==\2/' > requirements/.lowest
pin lowest.txt --extra cli --group test --constraints requirements/.lowest
rm requirements/.lowest
