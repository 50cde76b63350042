"""What the verbs that prove something print: tables of figures with their intervals."""

import csv
import io
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import click
import orjson
from rich.table import Table

from openclout.cli.console import console
from openclout.errors import InputError
from openclout.evaluation.contest import FIGURES, LABELS

PAGE = "index.html"


def print_proof(proof: dict[str, Any]) -> None:
    """Print a table per set and, of several sets, one of their mean."""
    for name, found in proof["sets"].items():
        console().print(_table(_title(name, found["cuts"]), found["rows"]))
    if len(proof["sets"]) > 1:
        console().print(_table(f"Mean of {len(proof['sets'])} sets", proof["mean"]))


def _title(name: str, cuts: list[dict[str, Any]]) -> str:
    days = ", ".join(cut["as_of"][:10] for cut in cuts)
    scored = sum(cut["scored"] for cut in cuts) / len(cuts)
    return (
        f"{name}: {len(cuts)} cuts ({days}), horizon {cuts[0]['horizon_days']:g} days,"
        f" {scored:,.0f} scored accounts on average"
    )


def _table(title: str, rows: list[dict[str, Any]]) -> Table:
    table = Table(title=title, title_justify="left", box=None, pad_edge=False)
    table.add_column("who orders")
    for label in LABELS:
        table.add_column(label, justify="right")
    for row in rows:
        table.add_row(row["who"], *(_figure(row[name]) for name in FIGURES))
    return table


def _figure(found: list[float] | None) -> str:
    """Write `.777 (.75–.80)`."""
    if found is None:
        return "-"
    value, low, high = found
    return f"{value:.3f} ({low:.2f}–{high:.2f})"


def json_text(content: object) -> str:
    """Write JSON as the files of this program have it."""
    return orjson.dumps(content, option=orjson.OPT_INDENT_2).decode() + "\n"


def csv_text(rows: Sequence[dict[str, Any]]) -> str:
    """Write rows as CSV with a header."""
    text = io.StringIO()
    writer = csv.DictWriter(text, fieldnames=list(rows[0]), lineterminator="\n")
    writer.writeheader()
    writer.writerows(rows)
    return text.getvalue()


def write_aside(target: Path, text: str) -> None:
    """Write a file aside, then swap it in: nobody sees half of it."""
    target.parent.mkdir(parents=True, exist_ok=True)
    draft = target.with_name(f".{target.name}.new")
    draft.write_text(text, encoding="utf-8", newline="\n")
    draft.replace(target)


def write_page(folder: Path, text: str, option: str, said: bool = True) -> None:
    """Write a page into a folder; raises InputError where it cannot be, naming the option."""
    target = folder / PAGE
    try:
        write_aside(target, text)
    except OSError as error:
        raise InputError(
            f'"{folder}" cannot be written to ({error.strerror})', place=option, fix="name a folder"
        ) from None
    if said:
        click.echo(f"Written to {target} ({target.stat().st_size / 1024:,.0f} KiB)")
