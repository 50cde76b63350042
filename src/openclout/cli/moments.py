"""openclout moments: the posts that moved most people, and whom."""

from collections.abc import Sequence
from dataclasses import asdict
from pathlib import Path
from typing import Any

import click

from openclout.cli.console import data_option, form_options, print_csv, print_json
from openclout.cli.reading import as_of_text, name_text, open_snapshot, person_option
from openclout.errors import InputError
from openclout.snapshot.facts import Facts
from openclout.snapshot.moment import Moment, read_moments

_LONGEST = 110  # letters of a text


@click.command("moments")
@click.argument("handle", required=False)
@click.option("--network", help="Of everybody on this network; without a HANDLE.")
@click.option("--limit", default=10, show_default=True, type=click.IntRange(1, 100_000))
@click.option("--each", default=10, show_default=True, type=click.IntRange(1, 10),
              help="At most so many of one account.")  # fmt: skip
@form_options
@person_option
@data_option
def command(
    handle: str | None,
    network: str | None,
    limit: int,
    each: int,
    form: str,
    person: bool,
    data: Path | None,
) -> None:
    """Show the posts that moved most people, of HANDLE or of everybody, and whom they moved.

    A post counts for the people that are vouched for and as many others as is normal there, each
    once, whatever they did. Of an account ten posts are kept, of each the eight best known people.
    """
    if (person or network) and bool(handle) == bool(network):
        raise InputError(
            "--network is for everybody's posts" if handle else "--person needs somebody",
            place="--network" if handle else "--person",
            fix="leave it out" if handle else "name a HANDLE",
        )
    with open_snapshot(data) as snapshot:
        row = snapshot.find(handle, person) if handle else None
        found = read_moments(snapshot, row, limit, network, each)
        facts = snapshot.facts
    if form == "json":
        print_json([moment_content(moment) for moment in found])
    elif form == "csv":
        print_csv([_flat(moment) for moment in found])
    else:
        whose = name_text(row) if row else network or "everybody"
        click.echo(f"Posts that moved most people, of {whose}, {as_of_text(facts)}")
        print_moments(found, facts, named=not row or row["level"] == "person")


def moment_content(moment: Moment) -> dict[str, Any]:
    """Give a moment as JSON has it."""
    return {**asdict(moment), "others": moment.others}


def _flat(moment: Moment) -> dict[str, Any]:
    """Give a moment as a line of a table: counts by kind and those moved as texts."""
    moved = " ".join(f"{one.network}:{one.account}" for one in moment.moved)
    content = moment_content(moment)
    return {**content, "kinds": moment.counts, "moved": moved}


def print_moments(found: Sequence[Moment], facts: Facts, named: bool) -> None:
    """Print moments, a few lines each; `named`: with their authors."""
    if not found:
        click.echo("  no post is known to have moved anybody in this window")
    open_ = sorted({one.network for one in found if not facts.networks[one.network].guarded})
    if open_:
        click.echo(f"  unguarded, so that everybody counts in full: {', '.join(open_)}")
    for place, moment in enumerate(found, start=1):
        author = f"{moment.label} on {moment.network}, " if named else ""
        day = f"{moment.published:%Y-%m-%d}" if moment.published else "no date"
        click.echo(f"{place:>3}  {people_text(moment)}: {author}{day}, {moment.counts}")
        text = " ".join((moment.text or "").split())
        for line in (text if len(text) <= _LONGEST else f"{text[:_LONGEST].rstrip()} …",
                     moment.url or moment.post, moved_text(moment)):  # fmt: skip
            if line:
                click.echo(f"     {line}")


def people_text(moment: Moment) -> str:
    """Write how many it moved: `34 people`, `12 people of 34, 5 acts without names`."""
    people, parts = f"{moment.people:,.0f}", []
    if moment.everybody:
        count = "1 person" if people == "1" else f"{people} people"
        counted = people == f"{moment.everybody:,}"
        parts.append(count if counted else f"{count} of {moment.everybody:,}")
    if moment.anonymous:
        acts = "act" if moment.anonymous == 1 else "acts"
        parts.append(f"{moment.anonymous:,} {acts} without a name")
    return ", ".join(parts)


def moved_text(moment: Moment) -> str:
    """Write whom it moved: `moved ann, bob and 3 more`."""
    names = [one.label for one in moment.moved]
    if not names:
        return ""
    more = f" and {moment.others:,} more" if moment.others else ""
    return f"moved {', '.join(names)}{more}"
