"""Proofs: which accounts are known to belong to one person, written down and taken back by hand."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from openclout.errors import InputError, NotFound
from openclout.vocabulary.account import Proof, split_spec
from openclout.warehouse.engine import Engine
from openclout.warehouse.store import Warehouse


@dataclass(frozen=True, slots=True)
class Known:
    """An account of the warehouse: its number, its names, and how people write it."""

    number: int
    network: str
    id: str
    label: str

    @property
    def spec(self) -> str:
        """The name that finds it again."""
        return f"{self.network}:{self.label}"


def find_account(warehouse: Warehouse, text: str) -> Known:
    """Find one account by `network:handle`, handle or id, or say what stands in the way."""
    network, name = split_spec(text)
    network = network.lower() if network else None
    rows = warehouse.engine.rows(
        "select account, network, id, coalesce(handle, id) from accounts"
        " where (lower(id) = lower($name) or lower(handle) = lower($name)) and id[1] <> '~'"
        " and network = coalesce($network, network) order by network, id",
        {"name": name, "network": network},
    )
    if len(rows) > 1:
        choices = ", ".join(f"{row[1]}:{row[2]}" for row in rows[:6])
        raise NotFound(f'"{text}" may be {len(rows)} accounts', fix=f"say which: {choices}")
    if rows:
        return Known(*rows[0])
    if any(warehouse.ledger.holds(one, name) for one in _networks(warehouse.engine, network)):
        raise InputError(f'"{text}" has opted out', fix="it is nobody's account until it says so")
    raise NotFound(f'there is no account "{text}"', fix="import its data, or write network:handle")


def _networks(engine: Engine, network: str | None) -> list[str]:
    if network:
        return [network]
    return [row[0] for row in engine.rows("select distinct network from accounts order by 1")]


def link(warehouse: Warehouse, one: Known, other: Known, url: str, now: datetime) -> bool:
    """Write down that two accounts belong to one person; tell whether that was known already.

    It takes the way of an import, so that opt-outs hold. A proof that was there gets the new `url`.
    """
    with warehouse.importing(now) as running:
        known = _delete(warehouse.engine, one, other)
        proof = Proof(one.network, one.id, other.network, other.id, url)
        running.take(iter([proof]), "person link", "person", True, lambda _text: None)
        if not running.tally.kept:
            raise InputError("the proof could not be stored", place=url, fix="check the address")
    return known


def unlink(warehouse: Warehouse, one: Known, other: Known) -> None:
    """Take back the proof that two accounts belong to one person; raises NotFound without one."""
    if not _delete(warehouse.engine, one, other):
        raise NotFound(
            f"no proof joins {one.spec} and {other.spec} directly",
            fix="openclout person list shows the proofs",
        )


def _delete(engine: Engine, one: Known, other: Known) -> bool:
    pair = {"one": one.number, "other": other.number}
    condition = "(account = $one and other = $other) or (account = $other and other = $one)"
    found = bool(engine.value(f"select count(*) from proofs where {condition}", pair))
    engine.run(f"delete from proofs where {condition}", pair)
    return found


def list_proofs(engine: Engine) -> list[dict[str, Any]]:
    """Give all proofs in a fixed order: the numbers and names of two accounts, and the address."""
    return engine.records(
        "select a.account as number, b.account as other_number,"
        " a.network || ':' || coalesce(a.handle, a.id) as account,"
        " b.network || ':' || coalesce(b.handle, b.id) as other, url as proof from proofs p"
        " join accounts a on a.account = p.account join accounts b on b.account = p.other"
        " order by account, other, proof"
    )
