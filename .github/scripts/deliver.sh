#!/usr/bin/env bash
# deliver.sh: commit what was generated to the branch of a pull request, or open one, and post the report there.
# Nothing of the pull request is executed: TREE is its working tree, and this script is not from there.
# Needs BRANCH, GH_TOKEN and, for a pull request, NUMBER.
set -euo pipefail
cd "${TREE:-$(dirname "$0")/../..}"
report=build/report/report.md patch=build/report/generated.patch

if [ -s "$patch" ]; then
    git apply --index --exclude='jimmy_ai_openapi_client/sdk/*' --include='jimmy_ai_openapi_client/*' "$patch"
    git -c user.name='github-actions[bot]' -c user.email='41898282+github-actions[bot]@users.noreply.github.com' \
        commit --quiet --message 'Regenerate the client' --message 'By ./generate.sh, from openapi.yaml.'
    gh auth setup-git
    if [ -n "${NUMBER:-}" ]; then
        git push origin "HEAD:refs/heads/$BRANCH"
    else
        git push --force origin "HEAD:refs/heads/regenerate/$BRANCH"
        if [ -z "$(gh pr list --head "regenerate/$BRANCH" --json number --jq '.[].number')" ]; then
            gh pr create --base "$BRANCH" --head "regenerate/$BRANCH" --title 'Regenerate the client' --body-file "$report"
        fi
    fi
fi
[ -z "${NUMBER:-}" ] || gh pr comment "$NUMBER" --edit-last --create-if-none --body-file "$report"
