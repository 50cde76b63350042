"""Look through a lens: another score's numbers for one period, made when they are asked for."""

from dataclasses import dataclass
from typing import Any

from openclout.errors import NotFound
from openclout.lenses import Entry, Lens
from openclout.pipeline.measuring import measure
from openclout.pipeline.persons import join_persons
from openclout.vocabulary.period import Period
from openclout.warehouse.engine import Engine


@dataclass(frozen=True, slots=True)
class View:
    """One account seen through a lens: its rank among those of its network that have a value."""

    value: float
    rank: int
    ranked: int
    parts: dict[str, float]
    entries: list[Entry]
    others: dict[int, tuple[str, str]]
    """The network and id of the accounts at the other end of the entries."""


def look(engine: Engine, period: Period, lens: Lens, network: str, account: str) -> View:
    """See one account through a lens; raises NotFound where the lens has no number for it."""
    join_persons(engine)
    measure(engine, period, ("people",))
    values = lens.values(engine, period)
    number = engine.value(
        "select account from accounts where network = ? and id = ?", (network, account)
    )
    engine.load("lens_values", values)
    row = _row(engine, number, network)
    if row is None:
        raise NotFound(
            f"{network}:{account} has no number by {lens.name}",
            fix="openclout explain without --lens says what is known of it",
        )
    entries = lens.ledger(engine, period, number) if lens.ledger else []
    parts = {part: row[part] for part in lens.parts}
    return View(row["value"], row["rank"], row["ranked"], parts, entries, _names(engine, entries))


def _row(engine: Engine, number: int | None, network: str) -> dict[str, Any] | None:
    rows = engine.records(
        "select * from (select v.*, rank() over (order by value desc) as rank, count(*) over () as"
        " ranked from lens_values v join accounts a using (account)"
        " where a.network = ? and a.id[1] <> '~') where account = ?",
        (network, number),
    )
    return rows[0] if rows else None


def _names(engine: Engine, entries: list[Entry]) -> dict[int, tuple[str, str]]:
    others = sorted({entry.other for entry in entries if entry.other is not None})
    rows = engine.rows(
        "select account, network, id from accounts where account in (select unnest(?::integer[]))",
        (others,),
    )
    return {account: (network, name) for account, network, name in rows}
