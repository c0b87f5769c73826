#!/usr/bin/env bash
# Write jimmy_ai_openapi_client/ from openapi.yaml, or prove with --check that they agree. See --help.
# This part finds Python 3.11 or newer; codegen/tools.py makes the pinned tools ready; codegen/__main__.py does the work.
set -eu

root=$(CDPATH='' cd -- "$(dirname -- "${BASH_SOURCE[0]}")" && pwd -P)
unset PYTHONHOME PYTHONPATH PYTHONSTARTUP __PYVENV_LAUNCHER__

usable() {
    "$1" -E -s -c 'import sys; sys.exit(sys.version_info < (3, 11))' >/dev/null 2>&1
}

if [ -n "${PYTHON:-}" ]; then
    usable "$PYTHON" || { echo "generate.sh: PYTHON=$PYTHON is not Python 3.11 or newer" >&2; exit 1; }
    exec "$PYTHON" -E -s -B "$root/codegen/tools.py" "$@"
fi
for python in python3 python3.14 python3.13 python3.12 python3.11 python; do
    usable "$python" && exec "$python" -E -s -B "$root/codegen/tools.py" "$@"
done
echo "generate.sh: Python 3.11 or newer is needed; install it, or say where it is with PYTHON=..." >&2
exit 1
