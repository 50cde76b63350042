"""openclout person: which accounts belong to one person."""

from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import click
import numpy as np
from rich.table import Table

from openclout.cli.console import (
    console,
    data_option,
    form_options,
    now,
    print_json,
    print_rows,
)
from openclout.cli.reading import (
    as_of_text,
    band_text,
    json_row,
    open_snapshot,
    open_warehouse,
    score_text,
)
from openclout.cli.show import print_score
from openclout.errors import InputError
from openclout.person import join_accounts
from openclout.warehouse import proofs
from openclout.warehouse.disclosure import disclose

_RESCORE = "Scores follow with the next `openclout score`."


@click.group("person")
def command() -> None:
    """Join accounts that are proved to belong to one person.

    A person's score comes from what all of the accounts moved; linking alone adds nothing, and acts
    between a person's own accounts never count. ACCOUNT is network:handle or network:id.
    """


@command.command("link")
@click.argument("account")
@click.argument("other")
@click.option("--proof", "url", required=True,
              help="Where it can be seen, http or https; written down, not fetched.")  # fmt: skip
@data_option
def link(account: str, other: str, url: str, data: Path | None) -> None:
    """Write down that two accounts belong to one person."""
    checked = _checked(url)
    with open_warehouse(data) as warehouse:
        one, two = proofs.find_account(warehouse, account), proofs.find_account(warehouse, other)
        if one.number == two.number:
            raise InputError(f"{account} and {other} are one account", fix="name two")
        known = proofs.link(warehouse, one, two, checked, now())
        group = _group(proofs.list_proofs(warehouse.engine), one.number)
    said = "were linked already; the proof is renewed" if known else "are one person now"
    click.echo(f"{one.spec} and {two.spec} {said}: {', '.join(group)}.")
    click.echo(_RESCORE)


@command.command("unlink")
@click.argument("account")
@click.argument("other")
@data_option
def unlink(account: str, other: str, data: Path | None) -> None:
    """Take a proof back; one that came with an import comes again with it."""
    with open_warehouse(data) as warehouse:
        one, two = proofs.find_account(warehouse, account), proofs.find_account(warehouse, other)
        proofs.unlink(warehouse, one, two)
        group = _group(proofs.list_proofs(warehouse.engine), one.number)
    if two.spec in group:
        click.echo(f"The proof is taken back; others still join {', '.join(group)}.")
    else:
        click.echo(f"{one.spec} and {two.spec} are no longer one person.")
    click.echo(_RESCORE)


@command.command("list")
@form_options
@data_option
def list_(form: str, data: Path | None) -> None:
    """List the persons with several accounts, and the proofs."""
    with open_warehouse(data) as warehouse:
        found = proofs.list_proofs(warehouse.engine)
    rows = _numbered(found)
    print_rows(rows, form, lambda: _proof_table(rows))
    if not form:
        persons = len({row["person"] for row in rows})
        accounts = len({row[name] for row in rows for name in ("account", "other")})
        click.echo(f"{persons:,} persons, {accounts:,} accounts, {len(rows):,} proofs")


def _numbered(found: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """Give the proofs with the number of their person, from 1, persons in a fixed order."""
    person, account = _joined(found)
    number = dict(zip(account.tolist(), person.tolist(), strict=True))
    keys = [number[row["number"]] for row in found]
    places = {key: place for place, key in enumerate(dict.fromkeys(keys), start=1)}
    rows = [
        {"person": places[key], **{name: row[name] for name in ("account", "other", "proof")}}
        for key, row in zip(keys, found, strict=True)
    ]
    return sorted(rows, key=lambda row: row["person"])


@command.command("show")
@click.argument("account")
@click.option("--json", "as_json", is_flag=True, help="Print JSON.")
@data_option
def show(account: str, as_json: bool, data: Path | None) -> None:
    """Show the person to whom an account belongs: score, band, and what each account brings."""
    with open_snapshot(data) as snapshot:
        row = snapshot.find(account, person=True)
        members = snapshot.members(row)
        facts = snapshot.facts
    if as_json:
        print_json({"person": json_row(row), "accounts": [json_row(one) for one in members]})
        return
    click.echo(f"{row['label']}, a person of {len(members)} accounts, {as_of_text(facts)}")
    print_score(row)
    table = Table(box=None, pad_edge=False)
    for name in ("account", "score", "band", "people", "brings"):
        table.add_column(name, justify="left" if name == "account" else "right")
    for one in members:
        brings = f"{one['brings']:.1f}" if one["score"] is not None else ""
        people = f"{one['engagers']:,.0f}"
        name = f"{one['network']}:{one['label']}"
        table.add_row(name, score_text(one), band_text(one), people, brings)
    console().print(table)


def _proof_table(rows: list[dict[str, Any]]) -> Table:
    table = Table(box=None, pad_edge=False)
    for name in ("person", "account", "other", "proof"):
        table.add_column(name, justify="right" if name == "person" else "left")
    for row in rows:
        table.add_row(*(str(value) for value in row.values()))
    return table


def _checked(url: str) -> str:
    """Give a web address as it is to be stored; raises InputError where it is none."""
    text = url.strip()
    try:
        parts = urlsplit(text)
        sound = parts.scheme in ("http", "https") and bool(parts.hostname)
        sound = sound and not any(letter.isspace() or not letter.isprintable() for letter in text)
    except ValueError:
        sound = False
    if not sound:
        raise InputError(
            f'"{url}" is no web address', place="--proof", fix="write https://… where it is shown"
        )
    return text


def _joined(found: list[dict[str, Any]]) -> tuple[Any, Any]:
    pairs = [
        np.array([row[name] for row in found], np.int64) for name in ("number", "other_number")
    ]
    return join_accounts(pairs[0], pairs[1])


def _group(found: list[dict[str, Any]], number: int) -> list[str]:
    """Give the names of all accounts of the person to whom an account belongs."""
    person, account = _joined(found)
    mine = (
        set(account[person == person[account == number]].tolist()) if number in account else set()
    )
    names = {row["number"]: row["account"] for row in found}
    names |= {row["other_number"]: row["other"] for row in found}
    return sorted(names[one] for one in mine)


@command.command("data")
@click.argument("account")
@data_option
def data_(account: str, data: Path | None) -> None:
    """Print everything that is stored of an account as JSON, with the file that it came in.

    It is what the account's person may ask for (GDPR Art. 15 and 20).
    """
    with open_warehouse(data) as warehouse:
        found = proofs.find_account(warehouse, account)
        print_json(disclose(warehouse.engine, found.network, found.id))
