"""The data folder follows: the command line writes warehouse, rejects and snapshot anew.

The command is told no name: it applies the ledger as it stands. A folder that is in use is tried
again; the process beside the servers (opening.watch) sees to it.
"""

import logging
import subprocess
import sys
from contextlib import suppress
from datetime import timedelta

from django.db import connection
from django.db.models import F
from django.utils import timezone

from openclout.errors import NotFound
from openclout.web.erasure.models import Departure
from openclout.web.here import this_site
from openclout.web.published.load import load_current

_LONGEST = 3600  # seconds
_PAUSE = timedelta(seconds=20)  # between tries, times their number
log = logging.getLogger(__name__)


def finish_departures() -> bool:
    """Write the data folder anew if anybody left since; False where it has to be tried again."""
    due = list(Departure.objects.filter(finished=None).values_list("pk", "added", "tries"))
    now = timezone.now()
    if not any(now >= added + tries * _PAUSE for _pk, added, tries in due):
        return not due
    keys = [key for key, _added, _tries in due]
    if _apply():
        _publish_again()
        _wipe()
        Departure.objects.filter(pk__in=keys).update(finished=timezone.now())
        return True
    Departure.objects.filter(pk__in=keys).update(tries=F("tries") + 1)
    return False


def _apply() -> bool:
    data = this_site().settings.data
    command = [sys.executable, "-m", "openclout", "optout", "apply", "--data", str(data)]
    done = subprocess.run(command, capture_output=True, text=True, check=False, timeout=_LONGEST)  # noqa: S603 - our own
    if done.returncode:
        log.error("opt-outs are not applied to the data folder yet: %s", done.stderr.strip()[-500:])
    return done.returncode == 0


def _publish_again() -> None:
    """Load the snapshot that was written anew, so that no table holds what the old one held."""
    with suppress(NotFound):  # nothing was ever scored
        load_current(this_site().settings)


def _wipe() -> None:
    """Let the database give up the pages in which deleted rows still stand."""
    with connection.cursor() as cursor:
        cursor.execute("vacuum")
        if connection.vendor == "sqlite":
            cursor.execute("pragma wal_checkpoint(truncate)")
