"""openclout influencers: who moves somebody."""

from collections.abc import Sequence
from dataclasses import asdict
from pathlib import Path

import click
from rich.table import Table

from openclout.cli.console import print_rows
from openclout.cli.reading import account_options, as_of_text, name_text, open_snapshot
from openclout.snapshot.influence import Influencer, influencers


@click.command("influencers")
@account_options
def command(handle: str, limit: int, form: str, person: bool, data: Path | None) -> None:
    """Show who moves HANDLE: upon whom it acts, and what share of its attention each has.

    Attention is log1p(acts) in the window; all shares add up to 100 %, those who may not be named
    together as one.
    """
    with open_snapshot(data) as snapshot:
        row = snapshot.find(handle, person)
        found = influencers(snapshot, row, limit)
        title = f"Who moves {name_text(row)}, {as_of_text(snapshot.facts)}"
    if not form:
        click.echo(title)
    if form or found:
        print_rows([asdict(one) for one in found], form, lambda: influencer_table(found))
    else:
        click.echo("  nobody: it is not known to have acted upon anybody in this window")


def influencer_table(found: Sequence[Influencer]) -> Table:
    """Draw who moves somebody."""
    table = Table(box=None, pad_edge=False)
    for name in ("attention", "account", "score", "acts", "last", "how"):
        table.add_column(
            name, justify="left" if name in ("account", "how") else "right", no_wrap=True
        )
    for one in found:
        score = "" if one.score is None else f"{one.score:.1f}"
        table.add_row(share_text(one.share), one.label, score, f"{one.acts:,}",
                      last_text(one.days_ago), ", ".join(one.kinds))  # fmt: skip
    return table


def share_text(share: float) -> str:
    """Write a share: `12.3 %`."""
    return f"{100 * share:.1f} %"


def last_text(days_ago: float) -> str:
    """Write when somebody acted last: `3.2 days ago`."""
    return f"{days_ago:.1f} days ago"
