"""The type Lens: another score's rules over the same data."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

from openclout.vocabulary.period import Period
from openclout.warehouse.engine import Columns, Engine


@dataclass(frozen=True, slots=True)
class Entry:
    """An act in a lens's ledger: the part that it adds to, and what it adds.

    `other` is the account at its other end, None where it has no name; `published` is UTC without
    a zone; `post` is the post's id, where there is one.
    """

    part: str
    kind: str
    published: datetime
    other: int | None
    post: str | None
    acts: int
    points_each: int

    @property
    def points(self) -> int:
        """What it adds."""
        return self.acts * self.points_each


@dataclass(frozen=True, slots=True)
class Lens:
    """Another score's rules, and where they are published.

    `values(engine, period)` needs the Measurement of that period in the engine. It gives `account`
    (sorted) and `value` (float64, higher is more), only accounts that have one, and a column for
    each of `parts`; the same for any order of rows. `ours` says what no source settles. A lens of
    points has a `ledger(engine, period, account)`, whose entries add up to its parts of that name.
    """

    name: str
    label: str
    unit: str
    source: str
    about: str
    formula: str
    ours: str
    values: Callable[[Engine, Period], Columns]
    parts: tuple[str, ...] = ()
    ledger: Callable[[Engine, Period, int], list[Entry]] | None = None


def read_values(engine: Engine, sql: str) -> Columns:
    """Run a query for `account`, `value` and parts; give them sorted by account."""
    return engine.columns(f"select * from ({sql}) where value is not null order by account")
