"""Measuring by topic: the relations of the period just measured, over pairs of account and topic.

Such a pair is called a subject. The same SQL is run over the acts upon posts of a topic, with
subjects for targets; who is vouched for, and whom an engager moves, is known from all acts.
"""

import re
from collections.abc import Iterator, Mapping

import numpy as np

from openclout.vocabulary.period import Period
from openclout.warehouse.engine import Columns, Engine
from openclout.warehouse.measure import measured_relation, network_numbers, within

RELATIONS = ("engagers", "posts", "days", "hours")
"""What a signal must be over to be measured by topic; any other counts as 0 there."""
_RENAMED = re.compile(
    r"\b(from|join|table|view) (acts|pairs|crowd|ties|engagers|days|hours|post_engagement)\b"
)
_READ_AT_ONCE = 50_000  # posts
_SUBJECT_BYTES = 2400  # of a subject, about, while all of its signals are summed and joined
_MOST_POSTS = 3  # of an account and topic, those that moved most
_MOST_ENGAGERS = 5  # likewise, those who acted last among those who are vouched for

Post = tuple[int, str | None, list[str] | None, str | None]
"""Number, text, tags, language."""


def list_tags(engine: Engine, period: Period) -> list[str]:
    """Give every tag of the posts until the end of the period, sorted."""
    rows = engine.rows(
        "select distinct unnest(tags) as tag from posts where len(tags) > 0"
        f" and {_until(period)} order by 1"
    )
    return [row[0] for row in rows]


def count_authors(engine: Engine, period: Period, keys: Mapping[str, str]) -> dict[str, int]:
    """Count the accounts that used a tag until the end of the period; `keys` joins spellings."""
    if not keys:
        return {}
    columns = {"tag": list(keys), "tag_key": list(keys.values())}
    engine.load("tag_keys", {name: np.array(column) for name, column in columns.items()})
    return dict(
        engine.rows(
            "select tag_key, count(distinct author) from (select author, unnest(tags) as tag"
            f" from posts where len(tags) > 0 and author is not null and {_until(period)})"
            " join tag_keys using (tag) group by 1"
        )
    )


def _until(period: Period) -> str:
    return f"(published is null or published <= timestamp '{period.as_of:%Y-%m-%d %H:%M:%S.%f}')"


def read_posts(engine: Engine, period: Period) -> Iterator[list[Post]]:
    """Give the posts acted upon in the period just measured that say anything, some at a time.

    A post without tags has those of the post that it answers, else those of the acts upon it.
    """
    engine.run(
        "create or replace temp table act_tags as select object as post, list_sort(list_distinct("
        "flatten(list(tags)))) as tags from interactions where len(tags) > 0 and object is not null"
        f" and {_until(period)} group by object"
    )
    if not engine.value(
        "select 1 from posts where text is not null or len(tags) > 0 union all"
        " select 1 from act_tags limit 1"
    ):
        return
    engine.run(
        "create or replace temp table posts_acted_upon as select distinct object as post from acts"
        " where object is not null"
    )
    most = engine.value("select coalesce(max(post), -1) from posts_acted_upon")
    for first in range(0, most + 1, _READ_AT_ONCE):
        yield engine.rows(
            "select p.post, left(p.text, 4000), case when len(p.tags) > 0 then p.tags"
            " when len(q.tags) > 0 then q.tags else t.tags end as found, p.language"
            " from posts p semi join posts_acted_upon using (post)"
            " left join posts q on q.post = p.in_reply_to left join act_tags t on t.post = p.post"
            " where p.post between ? and ? and (p.text is not null or len(found) > 0)",
            (first, first + _READ_AT_ONCE - 1),
        )


def measure_topics(engine: Engine, period: Period, fused: Mapping[str, str]) -> None:
    """Make `topic_measured`: a row per subject with `subject`, `account`, `topic`, its signals.

    Needs `post_topics` (post, topic, how) and the relations of the period just measured; `fused` is
    the SELECT over each relation, as for Measurement.run. Signals over others have no column.
    """
    engine.run(
        "create or replace temp table topic_subjects as select (row_number() over"
        " (order by account, topic) - 1)::integer as subject, account, topic from (select distinct"
        " a.target as account, p.topic from acts a join post_topics p on p.post = a.object"
        " join accounts c on c.account = a.target where c.id[1] <> '~')"
    )
    for relation in ("topic_acts", "pairs", "crowd", "topic_ties", "topic_engagers", "posts",
                     "days", "hours"):  # fmt: skip
        sql = measured_relation(relation, period)
        engine.run(sql if relation.startswith("topic_") else _of_topics(sql))
    some = {over: _of_topics(sql) for over, sql in fused.items() if over in RELATIONS}
    most = engine.value("select coalesce(max(subject), -1) from topic_subjects")
    width = max(engine.settings.memory // _SUBJECT_BYTES, 1)
    engine.run(f"create or replace temp table topic_measured as {_measured_sql(some)} limit 0")
    for first in range(0, most + 1, width):
        bounds = f"where target between {first} and {first + width - 1}"
        parts = {over: within(sql, bounds) for over, sql in some.items()}
        engine.run(f"insert into topic_measured {_measured_sql(parts)}")


def _of_topics(sql: str) -> str:
    """Let SQL over the relations of accounts run over those of subjects."""
    return _RENAMED.sub(r"\1 topic_\2", sql)


def _measured_sql(fused: Mapping[str, str]) -> str:
    joins = " ".join(
        f"left join ({sql}) {over}_ using (target)"
        for over, sql in fused.items()
        if over != "engagers"
    )
    return (
        f"select s.account, s.topic, * exclude (subject, account, topic) from ({fused['engagers']})"
        " join (select *, subject as target from topic_subjects) s using (target)"
        f" {joins}"
    )


def read_measured(engine: Engine, names: tuple[str, ...]) -> Columns:
    """Fetch the subjects that have evidence: account, topic, network (by number), signals."""
    held = set(engine.types("from topic_measured"))
    values = ", ".join(
        f"coalesce(m.{name}, 0)::double as {name}" if name in held else f"0.0::double as {name}"
        for name in names
    )
    return engine.columns(
        f"select m.account, m.topic, {network_numbers('a.network')} as network, m.evidence,"
        f" m.latest, {values} from topic_measured m join accounts a using (account)"
        " where m.evidence > 0 order by m.account, m.topic"
    )


def topic_selects() -> dict[str, str]:
    """Give what the snapshot holds of topics, by table; all that the last run measured."""
    of_slug = "join topic_names n on n.topic = s.topic"
    return {
        "topics": "select n.slug as topic, n.parent, n.en, n.de, n.wikidata, n.origin, s.people,"
        " p.posts from topic_names n join (select topic, count(*) as people from topic_scores"
        " group by topic) s using (topic) join (select topic, count(*) as posts from post_topics"
        " group by topic) p using (topic) order by n.topic",
        "topic_scores": "select s.account as number, n.slug as topic, s.score, s.low, s.high,"
        " s.provisional, s.quiet, s.evidence, case when not isnan(s.rank) then s.rank::bigint end"
        " as rank, case when not isnan(s.percentile) then s.percentile end as percentile, s.people,"
        f" coalesce(d.direct, false) as direct from topic_scores s {of_slug}"
        " left join (select s.account, s.topic, bool_or(t.direct) as direct from topic_subjects s"
        " join topic_post_engagement e on e.target = s.subject"
        " join post_topics t on t.post = e.object and t.topic = s.topic group by all) d"
        " on d.account = s.account and d.topic = s.topic order by s.topic, s.account",
        "topic_posts": "select s.account as target, n.slug as topic, e.people, e.anonymous, t.how,"
        " p.id as post, p.url, p.published, left(p.text, 280) as text from"
        f" {_first('topic_post_engagement', 'people desc, anonymous desc', _MOST_POSTS)} e"
        f" join topic_subjects s on s.subject = e.target {of_slug}"
        " join post_topics t on t.post = e.object and t.topic = s.topic"
        " join posts p on p.post = e.object qualify row_number() over (partition by e.target"
        f" order by e.turn, p.id) <= {_MOST_POSTS}",
        "topic_ties": "select s.account as target, n.slug as topic, t.source, t.acts, t.age,"
        " t.vouched, row_number() over (partition by t.target order by t.turn, a.network, a.id)"
        f" as place from {_first('topic_ties', 'vouched desc, age, acts desc', _MOST_ENGAGERS)} t"
        f" join topic_subjects s on s.subject = t.target {of_slug}"
        f" join accounts a on a.account = t.source qualify place <= {_MOST_ENGAGERS}",
    }


def _first(relation: str, order: str, most: int) -> str:
    """Give the SQL for the first rows of each target, with their `turn`; equals share theirs.

    What decides among equals is a text, dear to sort by: so it is left for these few.
    """
    return (
        f"(select *, rank() over (partition by target order by {order}) as turn from {relation}"
        f" qualify turn <= {most})"
    )
