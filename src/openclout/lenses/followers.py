"""Followers: what the profile says or, where it says nothing, the follows that are known."""

from openclout.lenses.lens import Lens, read_values
from openclout.vocabulary.period import Period
from openclout.warehouse.engine import Columns, Engine


def _values(engine: Engine, period: Period) -> Columns:
    """Give followers; a follow counts whenever it happened before the period's end."""
    known = (
        "select target as account, count(distinct source)::double as known from interactions"
        " where kind = 'follow' and source is not null and source <> target"
        f" and published <= timestamp '{period.as_of:%Y-%m-%d %H:%M:%S.%f}' group by target"
    )
    return read_values(
        engine,
        "select account, coalesce(a.followers::double, k.known) as value from accounts a"
        f" left join ({known}) k using (account)",
    )


FOLLOWERS = Lens(
    "followers", "Followers", "followers",
    "the networks' own profile pages",
    "How many followers the profile shows; where it shows none, how many people are known to have"
    " followed until now.",
    "the profile's counter, else distinct people with a follow until now",
    "the second half. A profile's counter is of the day on which it was imported, whatever moment"
    " is scored: in a look back it knows the future.",
    _values,
)  # fmt: skip
