"""What a profile shows beside a person's own row, packed as JSON: one row per account and kind.

The id of a row is 16 times the account's id in the site's tables (bulk.py), and the kind's number.
Only what the snapshot holds is given.
"""

from datetime import date, timedelta

from openclout.snapshot.history import PARTS, Kept, rows_of
from openclout.snapshot.reader import Snapshot
from openclout.style import AXES

HISTORY, STYLE, TOPICS, INFLUENCERS, INFLUENCEES, FRIENDS, BEFORE = range(7)
KINDS = 16
"""Room for kinds: ids of rows are multiples of it, plus the kind."""
_MOST_TOPICS = 12
_MOST_PEOPLE = 10
_MOST_FRIENDS = 50
_MOST_DAYS = 400


def details_sql(snapshot: Snapshot) -> list[str]:
    """Give the selects of all details: `id` and `content`.

    Needs the table `public_people` (number): whom others' pages may name.
    """
    return [
        *_history_sql(snapshot),
        *_before_sql(snapshot),
        _style_sql(),
        _topics_sql(),
        *_influence_sql(),
    ]


def line_runs(snapshot: Snapshot) -> list[Kept]:
    """Give one kept run a day, oldest first: by the snapshot's model where there is one."""
    days: dict[date, Kept] = {}
    for kept in snapshot.history.runs:
        known = days.get(kept.day)
        if known is None or known.model != snapshot.facts.model.name:
            days[kept.day] = kept
    return [days[day] for day in sorted(days)][-_MOST_DAYS:]


def _packed(kind: int, owner: str, content: str, rest: str) -> str:
    return (
        f"select {KINDS} * ({owner}) + {kind} as id, cast({content} as varchar) as content {rest}"
    )


def _history_sql(snapshot: Snapshot) -> list[str]:
    """Give [place among line_runs, score] by account, and by person: the highest of its parts."""
    runs = line_runs(snapshot)
    if not runs:
        return []
    rows = rows_of(snapshot.data, [kept.file for kept in runs])
    places = ", ".join(f"({kept.run}, {place})" for place, kept in enumerate(runs))
    days = f"{rows} h join (values {places}) r(run, place) using (run)"
    points = "list([place, score] order by place)"
    score = "round(max(h.score), 1) as score"
    return [
        _packed(
            HISTORY, "2 * number", points,
            f"from (select h.number, r.place, {score} from {days} where h.members is null"
            " and h.score is not null group by all) group by number",
        ),
        _packed(
            HISTORY, "2 * leader + 1", points,
            f"from (select m.leader, r.place, {score} from {days} join members m"
            " on m.account = h.number where h.members is not null and h.score is not null"
            " group by all) group by leader",
        ),
    ]  # fmt: skip


def change_sql(snapshot: Snapshot, span: timedelta) -> str:
    """Give the FROM item with `number`, `person` and the `score` of a kept run `span` ago."""
    kept = snapshot.history.run_before(span)
    if kept is None:
        return "(select 0 as number, false as person, 0.0 as score limit 0)"
    rows = rows_of(snapshot.data, [kept.file])
    return (
        f"(select number, members is not null as person, max(score) as score from {rows}"
        f" where run = {kept.run} and score is not null group by all)"
    )


def _before_sql(snapshot: Snapshot) -> list[str]:
    """Give the points of each weighted signal a week ago, in the order of bulk.weighted."""
    from openclout.snapshot.bulk import weighted

    kept = snapshot.history.run_before(timedelta(days=7))
    names = weighted(snapshot.facts.model)
    if kept is None or kept.rules != snapshot.history.rules:
        return []
    rows = rows_of(snapshot.data, [kept.file])
    points = ", ".join(f'coalesce("{name}", 0) / {float(PARTS)}' for name in names)
    return [
        _packed(
            BEFORE, "2 * number", f"[score, {points}]",
            f"from {rows} where run = {kept.run} and members is null and score is not null",
        )
    ]  # fmt: skip


def _style_sql() -> str:
    places = ", ".join(f"'{axis}': round({axis}, 3)" for axis in AXES)
    return _packed(
        STYLE, "2 * number", f"to_json({{'style': style, 'why': why, {places}}})", "from styles"
    )


def _topics_sql() -> str:
    """Give the topics of an account that its own posts name first, then by score."""
    columns = (
        "{'topic': topic, 'score': round(score, 1), 'low': round(low, 1), 'high': round(high, 1),"
        " 'provisional': provisional, 'rank': rank, 'percentile': percentile, 'people': people}"
    )
    return _packed(
        TOPICS, "2 * number", "to_json(list(one order by direct desc, score desc, topic))",
        f"from (select number, topic, score, direct, {columns} as one from shown_topic_scores"
        " qualify row_number() over (partition by number order by direct desc, score desc, topic)"
        f" <= {_MOST_TOPICS}) group by number",
    )  # fmt: skip


def _influence_sql() -> list[str]:
    """Give [id, share of attention] of those public whom a public account acts upon, and back."""
    ties = (
        "(select t.source, t.target, ln(1 + t.acts) / s.given as share, t.age from ties t"
        " join standing s on s.account = t.source where s.given > 0 and t.source <> t.target"
        " and t.source in (from public_people) and t.target in (from public_people))"
    )
    found = []
    for kind, owner, other, order in (
        (INFLUENCERS, "source", "target", "share"),
        (INFLUENCEES, "target", "source", "share * pow(2, -age)"),
    ):
        ranked = (
            f"(select *, row_number() over (partition by {owner} order by {order} desc, {other})"
            f" as place from {ties})"
        )
        found.append(
            _packed(kind, f"2 * {owner}", f"list([2 * {other}, round(share, 4)] order by place)",
                    f"from {ranked} where place <= {_MOST_PEOPLE} group by {owner}")
        )  # fmt: skip
    both = f"{ties} a join {ties} b on b.source = a.target and b.target = a.source"
    found.append(
        _packed(FRIENDS, "2 * source", "list(2 * target order by place)",
                "from (select a.source, a.target, row_number() over (partition by a.source order by"
                f" least(a.share, b.share) desc, a.target) as place from {both})"
                f" where place <= {_MOST_FRIENDS} group by source")
    )  # fmt: skip
    return found
