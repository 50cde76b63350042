"""Content: a digest of everything in the warehouse that a score at some moment may rest on.

What is kept of one run serves another only where both saw the same data. So it is kept under a
digest of the rows themselves, whatever was imported, renewed or deleted, in whatever order: the sum
of the rows' hashes, which no order changes. Rows of later days make no difference to an earlier
moment.
"""

import hashlib
from bisect import bisect_left
from datetime import UTC, date, datetime, timedelta
from itertools import accumulate

from openclout.warehouse.engine import Engine

_MOMENT = timedelta(microseconds=1)
_ACTS = "hash(kind, source, target, object, published, count, value, names)"
_POSTS = "hash(post, author, published, tags, language, in_reply_to, views)"
_DATED = {
    "acts": f"select published, {_ACTS} as mark from interactions left join files using (file)",
    "posts": f"select published, {_POSTS} as mark from posts where author is not null"
    " or tags is not null or in_reply_to is not null or views is not null",
}
_UNDATED = {
    "networks": "select hash(network) as mark from (select distinct network from accounts)",
    "proofs": "select hash(account, other) as mark from proofs",
    "names": "select hash(account, network, id, handle) as mark from accounts"
    " where handle is not null or id like '%://%' or id like '%_@_%'",
    "profiles": "select hash(account, followers, following, listed, posts) as mark from accounts"
    " where followers is not null or following is not null or listed is not null"
    " or posts is not null",
}
ALWAYS = ("networks", "proofs")
"""What any measurement rests on beside acts and posts; `names` and `profiles` only some signals."""


class Content:
    """The digests of a warehouse as it is now."""

    def __init__(self, engine: Engine) -> None:
        """Look at every act and post once, by day."""
        self._engine = engine
        self._undated: dict[str, str] = {}
        self._days: dict[str, list[date]] = {}
        self._sums: dict[str, list[tuple[int, int]]] = {}
        self._always: dict[str, tuple[int, int]] = {}
        for name, select in _DATED.items():
            rows = engine.rows(
                "select (published - interval 1 microsecond)::date as day, count(*),"
                f" sum(mark::hugeint) from ({select}) group by 1 order by 1 nulls first"
            )
            undated = [row for row in rows if row[0] is None]
            dated = [row for row in rows if row[0] is not None]
            self._always[name] = (undated[0][1], int(undated[0][2])) if undated else (0, 0)
            self._days[name] = [row[0] for row in dated]
            self._sums[name] = list(
                accumulate(((row[1], int(row[2])) for row in dated), _add, initial=(0, 0))
            )

    def key(self, until: datetime, rests_on: tuple[str, ...] = ALWAYS) -> str:
        """Give the digest of all up to a moment, that moment included: 32 hex digits."""
        until = until.astimezone(UTC).replace(tzinfo=None)
        parts = [f"{name} {self._up_to(name, until)}" for name in _DATED]
        parts += [f"{name} {self._of(name)}" for name in rests_on]
        return hashlib.sha256("\n".join(parts).encode()).hexdigest()[:32]

    def _up_to(self, name: str, until: datetime) -> tuple[int, int]:
        """Sum the whole days, and what of the last day lies before the moment."""
        day = (until - _MOMENT).date()
        midnight = datetime.combine(day, datetime.min.time())
        whole = midnight + timedelta(days=1) == until
        place = bisect_left(self._days[name], day + timedelta(days=int(whole)))
        found = _add(self._always[name], self._sums[name][place])
        if whole:
            return found
        [(count, mark)] = self._engine.rows(
            f"select count(*), coalesce(sum(mark::hugeint), 0) from ({_DATED[name]})"
            " where published > ? and published <= ?",
            (midnight, until),
        )
        return _add(found, (count, int(mark)))

    def _of(self, name: str) -> str:
        if name not in self._undated:
            rows = self._engine.rows(
                f"select count(*), coalesce(sum(mark::hugeint), 0) from ({_UNDATED[name]})"
            )
            self._undated[name] = str(rows[0])
        return self._undated[name]


def _add(one: tuple[int, int], other: tuple[int, int]) -> tuple[int, int]:
    return one[0] + other[0], one[1] + other[1]
