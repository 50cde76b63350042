"""Counts of what came in: people, people of the last quarter of the window, acts."""

from openclout.lenses.lens import Lens, read_values
from openclout.vocabulary.period import Period
from openclout.warehouse.engine import Columns, Engine

_SOURCE = "a plain count; no score of its own"
_OURS = "nothing: only which acts count, as for every signal (nobody's own, no distrust, no views)"


def _people(engine: Engine, _period: Period) -> Columns:
    return read_values(
        engine, "select target as account, count(*)::double as value from ties group by target"
    )


def _people_lately(engine: Engine, _period: Period) -> Columns:
    return read_values(
        engine,
        "select target as account, count(*)::double as value from ties where age <= 1"
        " group by target",
    )


def _acts(engine: Engine, _period: Period) -> Columns:
    return read_values(
        engine,
        'select target as account, sum("count")::double as value from acts group by target',
    )


ENGAGERS = Lens(
    "engagers", "Distinct engagers", "people", _SOURCE,
    "How many different people acted upon the account in the window.",
    "people", _OURS, _people,
)  # fmt: skip
ENGAGERS_LATELY = Lens(
    "engagers_lately", "Engagers of the last quarter", "people", _SOURCE,
    "How many different people acted upon the account in the last quarter of the window.",
    "people whose last act is at most h old, h a quarter of the window", _OURS, _people_lately,
)  # fmt: skip
INTERACTIONS = Lens(
    "interactions", "Interactions", "acts", _SOURCE,
    "How many acts the account received in the window, those without a name included.",
    "acts", _OURS, _acts,
)  # fmt: skip
