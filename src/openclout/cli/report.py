"""openclout report: one self-contained page to look at."""

import click


@click.command("report")
def command() -> None: ...
