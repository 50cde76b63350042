#!/bin/sh
# What Python's packages cannot bring: Chromium, Java 17 or newer for Spark, PostgreSQL's server.
# sh requirements/system.sh chromium java postgresql: as root they are installed, else it is said how.
set -eu
found() { command -v "$1" >/dev/null 2>&1; }

missing=""
for wanted in "$@"; do
    case $wanted in
        chromium) found chromium || found chromium-browser || found google-chrome || missing="$missing chromium" ;;
        # Debian's default is 17 or newer since its release 12; on macOS `java` is there without one.
        java) java -version >/dev/null 2>&1 || missing="$missing default-jre-headless" ;;
        postgresql) found initdb || ls /usr/lib/postgresql/*/bin/initdb >/dev/null 2>&1 || missing="$missing postgresql" ;;
        *) echo "system.sh knows chromium, java and postgresql, not \"$wanted\"" >&2; exit 2 ;;
    esac
done
[ -z "$missing" ] && exit 0
if [ "$(id -u)" = 0 ] && found apt-get; then
    echo "Installing$missing"
    apt-get update -qq >/dev/null
    # shellcheck disable=SC2086 # several names
    DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends $missing >/dev/null
else
    echo "Not installed, and needed:$missing. On Debian: sudo apt-get install$missing"
    echo "The tests that need it are skipped, unless CI=true."
fi
