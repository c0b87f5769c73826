#!/usr/bin/env bash
# report.sh [REV]: what changed since REV, and what generating changed, in build/report/ and in the summary of the run.
set -euo pipefail
cd "$(dirname "$0")/../.."
base=${1:-HEAD}
case $base in *[!0]*) ;; *) base=HEAD ;; esac # a new branch has no revision before it
base=$(git merge-base "$base" HEAD)            # what the other branch did meanwhile is not told here

mkdir -p build/report
./generate.sh --diff "$base" >build/report/report.md
git add --intent-to-add jimmy_ai_openapi_client
git diff --binary -- jimmy_ai_openapi_client >build/report/generated.patch
cat build/report/report.md
[ -z "${GITHUB_STEP_SUMMARY:-}" ] || cat build/report/report.md >>"$GITHUB_STEP_SUMMARY"
