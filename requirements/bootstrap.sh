#!/bin/sh
# Make .venv with uv in it. Debian's python3 may come without venv and pip: as root they are
# installed, else it is said which command does it.
set -eu
python=$1 venv=$2 version=$3

if ! command -v "$python" >/dev/null 2>&1; then
    echo "There is no $python. Install Python 3.11 or newer, or say: make PYTHON=/path/to/python3" >&2
    exit 1
fi
"$python" - <<'PY' || exit 1
import sys
if sys.version_info < (3, 11):
    sys.exit(f"Python {sys.version.split()[0]} is too old: OpenClout needs 3.11 or newer. "
             "Say which to use: make PYTHON=/path/to/python3.11")
PY
if ! "$python" -c 'import ensurepip, venv' >/dev/null 2>&1; then
    if [ "$(id -u)" = 0 ] && command -v apt-get >/dev/null 2>&1; then
        echo "Installing python3-venv"
        apt-get update -qq >/dev/null
        DEBIAN_FRONTEND=noninteractive apt-get install -y -qq python3-venv >/dev/null
    else
        echo "Python's venv module is missing. Install it: sudo apt-get install python3-venv" >&2
        exit 1
    fi
fi
"$python" -m venv "$venv"
"$venv/bin/pip" install -q --disable-pip-version-check --require-hashes -r requirements/uv.lock
