#!/usr/bin/env bash
# watch.sh: where the vendor's pages and openapi.yaml part, in build/report/; says parted=true or false to the workflow.
set -euo pipefail
cd "$(dirname "$0")/../.."
mkdir -p build/report
status=0
# shellcheck disable=SC2086 # PAGES is a list
./generate.sh --watch ${PAGES:-} --exit-code >build/report/report.md || status=$?
case $status in
    0) parted=false ;;
    3) parted=true ;;
    *) exit "$status" ;;
esac
cat build/report/report.md
echo "parted=$parted" >>"${GITHUB_OUTPUT:-/dev/null}"
