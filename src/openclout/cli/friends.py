"""openclout friends: the people with whom acts go both ways, ranked by score."""

from collections.abc import Sequence
from pathlib import Path
from typing import Any

import click
from rich.table import Table

from openclout.cli.console import console, print_rows
from openclout.cli.reading import (
    account_options,
    as_of_text,
    band_text,
    json_row,
    name_text,
    open_snapshot,
    score_text,
)
from openclout.snapshot.influence import Friend, friends


@click.command("friends")
@account_options
def command(handle: str, limit: int, form: str, person: bool, data: Path | None) -> None:
    """Rank HANDLE among the people upon whom it acts and who act upon it, by score.

    Scores with too little evidence stand below and have no place. HANDLE's own row is always shown.
    """
    with open_snapshot(data) as snapshot:
        row = snapshot.find(handle, person)
        found = friends(snapshot, row)
        title = f"Friends of {name_text(row)}, {as_of_text(snapshot.facts)}"
    shown = [one for n, one in enumerate(found) if n < limit or one.own]
    if form:
        print_rows([friend_content(one) for one in shown], form, lambda: _table(shown))
        return
    click.echo(title)
    if len(found) > 1:
        console().print(_table(shown))
    click.echo(friends_text(found))


def friend_content(one: Friend) -> dict[str, Any]:
    """Give a friend's row as JSON has it."""
    return {"place": one.place, "own": one.own, "gave": one.gave, "got": one.got,
            **json_row(one.row)}  # fmt: skip


def _table(shown: Sequence[Friend]) -> Table:
    table = Table(box=None, pad_edge=False)
    for name in ("", "account", "score", "band", "acts there", "acts back"):
        table.add_column(name, justify="left" if name == "account" else "right", no_wrap=True)
    for one in shown:
        acts = ("", "") if one.own else (f"{one.gave:,}", f"{one.got:,}")
        table.add_row(str(one.place or ""), one.row["label"], score_text(one.row),
                      band_text(one.row), *acts, style="bold" if one.own else "")  # fmt: skip
    return table


def friends_text(found: Sequence[Friend]) -> str:
    """Say in a sentence where one stands among one's friends."""
    [own] = [one for one in found if one.own]
    others = len(found) - 1
    label = own.row["label"]
    if not others:
        return f"{label} has no friends here: with nobody did acts go both ways in this window."
    ranked = sum(one.place is not None for one in found)
    if own.place is None:
        return f"{label} has no place among {others:,} friends: too little evidence for a score."
    apart = others + 1 - ranked
    left = f"; {apart:,} more {'has' if apart == 1 else 'have'} no place" if apart else ""
    return f"{label} is number {own.place:,} of {ranked:,} among friends{left}."
