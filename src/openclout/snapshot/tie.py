"""Ties told in points: what each engager, and each post, brings to a score.

A signal's points are shared by the rows of its relation, as their parts of its first sum stand to
one another (signal.share_sql). Signals that are no sum are nobody's.
"""

from collections.abc import Iterable

from openclout.scoring.explain import Contribution
from openclout.signal import share_sql
from openclout.warehouse.engine import Engine

ENGAGERS, POSTS = "engagers", "post_engagement"
_OVER = {ENGAGERS: "engagers", POSTS: "posts"}


def is_shared(part: Contribution, relation: str) -> bool:
    """Tell whether a signal's points are shared by the rows of a relation."""
    over = part.signal.over == _OVER[relation]
    return over and part.value > 0 and share_sql(part.signal) is not None


def tie_points(engine: Engine, number: int, contributions: Iterable[Contribution]) -> str:
    """Give the SQL for the points of one row of `engagers`: its share of every counted signal.

    What a signal counts is shared by those who are vouched for, as far as it goes; what is left
    by the others.
    """
    parts = []
    for part in contributions:
        share = share_sql(part.signal) if is_shared(part, ENGAGERS) else None
        if share:
            sure, all_of = _added(engine, number, share)
            first = min(part.value / sure, 1.0) if sure else 0.0
            rest = max(part.value - sure, 0.0) / (all_of - sure) if all_of > sure else 0.0
            parts.append(
                f"{part.points / part.value!r}::double * coalesce({share}, 0)"
                f" * case when vouched then {first!r} else {min(rest, 1.0)!r} end"
            )
    return " + ".join(parts) or "0.0::double"


def post_points(contributions: Iterable[Contribution]) -> str:
    """Give the SQL for the points of one row of `post_engagement`, likewise."""
    parts = [
        f"{part.points / part.value!r}::double * coalesce({share_sql(part.signal)}, 0)"
        for part in contributions
        if is_shared(part, POSTS)
    ]
    return " + ".join(parts) or "0.0::double"


def _added(engine: Engine, number: int, share: str) -> tuple[float, float]:
    """Give what those vouched for add up to, and all."""
    [(sure, all_of)] = engine.rows(
        f"select sum({share}) filter (where vouched), sum({share}) from engagers"
        " where target = ? and source is not null",
        (number,),
    )
    return float(sure or 0), float(all_of or 0)
