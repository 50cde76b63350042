"""What the verbs that read have in common: the snapshot, and how numbers are written."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import timedelta
from pathlib import Path
from typing import Any, TypeVar

import click

from openclout.cli.console import data_option, form_options
from openclout.consent import Ledger
from openclout.scoring.topics import LEAST_PEOPLE
from openclout.settings import read_settings
from openclout.snapshot.facts import Facts
from openclout.snapshot.reader import Snapshot
from openclout.warehouse.store import Warehouse, scratch_folder

F = TypeVar("F", bound=Callable[..., Any])


def person_option(command: F) -> F:
    """Add --person: the person behind an account, with all accounts that are joined with it."""
    return click.option(
        "--person", is_flag=True, help="The person to whom it belongs, all accounts together."
    )(command)


def account_options(command: F) -> F:
    """Add what verbs ask for that list the people around an account: HANDLE, --limit, the form."""
    limit = click.option("--limit", default=20, show_default=True, type=click.IntRange(1, 100_000))
    return click.argument("handle")(limit(form_options(person_option(data_option(command)))))


@contextmanager
def open_snapshot(data: Path | None) -> Iterator[Snapshot]:
    """Open the data folder's snapshot, and close it."""
    settings = read_settings(data)
    with scratch_folder(settings.data) as scratch:
        snapshot = Snapshot(settings.data, settings, Ledger(settings.data), scratch)
        try:
            yield snapshot
        finally:
            snapshot.close()


@contextmanager
def open_warehouse(data: Path | None) -> Iterator[Warehouse]:
    """Open the data folder's warehouse, for what a snapshot does not hold, and close it."""
    settings = read_settings(data)
    with scratch_folder(settings.data) as scratch:
        warehouse = Warehouse(settings.data, settings, Ledger(settings.data), scratch)
        try:
            yield warehouse
        finally:
            warehouse.close()


def score_text(row: dict[str, Any]) -> str:
    """Write a score: `61.3`, with `?` where it is provisional, `-` where there is none."""
    if row["score"] is None:
        return "-"
    return f"{row['score']:.1f}{'?' if row['provisional'] else ''}"


def band_text(row: dict[str, Any]) -> str:
    """Write the band: `48–66`, with `*` where it is uncalibrated."""
    if row["score"] is None:
        return ""
    return f"{row['low']:.0f}–{row['high']:.0f}{'*' if row['uncalibrated'] else ''}"


def percentile_text(row: dict[str, Any]) -> str:
    """Write the percentile with its cohort; a provisional score has none."""
    if row["percentile"] is None:
        return "no percentile: too little evidence" if row["score"] is not None else ""
    return f"higher than {_share_text(row['percentile'])} % of {int(row['cohort']):,}"


def _share_text(percentile: float) -> str:
    """Write a percentile rounded down, so that nobody is said to be above more than they are."""
    return f"{min(int(percentile * 10) / 10, 99.9) if percentile >= 99 else int(percentile):g}"


def topic_text(row: dict[str, Any], lang: str = "en") -> str:
    """Write a place in a topic: `60 in Social Media: higher than 83 % of 412 people`.

    The topic's name is that of the language, where the row has it.
    """
    head = f"{row['score']:.0f}{'?' if row['provisional'] else ''}"
    if row.get(lang):
        head += f" in {row[lang]}"
    if row["people"] < LEAST_PEOPLE:
        few = "1 person" if row["people"] == 1 else f"{row['people']} people"
        return f"{head}: too few to compare, {few}"
    if row["percentile"] is None:
        return f"{head}: too little evidence for a place among {row['people']:,} people"
    return f"{head}: higher than {_share_text(row['percentile'])} % of {row['people']:,} people"


def name_text(row: dict[str, Any]) -> str:
    """Write whose row it is: `bob on chatterhub`, `bob, a person of chatterhub:bob x:bob`."""
    if row["level"] == "person":
        return f"{row['label']}, a person of {row['account']}"
    return f"{row['label']} on {row['network']}"


def as_of_text(facts: Facts) -> str:
    """Write when and over what the scores were made."""
    days = f"{facts.window / timedelta(days=1):g}"
    return f"as of {facts.as_of:%Y-%m-%d %H:%M} UTC, {days} days, model {facts.model.name}"


def json_row(row: dict[str, Any]) -> dict[str, Any]:
    """Give a row as others may see it: without our numbers."""
    return {name: value for name, value in row.items() if name != "number"}
