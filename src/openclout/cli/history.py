"""openclout history: an account's kept scores over time, and how far they moved."""

from pathlib import Path
from typing import Any

import click
from rich.table import Table

from openclout.cli.console import console, data_option, print_csv, print_json
from openclout.cli.plot import chart, sparkline, thinned
from openclout.cli.reading import (
    as_of_text,
    json_row,
    name_text,
    open_snapshot,
    person_option,
    score_text,
)
from openclout.snapshot.series import Change, Past

Row = dict[str, Any]


@click.command("history")
@click.argument("handle")
@click.option("--limit", default=10, show_default=True, type=click.IntRange(1, 100_000),
              help="How many of the latest days to list; --json and --csv have all.")  # fmt: skip
@click.option("--csv", "form", flag_value="csv", help="Print CSV.")
@click.option("--json", "form", flag_value="json", help="Print JSON.")
@person_option
@data_option
def command(handle: str, limit: int, form: str | None, person: bool, data: Path | None) -> None:
    """Show how a score moved: every run of `score` is kept, one a day, window and model.

    The days are those scored over the window of the last `score`. `score --as-of DAY` adds a day,
    `backfill` a year of them; why a score moved: `why`.
    """
    with open_snapshot(data) as snapshot:
        row = snapshot.find(handle, person)
        every, line = snapshot.history.of(row), snapshot.history.line(row)
        changes = snapshot.history.changes_of(row)
        facts = snapshot.facts
    if form == "csv":
        print_csv([past_row(past) for past in every])
    elif form == "json":
        print_json(
            {
                "person" if person else "account": json_row(row),
                "as_of": facts.as_of,
                "window_days": facts.window.total_seconds() / 86400,
                "model": facts.model.name,
                "changes": changes_content(changes),
                "days": [{**past_row(past), "points": past.points} for past in every],
            }
        )
    else:
        click.echo(f"{name_text(row)}, {as_of_text(facts)}")
        _print_line(row, line, every, changes, limit)


def past_row(past: Past) -> Row:
    """Give a kept score as a row."""
    return {
        "day": past.kept.day.isoformat(),
        "as_of": past.kept.as_of.isoformat(),
        "model": past.kept.model,
        "score": past.score,
        "low": past.low,
        "high": past.high,
        "provisional": past.provisional,
        "quiet": past.quiet,
    }


def changes_content(changes: dict[str, Change | None]) -> dict[str, Row | None]:
    """Give the changes over day, week and month as JSON has them."""
    return {
        name: {
            "since": change.day.isoformat(),
            "before": change.before,
            "points": change.points,
            "model": change.model,
        }
        if change
        else None
        for name, change in changes.items()
    }


def changes_text(changes: dict[str, Change | None], model: str) -> str:
    """Write the changes in a line: `day +0.3, week -1.2, month: no score kept`."""
    return ", ".join(f"{name} {_change_text(change, model)}" for name, change in changes.items())


def _change_text(change: Change | None, model: str) -> str:
    if change is None:
        return "not kept"  # no run of about then
    if change.points is None:
        return f"no score on {change.day}"
    by = "" if change.model == model else f" (then by model {change.model})"
    return f"{change.points:+.1f}{by}"


def _print_line(
    row: Row, line: list[Past], every: list[Past], changes: dict[str, Change | None], limit: int
) -> None:
    """Print the score, its changes, a chart and the latest days."""
    if not line:
        click.echo("  not enough data: it had no score in any kept run")
        return
    few = thinned(line, 40)
    scores = [past.score or 0.0 for past in few]
    click.echo(f"  score   {score_text(row)}   {sparkline(scores)}")
    newest = line[-1].kept.model
    click.echo(f"  change  {changes_text(changes, newest)}")
    if len(line) == 1:
        click.echo("\nOne day is kept. More: openclout backfill --days 365")
        return
    click.echo("\n" + chart(line) + "\n")
    console().print(_table(every, limit))
    if len(every) > limit:
        click.echo(f"and {len(every) - limit:,} days before: --limit, --csv")


def _table(every: list[Past], limit: int) -> Table:
    models = {past.kept.model for past in every}
    table = Table(box=None, pad_edge=False)
    for name in ("day", "score", "band", "change", *(["model"] if len(models) > 1 else [])):
        table.add_column(name, justify="left" if name in ("day", "model") else "right")
    before: dict[str, float | None] = {}
    cells = []
    for past in every:
        last = before.get(past.kept.model)
        moved = "" if last is None or past.score is None else f"{past.score - last:+.1f}"
        before[past.kept.model] = past.score
        text = score_text({"score": past.score, "provisional": past.provisional})
        cells.append(
            (past.kept.day.isoformat(), text, f"{past.low:.0f}–{past.high:.0f}", moved)
            + ((past.kept.model,) if len(models) > 1 else ())
        )
    for row in cells[::-1][:limit]:
        table.add_row(*row)
    return table
