"""openclout serve: the site on the published snapshot."""

from pathlib import Path

import click

from openclout.cli.console import data_option
from openclout.settings import read_site


@click.command("serve")
@click.option("--address", default="127.0.0.1", show_default=True, help="Where to listen.")
@click.option("--port", default=8000, show_default=True, type=click.IntRange(1, 65535))
@click.option("--production", is_flag=True,
              help="For everybody: needs OPENCLOUT_SECRET and OPENCLOUT_ORIGIN.")  # fmt: skip
@data_option
def command(address: str, port: int, production: bool, data: Path | None) -> None:
    """Open the site: profiles, leaderboards, API. Ctrl-C ends it.

    It shows the snapshot that `score` published, and every new one as soon as it is published. Only
    people who claimed their page are named. OPENCLOUT_DATABASE=postgresql://... keeps the site's
    tables in PostgreSQL, else they lie in the data folder.
    """
    from openclout.web.opening import prepare, publish, serve

    site = read_site(data, production, port)
    prepare(site)
    click.echo("Publishing the snapshot ..." if publish(site) else "The snapshot is published.")
    click.echo(f"Open http://{'localhost' if address == '127.0.0.1' else address}:{port}")
    serve(site, address, port, workers=site.settings.threads)
