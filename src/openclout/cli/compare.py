"""openclout compare: accounts side by side."""

from pathlib import Path
from typing import Any

import click
import numpy as np
from numpy.typing import NDArray
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
from openclout.scoring import interval
from openclout.scoring.explain import Explanation
from openclout.scoring.run import nobodys
from openclout.snapshot.facts import Facts
from openclout.snapshot.reader import Snapshot

_NEARLY_ALL = 0.99


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
        facts = snapshot.facts
    rows = _rows(people, explained)
    print_rows(rows, form, lambda: _table(title, people, rows))
    if not form:
        click.echo(_verdict(people, facts))


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


def _verdict(people: list[dict[str, Any]], facts: Facts) -> str:
    """Say whether the highest is surely above the lowest, by what the past made of such accounts.

    Of persons no past is known: their bands decide, which must not meet.
    """
    best = max(people, key=lambda row: row["score"])
    least = min(people, key=lambda row: row["score"])
    names = f"{best['label']} and {least['label']}"
    outlooks = [_outlook(row, facts) for row in (best, least)]
    if any(outlook is None for outlook in outlooks):
        if least["high"] < best["low"]:
            return f"{best['label']} is above {least['label']}, beyond what chance moves."
        return f"The difference between {names} is inside the noise."
    known = [outlook for outlook in outlooks if outlook is not None]
    chance = float(interval.chances_above(known[0], known[1])[0])
    often = "over 99" if chance > _NEARLY_ALL else f"{100 * chance:.0f}"
    said = f"the next window shows it again in {often} of 100 cases"
    if chance >= interval.SURE:
        return f"{best['label']} is above {least['label']}, beyond what chance moves: {said}."
    return (
        f"The difference between {names} is inside the noise: {said},"
        f" {100 * interval.SURE:.0f} are needed."
    )


def _outlook(row: dict[str, Any], facts: Facts) -> NDArray[np.float64] | None:
    """Give an account's possible later scores; None for a person."""
    network = facts.networks.get(row["network"])
    if network is None or row["level"] != "account":
        return None
    nobody = nobodys(facts.model, network.anchors)
    score, evidence = np.array([row["score"]]), np.array([row["evidence"]])
    return interval.outlooks(score, evidence, np.array([row["quiet"]]), network.band, nobody)
