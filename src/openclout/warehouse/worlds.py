"""Worlds: several periods of one warehouse laid side by side, to be measured as if they were one.

To plan a statement takes longer than to run it over a small network, and a year of days is a year
of the same statements. So the tables are shadowed by temporary ones that hold them once a period:
accounts and posts under numbers of their own, each network under a name of its own, and times moved
so that all periods end at one moment. Whoever measures sees one warehouse of many networks; what
each period gives is what it gives alone, for ages are differences, and networks do not meet.
"""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager

import numpy as np

from openclout.vocabulary.period import Period
from openclout.warehouse.engine import Engine

_MOST_ROWS = 1_500_000  # of all worlds together; beyond it planning is not what takes long
_MOST = 64
_MARK = "\x1f"
_TABLES = ("accounts", "posts", "interactions")


def most_worlds(engine: Engine) -> int:
    """Tell how many periods may lie side by side: 1 where the data are large, or persons proved."""
    rows = sum(int(engine.value(f"select count(*) from {table}")) for table in _TABLES)
    if engine.settings.engine != "duckdb" or engine.value("select count(*) from proofs"):
        return 1
    return max(min(_MOST_ROWS // max(rows, 1), _MOST), 1)


@contextmanager
def side_by_side(engine: Engine, periods: Sequence[Period]) -> Iterator[tuple[Period, int]]:
    """Shadow the tables by periods of one length; give the one to measure, and the width.

    Account a of period k has the number a + k * width; `world_of` reads its network's name.
    """
    base = engine.value("select current_database()")
    width = int(engine.value("select coalesce(max(account), 0) + 1 from accounts"))
    posts = int(engine.value("select coalesce(max(post), 0) + 1 from posts"))
    last = max(period.as_of for period in periods)
    ends = np.array([period.as_of.replace(tzinfo=None) for period in periods], "datetime64[us]")
    moved = [round((last - period.as_of).total_seconds() * 1e6) for period in periods]
    engine.load(
        "worlds", {"world": np.arange(len(periods)), "until": ends, "moved": np.array(moved)}
    )
    here = f"(world * {width})"
    there = f"(world * {posts})"
    when = "published + to_microseconds(moved) as published"
    shadows = {
        "accounts": f"select (account + {here})::integer as account, network || '{_MARK}' ||"
        " lpad(world::varchar, 3, '0') as network, id, handle, name, followers, following, listed,"
        f" posts, bot, kind from {base}.main.accounts, worlds",
        "posts": f"select (post + {there})::integer as post, (author + {here})::integer as author,"
        f" {when}, tags, language, (in_reply_to + {there})::integer as in_reply_to, views"
        f" from {base}.main.posts, worlds",
        "interactions": f"select kind, (source + {here})::integer as source,"
        f" (target + {here})::integer as target, (object + {there})::integer as object, {when},"
        f" count, value, file from {base}.main.interactions join worlds on published <= until",
    }
    try:
        for table, select in shadows.items():
            engine.run(f"create or replace temp table {table} as {select}")
        yield Period(last, periods[0].window), width
    finally:
        for table in shadows:
            engine.run(f"drop table if exists temp.main.{table}")


def world_of(network: str) -> tuple[str, int]:
    """Give a network's own name, and the place of the period in which it lies."""
    name, _mark, world = network.rpartition(_MARK)
    return name, int(world)
