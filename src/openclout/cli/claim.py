"""openclout claim: the operator says that accounts belong to a member, with proof seen."""

from pathlib import Path

import click

from openclout.cli.console import data_option
from openclout.cli.reading import open_snapshot
from openclout.settings import read_site


@click.command("claim")
@click.argument("email")
@click.argument("accounts", nargs=-1, required=True)
@click.option("--proof", default="", help="The address where the proof was seen.")
@data_option
def command(email: str, accounts: tuple[str, ...], proof: str, data: Path | None) -> None:
    """Claim accounts for a member by e-mail, who is signed up where not known yet.

    From then on their page is public on this site. The member can hide it again.
    """
    from openclout.web.opening import prepare

    site = read_site(data)
    with open_snapshot(data) as snapshot:
        rows = [snapshot.find(account) for account in accounts]
    prepare(site)
    from openclout.web.claims.granting import grant

    for row in rows:
        name = row["handle"] or row["label"]
        found = grant(email, row["network"], row["account"], name, proof)
        click.echo(f"{row['network']}:{row['label']} is claimed: {site.origin}/@{found.slug}")
