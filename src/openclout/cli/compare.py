"""openclout compare: accounts side by side."""

from dataclasses import asdict
from pathlib import Path
from typing import Any

import click
from rich.table import Table

from openclout.cli.console import console, data_option, form_options, print_csv, print_json
from openclout.cli.reading import (
    as_of_text,
    band_text,
    json_row,
    open_snapshot,
    percentile_text,
    person_option,
    score_text,
)
from openclout.snapshot.comparison import Comparison, compare


@click.command("compare")
@click.argument("handles", nargs=-1, required=True)
@form_options
@person_option
@data_option
def command(handles: tuple[str, ...], form: str, person: bool, data: Path | None) -> None:
    """Set accounts side by side, two or more: what differs, and does it mean anything?

    What differs most stands on top. Of those that follow each other by score, and of the first and
    the last, a sentence says what makes the difference, and how likely the next window shows it.
    """
    with open_snapshot(data) as snapshot:
        found = compare(snapshot, handles, person)
        title = f"Side by side, {as_of_text(snapshot.facts)}"
    if form == "json":
        print_json(_content(found))
    elif form == "csv":
        print_csv(_points(found))
    else:
        click.echo(title)
        console().print(_table(found))
        for sentence in found.sentences():
            click.echo(sentence)


def _content(found: Comparison) -> dict[str, Any]:
    steps = [
        {**asdict(step), "higher": found.names[step.higher], "lower": found.names[step.lower],
         "sentence": sentence}
        for step, sentence in zip(found.steps, found.sentences(), strict=True)
    ]  # fmt: skip
    compared = [{"name": name, **json_row(row)}
                for name, row in zip(found.names, found.rows, strict=True)]  # fmt: skip
    return {"compared": compared, "points": _points(found), "steps": steps}


def _points(found: Comparison) -> list[dict[str, Any]]:
    """Give a row for the score and for every signal: the points of each account."""
    scores = [row["score"] for row in found.rows]
    rows = [("score", max(scores) - min(scores), scores)]
    rows += [(one.label, one.spread, list(one.points)) for one in found.differences]
    return [
        {"what": what, "spread": round(spread, 2),
         **{name: round(value, 2) for name, value in zip(found.names, values, strict=True)}}
        for what, spread, values in rows
    ]  # fmt: skip


def _table(found: Comparison) -> Table:
    table = Table(box=None, pad_edge=False)
    table.add_column("points for")
    for name in (*found.names, "apart by"):
        table.add_column(name, justify="right")
    for name, write in (("score", score_text), ("band", band_text), ("", percentile_text)):
        table.add_row(name, *(write(row) for row in found.rows), style="bold" if name else "")
    for one in found.differences:
        if max(one.points) > 0:
            label = one.label if one.signal else "where the curve starts"
            table.add_row(label, *(f"{value:.1f}" for value in one.points), f"{one.spread:.1f}")
    return table
