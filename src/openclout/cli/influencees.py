"""openclout influencees: whom somebody moves."""

from collections.abc import Sequence
from dataclasses import asdict
from pathlib import Path

import click
from rich.table import Table

from openclout.cli.console import print_rows
from openclout.cli.influencers import last_text, share_text
from openclout.cli.reading import account_options, as_of_text, name_text, open_snapshot
from openclout.snapshot.influence import Engager, influencees


@click.command("influencees")
@account_options
def command(handle: str, limit: int, form: str, person: bool, data: Path | None) -> None:
    """Show whom HANDLE moves: who acts upon it, and what share of its points each brought.

    The shares are of the points that can be told person by person, and add up to 100 %; points for
    days and posts cannot. Attention is the share of the other's own attention that HANDLE has.
    """
    with open_snapshot(data) as snapshot:
        row = snapshot.find(handle, person)
        found = influencees(snapshot, row, limit)
        title = f"Whom {name_text(row)} moves, {as_of_text(snapshot.facts)}"
    if not form:
        click.echo(title)
    print_rows([asdict(one) for one in found], form, lambda: influencee_table(found))


def influencee_table(found: Sequence[Engager]) -> Table:
    """Draw whom somebody moves."""
    table = Table(box=None, pad_edge=False)
    for name in ("share", "points", "person", "acts", "last", "of their attention"):
        table.add_column(name, justify="left" if name == "person" else "right", no_wrap=True)
    for one in found:
        acts = f"{one.acts:,}" if one.acts else ""
        attention = "" if one.attention is None else share_text(one.attention)
        table.add_row(share_text(one.share), f"{one.points:.2f}", one.label, acts,
                      last_text(one.days_ago), attention)  # fmt: skip
    return table
