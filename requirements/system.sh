#!/bin/sh
# What tests need beyond Python: Chromium. As root it is installed, else it is said how.
set -eu
found() { command -v "$1" >/dev/null 2>&1; }

missing=""
found chromium || found chromium-browser || found google-chrome || missing="$missing chromium"
[ -z "$missing" ] && exit 0
if [ "$(id -u)" = 0 ] && found apt-get; then
    echo "Installing$missing"
    apt-get update -qq >/dev/null
    # shellcheck disable=SC2086 # several names
    DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends $missing >/dev/null
else
    echo "Not installed, and needed by some tests:$missing. On Debian: sudo apt-get install$missing"
    echo "The tests that need it are skipped, unless CI=true."
fi
