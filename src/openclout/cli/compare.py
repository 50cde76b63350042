"""openclout compare: accounts side by side."""

from pathlib import Path
from typing import Any

import click
from rich.table import Table

from openclout.cli.console import data_option, form_options, print_rows
from openclout.cli.reading import (
    as_of_text,
    band_text,
    open_snapshot,
    percentile_text,
    person_option,
    score_text,
)
from openclout.errors import InputError
from openclout.scoring.explain import Explanation
from openclout.snapshot.reader import Snapshot


@click.command("compare")
@click.argument("handles", nargs=-1, required=True)
@form_options
@person_option
@data_option
def command(handles: tuple[str, ...], form: str, person: bool, data: Path | None) -> None:
    """Set accounts side by side, signal by signal, and say whether a difference means anything."""
    if len(handles) < 2:
        raise InputError("one account has nothing to be compared with", fix="compare ANN BOB")
    with open_snapshot(data) as snapshot:
        people = [_found(snapshot, handle, person) for handle in handles]
        explained = [snapshot.explain(row) for row in people]
        title = f"Side by side, {as_of_text(snapshot.facts)}"
    rows = _rows(people, explained)
    print_rows(rows, form, lambda: _table(title, people, rows))
    if not form:
        click.echo(_verdict(people))


def _rows(people: list[dict[str, Any]], explained: list[Explanation]) -> list[dict[str, Any]]:
    """Give one row per counted signal: the value and the points of each account."""
    names = {part.signal.name: part.signal for found in explained for part in found.contributions}
    by_name = [_points(found) for found in explained]
    rows: list[dict[str, Any]] = [
        {"what": "score", **{row["label"]: round(row["score"], 1) for row in people}},
        {"what": "base", **{row["label"]: round(found.base, 2)
                            for row, found in zip(people, explained, strict=True)}},
    ]  # fmt: skip
    for name, signal in names.items():
        row: dict[str, Any] = {"what": signal.label}
        for person, parts in zip(people, by_name, strict=True):
            row[person["label"]] = round(parts.get(name, 0.0), 2)
        rows.append(row)
    return rows


def _points(explained: Explanation) -> dict[str, float]:
    """Give the points of each signal, those of a person's accounts together."""
    points: dict[str, float] = {}
    for part in explained.contributions:
        points[part.signal.name] = points.get(part.signal.name, 0.0) + part.points
    return points


def _found(snapshot: Snapshot, handle: str, person: bool) -> dict[str, Any]:
    """Find an account or, with `person`, the person behind it, where it is joined with others."""
    row = snapshot.find(handle)
    return snapshot.person_of(row) or row if person else row


def _table(title: str, people: list[dict[str, Any]], rows: list[dict[str, Any]]) -> Table:
    table = Table(title=title, title_justify="left", box=None, pad_edge=False)
    table.add_column("points for")
    for person in people:
        table.add_column(person["label"], justify="right")
    for name, write in (("score", score_text), ("band", band_text), ("", percentile_text)):
        table.add_row(name, *(write(person) for person in people), style="bold" if name else "")
    for row in rows[1:]:
        table.add_row(row["what"], *(f"{row[person['label']]:.1f}" for person in people))
    return table


def _verdict(people: list[dict[str, Any]]) -> str:
    """Say whether the highest is surely above the lowest: only where their bands do not meet."""
    best = max(people, key=lambda row: row["score"])
    least = min(people, key=lambda row: row["score"])
    if least["high"] < best["low"]:
        return f"{best['label']} is above {least['label']}, beyond what chance moves."
    return f"The difference between {best['label']} and {least['label']} is inside the noise."
