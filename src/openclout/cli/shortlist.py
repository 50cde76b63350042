"""openclout shortlist: named lists with notes and posts beside each number."""

import csv
from io import StringIO
from pathlib import Path
from typing import Any

import click
from rich.table import Table

from openclout.cli.console import console, data_option, form_options, now, print_csv, print_json
from openclout.cli.figures import write_aside
from openclout.cli.reading import as_of_text, band_text, open_snapshot, percentile_text, score_text
from openclout.consent import Ledger
from openclout.errors import InputError, NotFound
from openclout.report.shortlist import make_list
from openclout.settings import read_settings
from openclout.shortlist import Entry, Shortlist, Shortlists
from openclout.snapshot.moment import read_moments
from openclout.snapshot.reader import Snapshot
from openclout.style import load_styles
from openclout.vocabulary.account import split_spec

_SAMPLES = 3
_TOPICS = 3  # of each, those with the highest score
_FORMULA = ("=", "+", "-", "@", "\t", "\r")  # what a spreadsheet would run
samples_option = click.option(
    "--posts", "samples", default=_SAMPLES, show_default=True, type=click.IntRange(0, 10),
    help="How many posts to show of each.",
)  # fmt: skip


@click.group("shortlist")
def command() -> None:
    """Keep named lists of accounts, with notes: judgement stays human.

    A list holds whom you chose and what you noted. The numbers are read anew from the last `score`,
    and stand beside the posts that moved most people. Lists are kept in the data folder, in the
    order in which you added people; who opts out is erased from them.
    """


@command.command("create")
@click.argument("name")
@click.option("--about", default="", help="What the list is for.")
@data_option
def create(name: str, about: str, data: Path | None) -> None:
    """Begin a list."""
    _lists(data).create(name, about)
    click.echo(f'There is a list "{name}" now.')


@command.command("delete")
@click.argument("name")
@data_option
def delete(name: str, data: Path | None) -> None:
    """Take a list away, with its notes."""
    gone = _lists(data).delete(name)
    click.echo(f'The list "{gone.name}" of {len(gone.entries)} is gone.')


@command.command("add")
@click.argument("name")
@click.argument("handle")
@click.option("--note", default="", help="What you think of it.")
@data_option
def add(name: str, handle: str, note: str, data: Path | None) -> None:
    """Put an account on a list, or renew its note."""
    with open_snapshot(data) as snapshot:
        row = snapshot.find(handle)
    is_new = _lists(data).add(name, row, note, now())
    said = "is on" if is_new else "was on already; its note is renewed on"
    click.echo(f'{row["network"]}:{row["label"]} {said} the list "{name}".')


@command.command("remove")
@click.argument("name")
@click.argument("handle")
@data_option
def remove(name: str, handle: str, data: Path | None) -> None:
    """Take an account off a list."""
    network, account = split_spec(handle)
    gone = _lists(data).remove(name, network, account)
    click.echo(f'{gone.network}:{gone.handle or gone.account} is off the list "{name}".')


@command.command("list")
@form_options
@data_option
def list_(form: str, data: Path | None) -> None:
    """List the lists."""
    rows = [
        {"name": one.name, "people": len(one.entries), "about": one.about}
        for one in _lists(data).all()
    ]
    if form == "json":
        print_json(rows)
    elif form == "csv":
        print_csv([_safe(row) for row in rows])
    else:
        for row in rows:
            click.echo(f"{row['name']}  {row['people']}  {row['about']}".rstrip())
        click.echo(f"{len(rows)} lists")


@command.command("show")
@click.argument("name")
@samples_option
@form_options
@data_option
def show(name: str, samples: int, form: str, data: Path | None) -> None:
    """Show a list: the number, the note and sample posts of everybody on it."""
    found = _lists(data).find(name)
    with open_snapshot(data) as snapshot:
        rows = [_row(snapshot, entry, samples) for entry in found.entries]
        title = as_of_text(snapshot.facts)
    if form == "json":
        print_json({"name": found.name, "about": found.about, "people": rows})
    elif form == "csv":
        click.echo(_csv(rows), nl=False)
    else:
        click.echo(f"{found.name}, {title}")
        if found.about:
            click.echo(found.about)
        console().print(_table(rows))


@command.command("export")
@click.argument("name")
@click.option("--out", required=True, type=click.Path(path_type=Path, dir_okay=False),
              help="Write .csv or .html here.")  # fmt: skip
@samples_option
@data_option
def export(name: str, out: Path, samples: int, data: Path | None) -> None:
    """Write a list to a CSV file, or to one HTML page with everything in it."""
    if out.suffix.lower() not in (".csv", ".html"):
        raise InputError(f'"{out.name}" has no ending that tells its format', place="--out",
                         fix="end it with .csv or .html")  # fmt: skip
    found = _lists(data).find(name)
    with open_snapshot(data) as snapshot:
        rows = [_row(snapshot, entry, samples) for entry in found.entries]
        text = _csv(rows) if out.suffix.lower() == ".csv" else _page(found, rows, snapshot)
    write_aside(out, text)
    click.echo(f'Written to {out}: {len(rows)} of the list "{found.name}"')


def _lists(data: Path | None) -> Shortlists:
    folder = read_settings(data).data
    return Shortlists(folder, Ledger(folder))


def _row(snapshot: Snapshot, entry: Entry, samples: int) -> dict[str, Any]:
    """Give what is known of an account on a list now; who is not scored any more has no number."""
    head = {"network": entry.network, "account": entry.account, "added": entry.added}
    try:
        row = snapshot.find(f"{entry.network}:{entry.account}")
    except NotFound:
        empty = dict.fromkeys(("score", "low", "high", "percentile", "cohort", "style"))
        label = entry.handle or entry.account
        return {**head, "label": label, **empty, "provisional": False, "uncalibrated": False,
                "status": "not in the last score", "topics": [], "note": entry.note,
                "posts": []}  # fmt: skip
    names = ("label", "score", "low", "high", "provisional", "uncalibrated", "percentile", "cohort")
    style = snapshot.style(row)["style"]
    posts = [
        {name: getattr(moment, name) for name in ("people", "text", "url", "published")}
        for moment in read_moments(snapshot, row, samples)
    ]
    return {
        **head,
        **{name: row[name] for name in names},
        "status": row["status"],
        "style": load_styles()[style].name["en"] if style else None,
        "topics": [topic["en"] or topic["topic"] for topic in snapshot.topics.of(row, _TOPICS)],
        "note": entry.note,
        "posts": posts,
    }


def _safe(row: dict[str, Any]) -> dict[str, Any]:
    """Give a row whose texts no spreadsheet takes for a formula."""
    return {
        name: f"'{value}" if isinstance(value, str) and value.startswith(_FORMULA) else value
        for name, value in row.items()
    }


def _csv(rows: list[dict[str, Any]]) -> str:
    """Write the rows as CSV, the posts in one cell, a line each."""
    text = StringIO()
    fields = ("network", "account", "label", "added", "status", "score", "low", "high",
              "provisional", "uncalibrated", "percentile", "cohort", "style", "topics",
              "note",
              "posts")  # fmt: skip
    writer = csv.DictWriter(text, fields, lineterminator="\n")
    writer.writeheader()
    for row in rows:
        posts = "\n".join(
            " ".join(f"{post['url'] or ''} {post['text'] or ''}".split()) for post in row["posts"]
        )
        topics = ", ".join(row["topics"])
        writer.writerow(_safe({**row, "topics": topics, "posts": posts}))
    return text.getvalue()


def _page(found: Shortlist, rows: list[dict[str, Any]], snapshot: Snapshot) -> str:
    shown = [
        {**row, "score_text": score_text(row), "band": band_text(row),
         "percentile_text": percentile_text(row)}
        for row in rows
    ]  # fmt: skip
    return make_list(found.name, found.about, shown, as_of_text(snapshot.facts))


def _table(rows: list[dict[str, Any]]) -> Table:
    table = Table(box=None, pad_edge=False)
    for name in ("account", "score", "band", "", "style", "topics", "note"):
        table.add_column(name, justify="right" if name in ("score", "band") else "left",
                         no_wrap=name in ("score", "band"))  # fmt: skip
    for row in rows:
        told = percentile_text(row) if row["score"] is not None else row["status"]
        table.add_row(f"{row['network']}:{row['label']}", score_text(row), band_text(row), told,
                      row["style"] or "", ", ".join(row["topics"]), row["note"],
                      style="bold")  # fmt: skip
        for post in row["posts"]:
            words = " ".join((post["text"] or "").split())[:100]
            line = f"{post['people']:.0f} people  {post['url'] or ''}  {words}".strip()
            table.add_row("", "", "", "", "", "", line)
    return table
