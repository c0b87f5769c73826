#!/usr/bin/env bash
# issue.sh: one open issue tells where the vendor's pages and openapi.yaml part; it is closed when they agree again.
# Needs GH_TOKEN and PARTED.
set -euo pipefail
cd "$(dirname "$0")/../.."
title="The vendor's documentation and openapi.yaml part"
report=build/report/report.md

number=$(gh issue list --state open --search "\"$title\" in:title author:app/github-actions" --json number --jq '.[0].number // empty')
if [ "$PARTED" = true ]; then
    if [ -n "$number" ]; then
        gh issue edit "$number" --body-file "$report"
    else
        gh issue create --title "$title" --body-file "$report"
    fi
elif [ -n "$number" ]; then
    gh issue close "$number" --comment 'They agree again.'
fi
