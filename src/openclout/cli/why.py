"""openclout why: what moved a score since an earlier day."""

from pathlib import Path
from typing import Any

import click
from rich.table import Table

from openclout.cli.console import (
    console,
    data_option,
    form_options,
    print_csv,
    print_json,
    progress,
)
from openclout.cli.reading import (
    as_of_text,
    name_text,
    open_snapshot,
    open_warehouse,
    person_option,
)
from openclout.pipeline.moving import Movement, find_past, move, move_person, shown
from openclout.scoring.split import Mover, Part
from openclout.snapshot.facts import Facts
from openclout.vocabulary.period import read_window

Row = dict[str, Any]
_BAR = 12
_SEEN = 0.05  # points; a part below it that is shown as 0.0 is left out of the table


@click.command("why")
@click.argument("handle")
@click.option("--since", default="7d", show_default=True,
              help="How far back the day is that is compared with: 1d, 7d, 4w.")  # fmt: skip
@click.option("--limit", default=3, show_default=True, type=click.IntRange(0, 1000),
              help="How many people or posts to name in each part; --json has all.")  # fmt: skip
@form_options
@person_option
@data_option
def command(
    handle: str, since: str, limit: int, form: str | None, person: bool, data: Path | None
) -> None:
    """Say why a score moved: the change since a kept day, split into parts that add up to it.

    The day is the kept one nearest to --since before the last `score` (`history` lists them). It is
    measured again, to tell who is new, who acted again and who faded. Where the model or the curve
    has changed since, both numbers are shown and the difference is a part of its own. With
    --person: what each of the person's accounts adds.
    """
    span = read_window(since, "--since")
    with open_snapshot(data) as snapshot, progress() as say:
        row = snapshot.find(handle, person)
        past, facts = find_past(snapshot, row, span), snapshot.facts
        if person:
            movement = move_person(snapshot, row, past)
        else:
            say(f"measuring {past.kept.day} again")
            with open_warehouse(data) as warehouse:
                movement = move(warehouse.engine, snapshot, row, past)
    if form == "json":
        print_json(_content(row, movement, facts))
    elif form == "csv":
        print_csv(_rows(movement))
    else:
        click.echo(f"{name_text(row)}, {as_of_text(facts)}")
        _print(movement, limit)


def _content(row: Row, movement: Movement, facts: Facts) -> Row:
    past = movement.past
    return {
        "account": {name: row[name] for name in ("level", "network", "account", "handle")},
        "as_of": facts.as_of,
        "since": past.kept.as_of,
        "window_days": facts.window.total_seconds() / 86400,
        "model": facts.model.name,
        "model_then": past.kept.model,
        "before": movement.before,
        "after": movement.after,
        "change": movement.after - movement.before,
        "by_model": movement.models,
        "parts": [
            {
                "kind": part.kind,
                "label": part.label,
                "points": part.points,
                "shown": one,
                "movers": [_mover(mover) for mover in part.movers],
            }
            for part, one in zip(movement.parts, shown(movement.parts), strict=True)
        ],
    }


def _mover(mover: Mover) -> Row:
    return {
        "label": mover.label,
        "before": mover.before,
        "after": mover.after,
        "points": mover.points,
    }


def _rows(movement: Movement) -> list[Row]:
    """Give a row for each person, post or part without any; the points add up to the change."""
    return [
        {"kind": part.kind, "part": part.label, "who": label, "points": points}
        for part in movement.parts
        for label, points in (
            [(mover.label, mover.points) for mover in part.movers] or [("", part.points)]
        )
    ]


def _print(movement: Movement, limit: int) -> None:
    change = movement.after - movement.before
    click.echo(
        f"Score {movement.after:.1f}, {change:+.1f} since {movement.past.kept.day}"
        f" ({movement.before:.1f})"
    )
    for name, score in movement.models.items():
        click.echo(f"  {movement.past.kept.day} by model {name}: {score:.1f}")
    click.echo()
    if not movement.parts:
        click.echo("Nothing moved it.")
        return
    console().print(_table(movement, limit))


def _table(movement: Movement, limit: int) -> Table:
    table = Table(box=None, pad_edge=False)
    for name in ("points", "", "what", "of it"):
        table.add_column(name, justify="right" if name == "points" else "left",
                         no_wrap=name in ("points", ""))  # fmt: skip
    most = max(abs(part.points) for part in movement.parts)
    for part, one in zip(movement.parts, shown(movement.parts), strict=True):
        if not one and abs(part.points) < _SEEN:
            continue
        table.add_row(f"{one:+.1f}", _bar(part.points, most), _label(part), _movers(part, limit))
    total = sum(shown(movement.parts))
    table.add_row(f"{total:+.1f}", "", "change", "", style="bold")
    return table


def _label(part: Part) -> str:
    return f"{part.label} ({len(part.movers):,})" if part.movers else part.label


def _movers(part: Part, limit: int) -> str:
    named = [f"{mover.label} {mover.points:+.2f}" for mover in part.movers[:limit]]
    return ", ".join([*named, *(["…"] if len(part.movers) > limit and named else [])])


def _bar(points: float, most: float) -> str:
    """Draw a part to the left (down) or to the right (up) of the middle."""
    letters = "█" * round(_BAR * abs(points) / most)
    return f"{letters if points < 0 else '':>{_BAR}}│{letters if points > 0 else '':<{_BAR}}"
