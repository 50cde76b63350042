"""What is seen through a lens, as the verbs `score` and `explain` show it."""

from collections import Counter
from typing import Any

import click
from rich.table import Table

from openclout.cli.console import console
from openclout.lenses import Lens
from openclout.pipeline.looking import View
from openclout.signal import load_signals
from openclout.snapshot.reader import Snapshot
from openclout.vocabulary.period import Period
from openclout.warehouse.engine import Engine
from openclout.warehouse.output import lens_rows, make_lens_rows, make_people

Row = dict[str, Any]


def look_at_all(engine: Engine, period: Period, lens: Lens, limit: int) -> list[Row]:
    """Make a lens's rows of the period just scored, the scores beside them; give the highest."""
    make_people(engine, list(load_signals()), rounded=True)
    make_lens_rows(engine, lens.name, lens.values(engine, period))
    return lens_rows(engine, limit)


def lens_table(lens: Lens, rows: list[Row]) -> Table:
    """Draw a lens's rows."""
    table = Table(title=f"\n{lens.label}, {lens.unit}", title_justify="left", box=None,
                  pad_edge=False)  # fmt: skip
    columns = (lens.name, *lens.parts)
    for name in ("rank", "account", "on", *columns, "score"):
        table.add_column(
            name.replace("_", " "), justify="left" if name in ("account", "on") else "right"
        )
    for row in rows:
        numbers = (number_text(row[name]) for name in (*columns, "score"))
        table.add_row(str(row["rank"]), row["label"], row["network"], *numbers)
    return table


def number_text(number: float | None) -> str:
    """Write a number: whole ones without a point, others with one digit, none as a dash."""
    if number is None:
        return "-"
    return f"{number:,.0f}" if number == round(number) else f"{number:,.1f}"


def view_content(lens: Lens, row: Row, view: View, snapshot: Snapshot) -> dict[str, object]:
    """Give all that is known of an account by a lens, act by act, as JSON has it."""
    labels = snapshot.labels(list(view.others.values()))
    entries = [
        {
            "part": entry.part,
            "kind": entry.kind,
            "published": entry.published,
            "other": _other(entry.other, view, labels),
            "post": entry.post,
            "acts": entry.acts,
            "points_each": entry.points_each,
            "points": entry.points,
        }
        for entry in view.entries
    ]
    return {
        "account": {name: row[name] for name in ("network", "account", "handle", "score")},
        "as_of": snapshot.facts.as_of,
        "window_days": snapshot.facts.window.total_seconds() / 86400,
        "lens": lens.name,
        "value": view.value,
        "rank": view.rank,
        "ranked": view.ranked,
        "parts": view.parts,
        "formula": lens.formula,
        "source": lens.source,
        "ours": lens.ours,
        "ledger": entries,
    }


def _other(other: int | None, view: View, labels: dict[tuple[str, str], str]) -> str:
    if other is None:
        return "somebody without a name"
    return labels.get(view.others[other], "somebody not shown")


def print_view(lens: Lens, row: Row, view: View) -> None:
    """Print what an account's number by a lens is made of."""
    click.echo(
        f"{lens.label} {number_text(round(view.value, 1))} {lens.unit},"
        f" rank {view.rank:,} of {view.ranked:,} on {row['network']}"
    )
    for part, value in view.parts.items():
        click.echo(f"  {part.replace('_', ' '):<20}{number_text(round(value, 1)):>12}")
    if lens.ledger:
        console().print(_ledger(view))
    click.echo(f"\nFormula: {lens.formula}.")
    click.echo(f"Ours, where no source says it: {lens.ours}")


def _ledger(view: View) -> Table:
    """Draw the ledger: a line for all acts of a kind that bring alike, a total for each part."""
    acts: Counter[tuple[str, str, int]] = Counter()
    for entry in view.entries:
        acts[entry.part, entry.kind, entry.points_each] += entry.acts
    table = Table(title="\nLedger", title_justify="left", box=None, pad_edge=False)
    for name in ("for", "kind", "acts", "points each", "points"):
        table.add_column(name, justify="left" if name in ("for", "kind") else "right")
    for part in dict.fromkeys(part for part, _kind, _each in sorted(acts)):
        mine = {key: count for key, count in acts.items() if key[0] == part}
        for _part, kind, each in sorted(mine, key=lambda key: (-key[2] * mine[key], key)):
            count = mine[part, kind, each]
            table.add_row(part.replace("_", " "), kind, f"{count:,}", str(each),
                          f"{count * each:,}")  # fmt: skip
        total = sum(each * count for (_part, _kind, each), count in mine.items())
        table.add_row(part.replace("_", " "), "all", f"{sum(mine.values()):,}", "", f"{total:,}",
                      style="bold")  # fmt: skip
    return table
