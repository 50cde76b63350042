"""Who moves whom, among those who may be named: influencers, influencees, friends."""

from collections.abc import Iterable
from dataclasses import dataclass

from openclout.snapshot.detail import FRIENDS, INFLUENCEES, INFLUENCERS
from openclout.web.published.details import Details
from openclout.web.published.models import Person
from openclout.web.published.people import named

CIRCLE = (INFLUENCERS, INFLUENCEES)
"""The kinds of details that a circle is read from."""
_MOST = 5


@dataclass(frozen=True, slots=True)
class Near:
    """Somebody near: the account, and the share of attention (0 to 1) that goes there or comes."""

    row: Person
    share: float


@dataclass(frozen=True, slots=True)
class Circle:
    """Upon whom somebody acts most, and who gives most attention back; five each at most."""

    influencers: list[Near]
    influencees: list[Near]


def read_circle(details: Details, owners: Iterable[int]) -> Circle:
    """Read the circle of some accounts of one person out of their details; one query."""
    mine = list(owners)
    found = [_together(details, mine, kind) for kind in CIRCLE]
    rows = named(row for shares in found for row in shares)
    near = [
        [Near(rows[row], share) for row, share in shares.items() if row in rows and row not in mine]
        for shares in found
    ]
    return Circle(near[0][:_MOST], near[1][:_MOST])


def _together(details: Details, owners: list[int], kind: int) -> dict[int, float]:
    """Give the largest share of each near one over all accounts, the largest first."""
    shares: dict[int, float] = {}
    for owner in owners:
        for row, share in details.get((owner, kind), []):
            shares[int(row)] = max(shares.get(int(row), 0.0), share)
    return shares if len(owners) == 1 else dict(sorted(shares.items(), key=lambda one: -one[1]))


def read_friends(details: Details, owners: Iterable[int]) -> list[Person]:
    """Give the named accounts with which acts go both ways; one query."""
    mine = list(owners)
    ids = [int(row) for owner in mine for row in details.get((owner, FRIENDS), [])]
    return [row for row in named(ids).values() if row.id not in mine]
