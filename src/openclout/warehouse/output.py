"""Output: the table of people that every reader sees, and the files it is written to."""

from pathlib import Path
from typing import Any

from openclout.errors import InputError
from openclout.style import AXES
from openclout.warehouse.engine import Columns, Engine, quoted

_FORMATS = {
    ".csv": "(format csv, header)",
    ".parquet": "(format parquet, compression zstd)",
    ".json": "(format json, array true)",
}
SCORE_COLUMNS = (
    "score", "low", "high", "provisional", "quiet", "uncalibrated", "unguarded", "curve",
    "percentile", "rank", "cohort", "base", "reach", "amplification", "network_points", "evidence",
)  # fmt: skip
_NUMBERS = (
    "score", "low", "high", "percentile", "base", "reach", "amplification", "network_points",
    "evidence",
)  # fmt: skip

_PEOPLE_BYTES = 2400  # of an account, about, while its row is joined


def make_people(engine: Engine, signals: list[str], rounded: bool) -> None:
    """Make the view `people`: one row per account, and one per person with several accounts.

    A person's row has the names of the highest account and the signals of all of them, pooled. With
    `rounded`, numbers have six decimals.
    """
    number = "round({0}, 6)" if rounded else "{0}"
    scores = ", ".join(f"{_score_sql(name, number)} as {name}" for name in SCORE_COLUMNS)
    values = ", ".join(f"{number.format(f'coalesce(m.{name}, 0)')} as {name}" for name in signals)
    status = (
        "case when s.score is null then 'not enough data' when s.quiet then 'quiet'"
        " else 'active' end as status"
    )
    engine.run(
        "create or replace temp view account_rows as select 'account' as level, a.network,"
        " a.id as account, a.handle, coalesce(a.handle, a.name, a.id) as label,"
        f" a.account as number, {status}, {scores}, a.bot, a.kind, {values}"
        " from accounts a left join scored s using (account)"
        " left join measured m on m.account = a.account where a.id[1] <> '~'"
    )
    if not engine.value("select count(*) from persons"):
        engine.run("create or replace temp view people as from account_rows")
        engine.run(f"create or replace temp view members as {_NO_MEMBERS}")
        return
    _make_groups(engine)
    engine.run(
        "create or replace temp view people as from account_rows union all by name"
        " select 'person' as level, r.network, g.joined as account, r.handle, r.label, r.number,"
        f" {status}, {scores}, r.bot, r.kind, {values} from person_groups g"
        " left join person_scored s using (person) left join pooled m using (person)"
        " join account_rows r on r.number = g.leader"
    )


def gather_people(engine: Engine) -> str:
    """Give the clause to read all people from, for once: the view or, where they are many, a table.

    Joined slice by slice, in memory; in one go, far more than fits into it would be joined on disk.
    """
    slices = engine.slices(_PEOPLE_BYTES)
    if len(slices) < 2:
        return "from people"
    engine.run("create or replace temp table people_rows as from people limit 0")
    for first, last in slices:
        engine.run(f"insert into people_rows from people where number between {first} and {last}")
    return "from people_rows"


def _make_groups(engine: Engine) -> None:
    """Make `person_groups` (person, leader, joined) and `members`, what each account brings.

    The leader is the highest account or, where none has a score, the first by name.
    """
    engine.run(
        "create or replace temp view person_groups as select person, joined,"
        " coalesce(s.best, first) as leader from (select p.person, string_agg(a.network || ':' ||"
        " a.id, ' ' order by a.network, a.id) as joined, first(a.account order by a.network, a.id)"
        " as first from persons p join accounts a using (account) where a.id[1] <> '~'"
        " group by p.person having count(*) > 1) left join person_scored s using (person)"
    )
    engine.run(
        "create or replace temp view members as select g.leader, p.account,"
        " coalesce(b.worth, 0)::double as worth, coalesce(b.brings, 0)::double as brings"
        " from persons p join person_groups g using (person) left join brought b using (account)"
    )


_NO_MEMBERS = (
    "select 0 as leader, 0 as account, 0.0::double as worth, 0.0::double as brings limit 0"
)


def _score_sql(name: str, number: str) -> str:
    if name == "rank":
        return "case when not isnan(s.rank) then s.rank::bigint end"
    if name == "percentile":
        return f"case when not isnan(s.percentile) then {number.format('s.percentile')} end"
    return number.format(f"s.{name}") if name in _NUMBERS else f"s.{name}"


def write_people(engine: Engine, target: Path) -> None:
    """Write the people to a CSV, Parquet or JSON file, best first, in a fixed order.

    Needs `styles`; a person of several accounts has none of its own.
    """
    places = ", ".join(f"round(s.{axis}, 6) as {axis}" for axis in AXES)
    select = (
        f"select people.* exclude (number), s.style, {places}, s.why as no_style from people"
        " left join styles s on s.number = people.number and people.level = 'account'"
    )
    order = "order by level, score desc nulls last, people.network, people.account"
    _write(engine, f"{select} {order}", target)


def make_lens_rows(engine: Engine, name: str, values: Columns) -> None:
    """Make the view `lens_rows` of a lens's `account`, `value` and parts, after `people`.

    One row per account that has a value: its rank by the lens on its network, the value under the
    lens's name, the parts, and beside them the score.
    """
    engine.load("lens_values", values)
    parts = "".join(f", round(l.{part}, 6) as {part}" for part in list(values)[2:])
    engine.run(
        "create or replace temp view lens_rows as select rank() over (partition by r.network"
        " order by l.value desc) as rank, r.network, r.account, r.handle,"
        f" round(l.value, 6) as {name}{parts}, round(r.score, 6) as score,"
        " r.label, l.value, r.number from lens_values l join account_rows r on r.number = l.account"
    )


def lens_rows(engine: Engine, limit: int) -> list[dict[str, Any]]:
    """Give the highest rows by the lens, of all networks, in a fixed order."""
    return engine.records(
        f"select * exclude (value, number) from lens_rows {_LENS_ORDER} limit ?", (limit,)
    )


def write_lens_rows(engine: Engine, target: Path) -> None:
    """Write all rows of a lens to a CSV, Parquet or JSON file."""
    select = "select * exclude (label, value, number) from lens_rows"
    _write(engine, f"{select} {_LENS_ORDER}", target)


_LENS_ORDER = "order by value desc, network, account"


def _write(engine: Engine, select: str, target: Path) -> None:
    if target.suffix.lower() not in _FORMATS:
        raise InputError(
            f'"{target.name}" has no ending that tells its format',
            place="--out",
            fix="end it with .csv, .parquet or .json",
        )
    target.parent.mkdir(parents=True, exist_ok=True)
    draft = target.with_name(f".{target.name}.new")
    draft.touch()  # the system says best why it may not be written
    engine.run(f"copy ({select}) to {quoted(draft)} {_FORMATS[target.suffix.lower()]}")
    draft.replace(target)
