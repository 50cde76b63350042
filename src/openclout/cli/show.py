"""openclout show: one account in a few lines."""

from pathlib import Path
from typing import Any

import click

from openclout.cli.console import data_option, print_csv, print_json
from openclout.cli.matrix import language_option, style_content, style_line
from openclout.cli.reading import (
    as_of_text,
    band_text,
    json_row,
    name_text,
    open_snapshot,
    percentile_text,
    person_option,
    score_text,
)


@click.command("show")
@click.argument("handle")
@click.option("--csv", "form", flag_value="csv", help="Print CSV.")
@click.option("--json", "form", flag_value="json", help="Print JSON.")
@person_option
@language_option
@data_option
def command(handle: str, form: str | None, person: bool, lang: str, data: Path | None) -> None:
    """Show one account's score, band, place, families and style in a few lines."""
    with open_snapshot(data) as snapshot:
        row = snapshot.find(handle, person)
        facts, style = snapshot.facts, snapshot.style(row)
    if form == "json":
        print_json({**json_row(row), "style": style_content(style, lang)})
        return
    if form == "csv":
        print_csv([{**json_row(row), "style": style["style"]}])
        return
    click.echo(f"{name_text(row)}, {as_of_text(facts)}")
    print_score(row)
    if row["score"] is not None or style["style"]:
        click.echo(f"  style          {style_line(style, lang)}")


def print_score(row: dict[str, Any]) -> None:
    """Print a row's score, band, place, families and what limits them."""
    if row["score"] is None:
        click.echo("  not enough data: nobody is known to have acted upon it in this window")
        return
    click.echo(f"  score          {score_text(row):>7}   band {band_text(row)}")
    click.echo(f"  place          {percentile_text(row)}")
    click.echo(
        f"  moved          {row['engagers']:,.0f} people, counting as {row['evidence']:,.1f}"
    )
    for family, column in (("reach", "reach"), ("amplification", "amplification"),
                           ("network", "network_points")):  # fmt: skip
        click.echo(f"  {family:<15}{row[column]:>7.1f} points")
    click.echo(f"  base           {row['base']:>7.1f} points")
    for text in remarks(row):
        click.echo(f"  {text}")


def remarks(row: dict[str, object]) -> list[str]:
    """Say what limits the number."""
    remarks = []
    if row["provisional"]:
        remarks.append("provisional: too few people acted for a sure number")
    if row["quiet"]:
        remarks.append("quiet: nobody acted within the last quarter of the window")
    if row["unguarded"]:
        remarks.append("unguarded: too little happened here before to tell people from fakes")
    if row["uncalibrated"]:
        remarks.append("* band uncalibrated: fewer than three earlier windows to learn it from")
    if row["curve"] != "own":
        remarks.append("curve uncalibrated: fewer than 100 scored accounts on this network")
    return remarks
