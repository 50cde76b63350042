"""The type Lens: another score's rules over the same data."""

from collections.abc import Callable
from dataclasses import dataclass

from openclout.vocabulary.period import Period
from openclout.warehouse.engine import Columns, Engine


@dataclass(frozen=True, slots=True)
class Lens:
    """Another score's rules, and where they are published.

    `values(engine, period)` needs the Measurement of that period in the engine. It gives `account`
    (sorted) and `value` (float64, higher is more), only accounts that have one, and a column for
    each of `parts`; the same for any order of rows. `ours` says what no source settles.
    """

    name: str
    label: str
    unit: str
    source: str
    about: str
    ours: str
    values: Callable[[Engine, Period], Columns]
    parts: tuple[str, ...] = ()


def read_values(engine: Engine, sql: str) -> Columns:
    """Run a query for `account`, `value` and parts; give them sorted by account."""
    return engine.columns(f"select * from ({sql}) where value is not null order by account")
