"""Moments: the posts that moved most people, and whom."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from openclout.snapshot.reader import Row, Snapshot, accounts_sql
from openclout.warehouse.measure import kinds_among

_PLURALS = {"reply": "replies"}


@dataclass(frozen=True, slots=True)
class Mover:
    """Somebody whom a post moved: how (kinds), how often, how many days ago last.

    `vouched`: more than its act tells that it is a person (credibility.py).
    """

    label: str
    network: str
    account: str
    score: float | None
    kinds: tuple[str, ...]
    acts: int
    days_ago: float
    vouched: bool


@dataclass(frozen=True, slots=True)
class Moment:
    """A post, its author, and whom it moved.

    `people` is how many it counts for, bounded by those who are vouched for; `everybody` how many
    with a name acted, `anonymous` how many acts had none; `kinds` counts all acts. `moved` names
    those best known of them who may be named.
    """

    label: str
    network: str
    account: str
    post: str
    url: str | None
    published: datetime | None
    text: str | None
    people: float
    everybody: int
    anonymous: int
    kinds: dict[str, int]
    moved: tuple[Mover, ...]

    @property
    def counts(self) -> str:
        """The acts by kind in words: `17 likes, 1 reply`."""
        return ", ".join(
            f"{count:,} {kind if count == 1 else _PLURALS.get(kind, kind + 's')}"
            for kind, count in self.kinds.items()
        )

    @property
    def others(self) -> int:
        """How many acted with a name and are not among those named."""
        return max(self.everybody - len(self.moved), 0)


def read_moments(
    snapshot: Snapshot, row: Row | None, limit: int, network: str | None = None, each: int = 100
) -> list[Moment]:
    """Give the posts that moved most, of an account or person or, without `row`, of everybody.

    At most `each` of one account. Raises NotFound where there is no such network.
    """
    snapshot.require(network)
    whose = f"x.target in ({accounts_sql(row)})" if row else "p.network = coalesce(?, p.network)"
    posts = snapshot.engine.records(
        "select p.label, p.network, p.account, x.* from posts x join people p"
        f" on p.number = x.target and p.level = 'account' where {whose} and x.place <= {int(each)}"
        " order by x.people desc, x.everybody desc, x.anonymous desc, x.published desc nulls last,"
        " p.network, x.post limit ?",
        (limit,) if row else (network, limit),
    )
    moved = _moved(snapshot, [(post["target"], post["place"]) for post in posts])
    return [_moment(post, moved.get((post["target"], post["place"]), [])) for post in posts]


def _moment(post: Row, moved: Sequence[Mover]) -> Moment:
    kinds = {kind: count for kind, count in post["kinds"].items() if count}
    return Moment(
        label=post["label"],
        network=post["network"],
        account=post["account"],
        post=post["post"],
        url=post["url"],
        published=post["published"],
        text=post["text"],
        people=post["people"],
        everybody=int(post["everybody"]),
        anonymous=int(post["anonymous"]),
        kinds=dict(sorted(kinds.items(), key=lambda item: -item[1])),
        moved=tuple(moved),
    )


def _moved(
    snapshot: Snapshot, posts: Sequence[tuple[int, int]]
) -> dict[tuple[int, int], list[Mover]]:
    """Give whom each post (target, place) moved, those vouched for first, then by score."""
    days = snapshot.h_days
    rows = snapshot.engine.rows(
        "select m.target, m.place, p.label, p.network, p.account, p.score, m.kinds, m.acts, m.age,"
        " m.vouched from moments m join people p on p.number = m.source and p.level = 'account'"
        " where (m.target, m.place) in (select (unnest(?::integer[]), unnest(?::smallint[])))"
        " order by m.vouched desc, p.score desc nulls last, p.network, p.account",
        ([target for target, _ in posts], [place for _, place in posts]),
    )
    found: dict[tuple[int, int], list[Mover]] = {}
    for target, place, label, network, account, score, bits, acts, age, vouched in rows:
        kinds = tuple(kinds_among(bits))
        mover = Mover(label, network, account, score, kinds, acts, age * days, vouched)
        found.setdefault((target, place), []).append(mover)
    return found
