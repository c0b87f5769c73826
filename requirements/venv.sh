#!/usr/bin/env bash
# venv.sh DIR FILE: a virtual environment at DIR with exactly what FILE pins; nothing to do if it is there already.
set -euo pipefail
dir=$1 file=$2

for python in "${PYTHON:-}" python3 python3.14 python3.13 python3.12 python3.11 python; do
    [ -n "$python" ] && "$python" -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null && break
    python=
done
[ -n "$python" ] || { echo "Python 3.11 or newer is needed; install it, or say where it is with PYTHON=..." >&2; exit 1; }

stamp="$("$python" -c 'import sys; print(sys.version, sys.prefix)') $(cksum <"$file")"
[ -f "$dir/.ready" ] && [ "$(cat "$dir/.ready")" = "$stamp" ] && exit 0

unset PYTHONHOME PYTHONPATH
export PIP_REQUIRE_VIRTUALENV=0 PIP_USER=0 PIP_DISABLE_PIP_VERSION_CHECK=1
echo "setting up $dir, once ..." >&2
rm -rf "$dir"
"$python" -m venv "$dir"
install() { "$dir/bin/python" -m pip install -qq --require-hashes -r "$file"; }
# A proxy variable that leads nowhere must not end the set-up where the network needs none.
install 2>/dev/null || (unset HTTP_PROXY HTTPS_PROXY ALL_PROXY http_proxy https_proxy all_proxy && install)
printf %s "$stamp" >"$dir/.ready"
