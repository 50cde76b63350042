"""Opening a site: Django set up with our settings, its tables and files made, then served."""

from collections.abc import Callable
from functools import partial
from typing import Any

import django
from django.conf import settings as django_conf

from openclout.settings import Site
from openclout.web.configuration import django_settings
from openclout.web.here import settle


def open_site(site: Site) -> None:
    """Set Django up for this process, once; a second site in one process is refused."""
    if settle(site):
        django_conf.configure(**django_settings(site))
        django.setup()


def prepare(site: Site) -> None:
    """Make what the site stands on: translations, tables of its own, static files."""
    from django.core.management import call_command

    from openclout.web.frame.palette import write_assets
    from openclout.web.language import compile_languages, compiled_folder

    compile_languages(compiled_folder(site.settings.data))
    write_assets(site.settings.data / "site" / "assets")
    open_site(site)
    from openclout.web.published.load import ensure_tables

    call_command("migrate", verbosity=0, interactive=False)
    call_command("createcachetable", verbosity=0)
    ensure_tables()
    if not site.debug:
        call_command("collectstatic", verbosity=0, interactive=False)


def publish(site: Site) -> bool:
    """Load the current snapshot into the site; False where it is there already."""
    open_site(site)
    from django.db import connections

    from openclout.web.published.load import load_current

    try:
        return load_current(site.settings)
    finally:
        connections.close_all()  # the servers are forked from here: each opens its own


def follow_members(site: Site) -> None:
    """Have the data folder written anew where somebody left; send the digests that are due."""
    open_site(site)
    from django.db import connections
    from django.utils import timezone

    from openclout.web.digest.sending import send_due
    from openclout.web.erasure.run import finish_departures

    try:
        finish_departures()
        send_due(timezone.now())
    finally:
        connections.close_all()


def application(site: Site, _target: str = "") -> Any:
    """Give the WSGI application of a site, in the process that is to serve it."""
    from django.core.wsgi import get_wsgi_application

    open_site(site)
    return get_wsgi_application()


def tell(site: Site) -> None:
    """Have webhooks told of what was published, and deliver what is due."""
    open_site(site)
    from datetime import UTC, datetime

    from django.db import connections

    from openclout.web.webhooks.announcing import announce
    from openclout.web.webhooks.delivering import deliver

    try:
        announce(datetime.now(UTC))
        deliver(datetime.now(UTC))
    finally:
        connections.close_all()


def run_next(site: Site) -> bool:
    """Queue the run of the day, and do the next run that is queued; False where there is none."""
    open_site(site)
    from datetime import UTC, datetime

    from django.db import connections

    from openclout.web.desk.running import execute, queue_daily, take

    try:
        queue_daily(datetime.now(UTC))
        run = take(datetime.now(UTC))
        if run is not None:
            execute(run, site.settings.data)
        return run is not None
    finally:
        connections.close_all()


def work(site: Site, seconds: float = 3.0) -> None:
    """Do what the operator queues, one run after another; runs until it is ended."""
    import signal
    import sys

    signal.signal(signal.SIGTERM, lambda *_what: sys.exit(0))  # a run is ended with its worker
    _repeat(site, (run_next,), seconds)


def watch(site: Site, seconds: float = 3.0) -> None:
    """Load every snapshot that is published, tell of it, see to members' wishes; no end."""
    _repeat(site, (follow_members, publish, tell), seconds)


def _repeat(site: Site, duties: tuple[Callable[[Site], object], ...], seconds: float) -> None:
    import logging
    import time

    while True:
        for duty in duties:
            try:
                duty(site)
            except Exception:  # the next try may find the snapshot whole, the database free
                logging.getLogger(__name__).exception("%s failed", duty.__name__)
        time.sleep(seconds)


def serve(site: Site, address: str, port: int, workers: int) -> None:
    """Serve until interrupted; beside the servers one process loads what is published, one runs."""
    import multiprocessing

    from granian import Granian
    from granian.constants import Interfaces
    from granian.log import LogLevels

    spawn = multiprocessing.get_context("spawn")
    beside = [spawn.Process(target=duty, args=(site,), daemon=True) for duty in (watch, work)]
    for process in beside:
        process.start()
    server = Granian(
        "openclout",
        address=address,
        port=port,
        interface=Interfaces.WSGI,
        workers=workers,
        blocking_threads=2,
        log_level=LogLevels.warning,
    )
    try:
        server.serve(target_loader=partial(application, site), wrap_loader=False)
    finally:
        for process in beside:
            process.terminate()
