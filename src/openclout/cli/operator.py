"""openclout operator: who may sit at the site's desk, and who may offer perks."""

from pathlib import Path

import click

from openclout.cli.console import data_option
from openclout.settings import read_site


@click.command("operator")
@click.argument("email")
@click.option("--organiser", is_flag=True, help="Only offers perks and keeps shortlists.")
@click.option("--revoke", is_flag=True, help="Take it away again.")
@click.option("--password", is_flag=True, help="Ask for a new password, to sign in with.")
@data_option
def command(email: str, organiser: bool, revoke: bool, password: bool, data: Path | None) -> None:
    """Let a member operate the site (its desk is at /desk/), or only organise.

    Who is not known by this e-mail yet is signed up.
    """
    from openclout.web.opening import prepare

    site = read_site(data)
    prepare(site)
    from openclout.web.members.roles import appoint, set_password

    member = appoint(email, organiser=organiser, revoke=revoke)
    if password:
        set_password(member, click.prompt("Password", hide_input=True, confirmation_prompt=True))
    role = "organiser" if organiser else "operator"
    click.echo(f"{member.email} is {'no' if revoke else 'an'} {role}{' any more' * revoke}.")
