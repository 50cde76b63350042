"""openclout optout: who wants to be left out stays out."""

from pathlib import Path

import click

from openclout.cli.console import data_option, now, print_json
from openclout.cli.reading import open_warehouse
from openclout.consent import Ledger, Name
from openclout.errors import InputError
from openclout.pipeline.partials import sweep_partials
from openclout.settings import read_settings
from openclout.shortlist import Shortlists
from openclout.snapshot.writer import forget
from openclout.topics.choice import Choices
from openclout.vocabulary.account import split_spec
from openclout.warehouse.store import Warehouse
from openclout.watch import Watches


@click.group("optout", epilog=" ")
def command() -> None:
    """Keep accounts out: of import, of scores, of every reader. Only keyed hashes are kept.

    ACCOUNT is network:handle or network:id, e.g. mastodon:@dan@example.social; a bare handle will
    do where it is known.
    """


@command.command("add")
@click.argument("account")
@data_option
def add(account: str, data: Path | None) -> None:
    """Leave an account out from now on, and delete what is stored of it."""
    with open_warehouse(data) as warehouse:
        warehouse.ledger.add(_names(warehouse, account), now())
        gone = _apply(warehouse)
    found = "it was stored and is deleted" if gone else "nothing of it was stored"
    click.echo(f"Opted out; {found}. No import brings it back.")


@command.command("apply")
@data_option
def apply(data: Path | None) -> None:
    """Delete what is stored of all who opted out, as after a restored backup; the site does so.

    Warehouse, rejects, history and snapshot are written anew by the ledger as it stands.
    """
    with open_warehouse(data) as warehouse:
        gone = _apply(warehouse)
        stones = len(warehouse.ledger.tombstones)
    click.echo(f"{stones} opt-outs applied; {gone} accounts were stored and are deleted.")


def _apply(warehouse: Warehouse) -> int:
    """Forget everybody in the ledger, in all that the data folder keeps; tell how many."""
    Choices(warehouse.data, warehouse.ledger).forget()
    gone = warehouse.forget(now())
    forget(warehouse.engine, warehouse.data, warehouse.ledger)
    sweep_partials(warehouse.engine, warehouse.data)
    Shortlists(warehouse.data, warehouse.ledger).forget(warehouse.engine)
    Watches(warehouse.data, warehouse.ledger).forget()
    return gone


@command.command("list")
@click.option("--json", "as_json", is_flag=True, help="Print JSON.")
@data_option
def list_(as_json: bool, data: Path | None) -> None:
    """List the opt-outs: date and mark, never a name."""
    ledger = Ledger(read_settings(data).data)
    rows = [
        {"added": stone.added, "mark": stone.mark, "names": len(stone.hashes)}
        for stone in ledger.tombstones
    ]
    if as_json:
        print_json(rows)
        return
    for row in rows:
        click.echo(f"{row['added']}  {row['mark']}  {row['names']} known names")
    click.echo(f"{len(rows)} opt-outs")


@command.command("remove")
@click.argument("account")
@data_option
def remove(account: str, data: Path | None) -> None:
    """Take an opt-out back; the next import of its data may bring the account in again."""
    settings = read_settings(data)
    ledger = Ledger(settings.data)
    stone = ledger.remove([_named(account)])
    click.echo(f"The opt-out {stone.mark} of {stone.added} is taken back.")


def _named(account: str) -> Name:
    network, name = split_spec(account)
    if not network:
        raise InputError(
            f'"{account}" does not say on which network', place="ACCOUNT", fix=f"network:{name}"
        )
    return network.lower(), name


def _names(warehouse: Warehouse, account: str) -> list[Name]:
    """Give every name that is known of an account, or the one that was given."""
    network, name = split_spec(account)
    rows = warehouse.engine.rows(
        "select network, id, handle from accounts where (lower(id) = lower(?)"
        " or lower(handle) = lower(?)) and network = coalesce(?, network)",
        (name, name, network.lower() if network else None),
    )
    if not network and len(rows) > 1:
        choices = ", ".join(f"{row[0]}:{name}" for row in rows[:6])
        raise InputError(f'"{account}" may be {len(rows)} accounts', fix=f"say which: {choices}")
    if not network and not rows:
        return [_named(account)]
    known = [(row[0], found) for row in rows for found in row[1:] if found]
    return [*known, *([(network.lower(), name)] if network else [])]
