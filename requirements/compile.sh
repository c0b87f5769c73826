#!/usr/bin/env bash
# Pin what pyproject.toml allows, with hashes and for every platform. Needs uv on PATH.
set -euo pipefail
cd "$(dirname "$0")/.."

pin() { # output, then arguments to uv
    local output=$1
    shift
    uv pip compile "$@" --universal --python-version 3.11 --generate-hashes \
        --no-header --no-annotate --no-emit-index-url --quiet --output-file "requirements/$output"
}

pin runtime.txt pyproject.toml --upgrade
pin mock.txt pyproject.toml --upgrade --extra mock
pin cli.txt pyproject.toml --upgrade --extra cli
pin dev.txt pyproject.toml --upgrade --extra cli --group dev
pin docs.txt pyproject.toml --upgrade --extra cli --group docs
pin dist.txt --upgrade --group dist
pin mutants.txt pyproject.toml --upgrade --extra cli --group mutants
# The lowest allowed httpx and attrs, everything else as in dev.txt.
grep -oE '^    "(httpx|attrs)>=[0-9.]+' pyproject.toml | sed -E 's/^    "([a-z]+)>=([0-9.]+)/\1==\2/' > requirements/.lowest
pin lowest.txt pyproject.toml --extra cli --group test --constraints requirements/.lowest
rm requirements/.lowest
