#!/usr/bin/env bash
# Install axe-core, which judges the accessibility of the mock's page, where npm is present; else its test is skipped, or,
# where JUDGES is "required", this fails.
set -euo pipefail
cd "$(dirname "$0")"

without() {
    echo "$1" >&2
    if [ "${JUDGES:-}" = required ]; then exit 1; else exit 0; fi
}

command -v npm >/dev/null || without "no npm here, which axe-core needs"
cmp -s package-lock.json node_modules/.ready && exit 0
echo "installing axe-core, once ..." >&2
if npm ci --no-audit --no-fund --ignore-scripts --loglevel=error >&2; then
    cp package-lock.json node_modules/.ready
else
    rm -rf node_modules
    without "axe-core cannot be installed"
fi
