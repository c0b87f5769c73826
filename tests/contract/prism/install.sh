#!/usr/bin/env bash
# Install Prism, the second judge, as pinned, where Node 20 and npm are present; without them its tests are skipped, or,
# where JUDGES is "required", this fails.
set -euo pipefail
cd "$(dirname "$0")"

without() {
    echo "$1" >&2
    if [ "${JUDGES:-}" = required ]; then exit 1; else exit 0; fi
}

node -e 'process.exit(parseInt(process.versions.node) < 20 ? 1 : 0)' 2>/dev/null && command -v npm >/dev/null ||
    without "no Node 20 with npm here, which Prism needs"
stamp="$(node --version) $(cksum <package-lock.json)"
[ -f node_modules/.ready ] && [ "$(cat node_modules/.ready)" = "$stamp" ] && exit 0
echo "installing Prism, once ..." >&2
if npm ci --no-audit --no-fund --ignore-scripts --loglevel=error >&2; then
    printf %s "$stamp" >node_modules/.ready
else
    rm -rf node_modules
    without "Prism cannot be installed"
fi
