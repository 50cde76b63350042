"""What all verbs print with: tables, JSON and CSV of the same rows, and progress."""

import csv
import sys
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, TypeVar

import click
import orjson
from rich.console import Console
from rich.table import Table

from openclout.cli.bar import Bar

F = TypeVar("F", bound=Callable[..., Any])
Row = Mapping[str, Any]
_LOG_EACH = 5.0  # seconds between log lines of one stage that says the same


def console() -> Console:
    """Give the console of the standard output; not a terminal: plain, wide enough for any row."""
    if sys.stdout.isatty():
        return Console()
    return Console(width=160, no_color=True, highlight=False)


def now() -> datetime:
    """Ask for the time; only the command line and the site do."""
    return datetime.now(UTC)


def print_rows(rows: Sequence[Row], form: str, table: Callable[[], Table]) -> None:
    """Print the same rows as JSON, as CSV, or as a table made on demand."""
    if form == "json":
        print_json(rows)
    elif form == "csv":
        print_csv(rows)
    else:
        console().print(table())


def print_json(content: object) -> None:
    """Print JSON, indented, keys in their order."""
    options = orjson.OPT_INDENT_2 | orjson.OPT_SERIALIZE_NUMPY
    click.echo(orjson.dumps(content, option=options, default=str).decode())


def print_csv(rows: Sequence[Row]) -> None:
    """Print CSV with a header; several words in one field stand side by side."""
    writer = csv.DictWriter(sys.stdout, fieldnames=list(rows[0]) if rows else [])
    writer.writeheader()
    for row in rows:
        writer.writerow({name: " ".join(value) if isinstance(value, tuple) else value
                         for name, value in row.items()})  # fmt: skip


@contextmanager
def progress() -> Iterator[Callable[[str], None]]:
    """Give a function that says what is being done: a bar on a terminal, else log lines."""
    started = time.monotonic()
    if sys.stderr.isatty():
        with Bar() as bar:
            yield bar.say
        return
    said_at, said = 0.0, ""

    def log(text: str) -> None:
        nonlocal said_at, said
        elapsed = time.monotonic() - started
        stage = text.lstrip("0123456789, ")
        if stage != said or elapsed - said_at > _LOG_EACH:
            click.echo(f"[{elapsed:8.1f} s] {text}", err=True)
            said_at, said = elapsed, stage

    yield log


def data_option(command: F) -> F:
    """Add --data."""
    return click.option(
        "--data",
        type=click.Path(path_type=Path, file_okay=False),
        help="The data folder (default: the platform's own, or OPENCLOUT_DATA).",
    )(command)


def form_options(command: F) -> F:
    """Add --json and --csv, which set `form`."""
    for name in ("csv", "json"):
        command = click.option(f"--{name}", "form", flag_value=name, help=f"Print {name.upper()}.")(
            command
        )
    return command
