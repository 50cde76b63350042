"""Reading a whole snapshot for a database of its own: rows by the million, in SQL.

Each select gives exactly what may be seen; the columns are named as the site's tables are.
"""

from collections.abc import Iterator, Sequence
from datetime import timedelta
from pathlib import Path
from typing import Any

from openclout.scoring import combine
from openclout.scoring.model import Model
from openclout.settings import Settings
from openclout.snapshot.detail import change_sql
from openclout.snapshot.reader import Snapshot
from openclout.warehouse.engine import Columns, Engine, quoted
from openclout.warehouse.store import scratch_folder

CHUNK = 20_000  # rows at once; ten thousand people's rows are about 10 MB
Rows = Iterator[list[tuple[Any, ...]]]


def weighted(model: Model) -> list[str]:
    """Give the signals that a score can be made of, in the order in which parts are packed."""
    counted = [name for name, weight in model.weights.items() if weight > 0]
    return sorted({*counted, *(n for n, weight in model.profile_weights.items() if weight > 0)})


def people_sql(snapshot: Snapshot) -> str:
    """Give all people with the points of every weighted signal, packed as a JSON list.

    `id` is twice the account's number, one more for a person; `parts` holds value and points in
    turn, of `weighted`. Points are those of scoring.explain.explain; a person has no parts: they
    are those of the accounts.
    """
    return (
        "select 2 * p.number + (p.level = 'person')::int as id, p.level, p.network, p.account,"
        " p.handle, lower(coalesce(p.handle, p.account)) as handle_key, p.label,"
        " 2 * m.leader + 1 as person, p.status, p.kind, p.score, case when not p.provisional"
        " and m.leader is null then p.score end as board, p.low, p.high, p.provisional, p.quiet,"
        " p.uncalibrated, p.unguarded, p.percentile, p.rank, p.cohort, p.base, p.reach,"
        " p.amplification, p.network_points, p.engagers, p.typical_post,"
        " p.movers, p.evidence, m.brings, p.score - d.score as day, p.score - w.score as week,"
        " p.score - o.score as month,"
        f" case when p.level = 'account' and p.score is not null then {_parts_sql(snapshot)} end"
        " as parts from people p left join members m on p.level = 'account'"
        f" and m.account = p.number {''.join(_past_sql(snapshot, *span) for span in _SPANS)}"
    )


_SPANS = (("d", 1), ("w", 7), ("o", 30))


def _past_sql(snapshot: Snapshot, name: str, days: int) -> str:
    past = change_sql(snapshot, timedelta(days=days))
    return (
        f" left join {past} {name} on {name}.number = p.number"
        f" and {name}.person = (p.level = 'person')"
    )


def posts_sql() -> str:
    """Give the posts that moved people; `author` is the `id` of the account that wrote them."""
    return (
        "select row_number() over () as id, 2 * s.target as author, s.place, s.post, s.url,"
        " s.published, s.text, s.people, s.everybody::bigint as everybody,"
        " s.anonymous::bigint as anonymous, to_json(s.kinds)::varchar"
        " as kinds from posts s where s.target in (select number from people)"
    )


def topics_sql() -> str:
    """Give the topics that somebody moves people about, with how many of them have which score."""
    counts = ", ".join(f"count(*) filter (where {_tens(tens)})" for tens in range(10))
    return (
        "select n.topic, parent, en, de, origin, n.people, posts,"
        " coalesce(s.spread, '[0, 0, 0, 0, 0, 0, 0, 0, 0, 0]') as spread from topics n left join"
        f" (select topic, cast([{counts}] as varchar) as spread from shown_topic_scores"
        " group by topic) s on s.topic = n.topic"
    )


def _tens(tens: int) -> str:
    return f"score >= {10 * tens}" + (f" and score < {10 * tens + 10}" if tens < 9 else "")


def topic_scores_sql() -> str:
    """Give the scores of accounts about topics, without those that their owners hid."""
    return (
        "select row_number() over (order by topic, number) as id, topic, 2 * number as owner,"
        " score, low, high, provisional, rank, percentile, people from shown_topic_scores"
        " where number in (select number from people)"
    )


def topic_posts_sql() -> str:
    """Give the posts that made these scores."""
    return (
        "select row_number() over () as id, topic, 2 * target as author, people,"
        " anonymous::bigint as anonymous, url,"
        " published, text from shown_topic_posts where target in (select number from people)"
    )


def publish_names(snapshot: Snapshot, public: Sequence[tuple[str, str]]) -> None:
    """Make the table `public_people` (number): whom others' pages may name, by (network, id)."""
    rows = [list(names) for names in zip(*public, strict=True)] or [[], []]
    snapshot.engine.run(
        "create or replace temp table public_people as select number from people where"
        " level = 'account' and (network, account) in (select (unnest(?::varchar[]),"
        " unnest(?::varchar[])))",
        rows,
    )


def _parts_sql(snapshot: Snapshot) -> str:
    model = snapshot.facts.model
    parts = []
    for name in weighted(model):
        value = f"coalesce(p.{name}, 0)"
        acted = _points(model.weights.get(name, 0.0), value, model.scales.get(name, 1.0))
        profiled = _points(model.profile_weights.get(name, 0.0), value, 1.0)
        parts.append(f"round({value}, 6)")
        parts.append(f"round({_slope_sql(snapshot)} * case when {_by_profile(model)}"
                     f" then {profiled} else {acted} end, 6)")  # fmt: skip
    return f"cast([{', '.join(parts)}] as varchar)"


def _points(weight: float, value: str, scale: float) -> str:
    return f"{weight!r} * ln(1 + {value} / {scale!r})" if weight > 0 else "0.0"


def _by_profile(model: Model) -> str:
    """Give the SQL that is true where nothing but profile counters is known."""
    acted = " or ".join(f"p.{name} > 0" for name in model.counted)
    profiled = " or ".join(f"p.{name} > 0" for name in model.profile_weights)
    return f"not coalesce({acted or 'false'}, false) and coalesce({profiled or 'false'}, false)"


def _slope_sql(snapshot: Snapshot) -> str:
    facts = snapshot.facts
    cases = "".join(
        f" when '{name.replace(chr(39), chr(39) * 2)}' then"
        f" {combine.slope(facts.model, network.anchors)!r}"
        for name, network in facts.networks.items()
    )
    other = combine.slope(facts.model, facts.model.anchors)
    return f"case p.network{cases} else {other!r} end" if cases else repr(other)


def read_rows(snapshot: Snapshot, sql: str) -> tuple[list[str], Rows]:
    """Give the columns' names and the rows of a select over the snapshot, chunk by chunk."""
    return snapshot.engine.stream(sql, CHUNK)


def write_csv(snapshot: Snapshot, sql: str, target: Path) -> list[str]:
    """Write a select over the snapshot as CSV without a header; give the columns' names."""
    names = list(snapshot.engine.types(sql))
    snapshot.engine.run(f"copy ({sql}) to {quoted(target)} (format csv, header false)")
    return names


def write_parquet(settings: Settings, columns: Columns, target: Path) -> None:
    """Write columns of one length to a Parquet file, swapped in whole."""
    target.parent.mkdir(parents=True, exist_ok=True)
    draft = target.with_suffix(".new")
    with scratch_folder(settings.data) as scratch:
        engine = Engine(None, settings, scratch)
        try:
            engine.load("rows", columns)
            engine.run(f"copy rows to {quoted(draft)} (format parquet, compression zstd)")
        finally:
            engine.close()
    draft.replace(target)
