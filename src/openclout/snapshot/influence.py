"""Influence: who moves an account, whom it moves, and how it stands among its friends."""

from dataclasses import dataclass, replace

from openclout.signal import UNIT
from openclout.snapshot.reader import Row, Snapshot, accounts_sql
from openclout.snapshot.tie import tie_points
from openclout.warehouse.measure import kinds_among

CROWD = "people without names"
HIDDEN = "somebody not shown"


@dataclass(frozen=True, slots=True)
class Influencer:
    """Somebody upon whom an account acts: `share` of its attention, 0 to 1.

    Attention is log1p(acts), as in the signal of that name; all shares add up to 1. `account` is
    None for those who may not be shown, all of them together.
    """

    label: str
    network: str
    account: str | None
    score: float | None
    share: float
    acts: int
    days_ago: float
    kinds: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Engager:
    """Somebody who acted: how often, how many days ago last, and the points that this brought.

    `share` is the part of all points that people brought, `attention` the share of its own
    attention that it gives (None for the crowd). `account` is None for who may not be shown.
    """

    label: str
    network: str
    account: str | None
    acts: int
    days_ago: float
    points: float
    share: float
    attention: float | None


@dataclass(frozen=True, slots=True)
class Friend:
    """Somebody with whom acts go both ways, or oneself (`own`).

    `place` is among those with a sure score, None for the others; `gave` and `got` are acts, from
    the one whose friends these are and back.
    """

    place: int | None
    own: bool
    row: Row
    gave: int
    got: int


def influencers(snapshot: Snapshot, row: Row, limit: int) -> list[Influencer]:
    """Give those who have most of the attention of an account, or of all accounts of a person."""
    days = snapshot.h_days
    rows = snapshot.engine.rows(
        "with given as (select target, sum(acts)::bigint as acts, min(age) as age,"
        f" bit_or(kinds) as kinds, sum(round(ln(1 + acts) * {UNIT})::bigint)::bigint as weight"
        f" from ties where source in ({accounts_sql(row)}) group by target)"
        " select coalesce(p.label, ?), coalesce(p.network, ?), p.account, p.score,"
        " sum(weight)::double / (select sum(weight) from given) as share, sum(g.acts)::bigint,"
        " min(age), bit_or(kinds)"
        " from given g left join people p on p.number = g.target and p.level = 'account'"
        " group by p.label, p.network, p.account, p.score"  # those not shown are one
        " order by share desc, min(age), p.network, p.account limit ?",
        (HIDDEN, row["network"], limit),
    )
    return [
        Influencer(
            label, network, account, score, share, acts, age * days, tuple(kinds_among(bits))
        )
        for label, network, account, score, share, acts, age, bits in rows
    ]


def influencees(snapshot: Snapshot, row: Row, limit: int) -> list[Engager]:
    """Give those who brought most points; all who acted without names count as one of them.

    Those of a person's accounts stand under each other, with what they bring to the person. Raises
    NotFound where there is no score.
    """
    parts = [(row, 1.0)]
    if row["level"] == "person":
        mine = [one for one in snapshot.members(row) if one["score"] is not None]
        parts = [(one, one["brings"] / max(one["score"] - one["base"], 1e-9)) for one in mine]
    found, whole = [], 0.0
    for one, part in parts:
        if part > 0:
            points, engagers = _engagers(snapshot, one, limit)
            whole += points * part
            found += [replace(engager, points=engager.points * part) for engager in engagers]
    found = [replace(engager, share=engager.points / (whole or 1.0)) for engager in found]
    return sorted(found, key=lambda engager: -engager.points)[:limit]


def _engagers(snapshot: Snapshot, row: Row, limit: int) -> tuple[float, list[Engager]]:
    """Give the points that all engagers of an account brought together, and the first of them."""
    contributions, days = snapshot.explain(row).contributions, snapshot.h_days
    points = tie_points(snapshot.engine, row["number"], contributions)
    rows = snapshot.engine.rows(
        "select coalesce(p.label, ?), coalesce(p.network, ?), p.account, sum(t.acts)::bigint,"
        " min(t.age) as age, sum(t.points) as points, max(t.attention)"
        f" from (select source, acts, age, {points} as points, ln(1 + acts) / given as attention"
        " from engagers where target = ? and source is not null) t"
        " left join people p on p.number = t.source and p.level = 'account'"
        " group by p.label, p.network, p.account"  # those not shown are one
        " order by points desc, 1, age, p.account limit ?",
        (HIDDEN, row["network"], row["number"], limit),
    )
    named = [
        Engager(label, network, account, acts, age * days, part, 0.0, part_of if account else None)
        for label, network, account, acts, age, part, part_of in rows
    ]
    told = sum(part.points for part in contributions if part.signal.over == "engagers")
    whole, crowd = _crowd(snapshot, row, points, told)
    return whole, [*named, *([crowd] if crowd else [])]


def _crowd(snapshot: Snapshot, row: Row, points: str, told: float) -> tuple[float, Engager | None]:
    """Give the points of all engagers, and those without names: what is left of what is `told`."""
    [(named, age)] = snapshot.engine.rows(
        f"select sum(round(({points}) * {UNIT})::bigint) filter (where source is not null)::double"
        f" / {UNIT}, min(age) filter (where source is null) from engagers where target = ?",
        (row["number"],),
    )
    named = named or 0.0
    if age is None:
        return named, None
    left = max(told - named, 0.0)
    return named + left, Engager(
        CROWD, row["network"], None, 0, age * snapshot.h_days, left, 0.0, None
    )


def friends(snapshot: Snapshot, row: Row) -> list[Friend]:
    """Give those with whom acts go both ways and oneself, by score; no acts with others: alone.

    Of a person the friends are persons too: joined accounts are one.
    """
    mine, person = accounts_sql(row), row["level"] == "person"
    who = "coalesce((select leader from members m where m.account = other), other)"
    found = snapshot.engine.records(
        "with given as (select target as other, sum(acts)::bigint as gave from ties"
        f" where source in ({mine}) group by 1), received as (select source as other,"
        f" sum(acts)::bigint as got from ties where target in ({mine}) group by 1),"
        f" mutual as (select {who if person else 'other'} as number, sum(gave)::bigint as gave,"
        " sum(got)::bigint as got from given join received using (other) group by 1)"
        " select p.*, gave, got from mutual join people p using (number) where p.level ="
        " case when ? and number in (select leader from members) then 'person' else 'account' end",
        (person,),
    )
    ranked = sorted(
        [Friend(None, False, one, one.pop("gave"), one.pop("got")) for one in found]
        + [Friend(None, True, row, 0, 0)],
        key=_standing,
    )
    sure = [one.row["score"] for one in ranked if _sure(one.row)]
    return [
        replace(one, place=1 + sum(score > one.row["score"] for score in sure))
        if _sure(one.row)
        else one
        for one in ranked
    ]


def _sure(row: Row) -> bool:
    return row["score"] is not None and not row["provisional"]


def _standing(one: Friend) -> tuple[bool, float, str, str]:
    score = one.row["score"] if one.row["score"] is not None else -1.0
    return not _sure(one.row), -score, one.row["network"], one.row["account"]
