#!/usr/bin/env bash
# publish.sh TAG: the release on GitHub, with the changelog's words and the files that were published. Needs GH_TOKEN.
set -euo pipefail
cd "$(dirname "$0")/../.."
gh release create "$1" --verify-tag --title "$1" --notes-file build/report/notes.md dist/*
