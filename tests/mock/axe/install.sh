#!/usr/bin/env bash
# Install axe-core, which judges the accessibility of the mock's page, where npm is present; else its test is skipped.
set -euo pipefail
cd "$(dirname "$0")"

command -v npm >/dev/null || exit 0
cmp -s package-lock.json node_modules/.ready && exit 0
echo "installing axe-core, once ..." >&2
if npm ci --no-audit --no-fund --ignore-scripts --loglevel=error >&2; then
    cp package-lock.json node_modules/.ready
else
    rm -rf node_modules
    echo "axe-core cannot be installed; its test is skipped" >&2
fi
