"""Kred: points for every act received (influence) and done (outreach), with their ledger."""

from datetime import datetime, timedelta

from openclout.lenses.lens import Entry, Lens, read_values
from openclout.vocabulary.period import EARLIEST, Period
from openclout.warehouse.engine import Columns, Engine
from openclout.warehouse.measure import make_acts

POINTS = 10
MANY_FOLLOWERS = 10_000
POINTS_OF_MANY = 50  # ours: the rules say "more points"
FIRST_LEVEL = 100
LEVEL_GROWTH = 1.7  # ours: the rules say 100, 270 "and so on"; 100 + 170 is the first step of it
GENEROUS = ("share", "quote", "reply", "mention", "like", "follow")

_INFLUENCE = f"case when s.followers > {MANY_FOLLOWERS} then {POINTS_OF_MANY} else {POINTS} end"
_LEVEL = (
    f"floor(ln(1 + outreach_points * ({LEVEL_GROWTH} - 1) / {FIRST_LEVEL}) / ln({LEVEL_GROWTH})"
    " + 1e-9)"  # a level's own points are that level, whatever the logarithms round to
)


def _make_deeds(engine: Engine, as_of: datetime) -> timedelta:
    """Make the view `deeds`, every named act until now; give its unit of age."""
    ever = Period(as_of, as_of - EARLIEST)
    make_acts(engine, ever, "all_acts")
    kinds = ", ".join(f"'{kind}'" for kind in GENEROUS)
    engine.run(
        "create or replace temp view deeds as from all_acts"
        f" where source is not null and kind in ({kinds})"
    )
    return ever.h


def _values(engine: Engine, period: Period) -> Columns:
    """Give influence, 1 to 1,000, with points and outreach, of all who acted or were acted upon."""
    _make_deeds(engine, period.as_of)
    received = (
        f'select target as account, sum(a."count" * {_INFLUENCE})::double as influence_points'
        " from acts a left join accounts s on s.account = a.source group by target"
    )
    done = (
        f'select source as account, sum("count" * {POINTS})::double as outreach_points'
        " from deeds group by source"
    )
    return read_values(
        engine,
        "select account, 1 + 999 * coalesce(ln(1 + influence_points) / nullif(max(ln(1 +"
        " influence_points)) over (partition by network), 0), 0) as value, influence_points,"
        f" {_LEVEL}::double as outreach, outreach_points from (select account,"
        " coalesce(influence_points, 0) as influence_points,"
        f" coalesce(outreach_points, 0) as outreach_points from ({received}) full join ({done})"
        " using (account)) join accounts using (account)",
    )


def _ledger(engine: Engine, period: Period, account: int) -> list[Entry]:
    """Give every act that brought points, the newest first of each side."""
    age = _make_deeds(engine, period.as_of)
    received = _entries_sql("acts", "influence_points", "source", _INFLUENCE, period.h)
    done = _entries_sql("deeds", "outreach_points", "target", str(POINTS), age)
    rows = engine.rows(
        f"({received} where a.target = $account) union all ({done} where a.source = $account)"
        " order by 1, 3 desc, 2, 4 nulls last, 5 nulls last, 6, 7",
        {"account": account, "as_of": period.as_of.replace(tzinfo=None)},
    )
    return [Entry(*row) for row in rows]


def _entries_sql(acts: str, part: str, other: str, points: str, h: timedelta) -> str:
    """Give the query for entries: part, kind, time, the other account, post, acts, points each."""
    unit = h // timedelta(microseconds=1)
    return (
        f"select '{part}' as part, a.kind::varchar as kind, $as_of::timestamp -"
        f" to_microseconds(round(a.age * {unit})::bigint) as published, a.{other} as other,"
        f' p.id as post, a."count" as acts, ({points})::integer as points_each from {acts} a'
        " left join accounts s on s.account = a.source left join posts p on p.post = a.object"
    )


KRED = Lens(
    "kred", "Kred influence", "of 1,000",
    "Kred rules, https://www.score.kred/rules; Scoring influence,"
    " https://docs.score.kred/docs/scoring-influenc; Scoring outreach,"
    " https://docs.score.kred/docs/scoring-outreach-1; How we calculate Kred influence,"
    " https://www.peoplebrowsr.com/blog/2015/01/how-we-calculate-kred-influence-2",
    "Points for every act received, shown on a scale of 1 to 1,000 on which the person with most"
    " points has 1,000; beside it the outreach level, points for every generous act ever done.",
    "influence = 1 + 999 ln(1 + points) / ln(1 + most points of the network), points = 10 an act,"
    " 50 from whose profile shows more than 10,000 followers; outreach level n at"
    " 100 (1.7^n - 1) / 0.7 points (100, 270, 559 …), 10 an act",
    "50 (the rules say that such people bring more); the logarithm (they show a curve that grows"
    " steeper); levels above the second; that every kind of act is a common action, and that acts"
    " without a name count like others. Influence takes the acts of the window (Kred's interface"
    " offered 30, 60, 90 days or all), outreach those of all time, so that it never falls. The"
    " sources differ on whether following counts as outreach; here it does.",
    _values,
    ("influence_points", "outreach", "outreach_points"),
    _ledger,
)  # fmt: skip
