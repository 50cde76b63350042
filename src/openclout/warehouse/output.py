"""Output: the table of people that every reader sees, and the files it is written to."""

from pathlib import Path

from openclout.errors import InputError
from openclout.warehouse.engine import Engine, quoted

_FORMATS = {
    ".csv": "(format csv, header)",
    ".parquet": "(format parquet, compression zstd)",
    ".json": "(format json, array true)",
}
SCORE_COLUMNS = (
    "score", "low", "high", "provisional", "quiet", "uncalibrated", "curve", "percentile", "rank",
    "cohort", "base", "reach", "amplification", "network_points", "evidence",
)  # fmt: skip
_NUMBERS = (
    "score", "low", "high", "percentile", "base", "reach", "amplification", "network_points",
    "evidence",
)  # fmt: skip


def make_people(engine: Engine, signals: list[str], rounded: bool) -> None:
    """Make the view `people`: one row per account, and one per person with several accounts.

    A person's row is that of the account that moves most: nothing is a sum of scores, and linking
    an account that moves nobody changes nothing. With `rounded`, numbers have six decimals.
    """
    number = "round({0}, 6)" if rounded else "{0}"
    scores = ", ".join(f"{_score_sql(name, number)} as {name}" for name in SCORE_COLUMNS)
    values = ", ".join(f"{number.format(f'coalesce(m.{name}, 0)')} as {name}" for name in signals)
    engine.run(
        "create or replace temp view account_rows as select 'account' as level, a.network,"
        " a.id as account, a.handle, coalesce(a.handle, a.name, a.id) as label,"
        " a.account as number,"
        " case when s.account is null then 'not enough data' when s.quiet then 'quiet'"
        f" else 'active' end as status, {scores}, a.bot, a.kind, {values}"
        " from accounts a left join scored s using (account)"
        " left join measured m on m.account = a.account where a.id[1] <> '~'"
    )
    engine.run(
        "create or replace temp view people as (from account_rows union all by name"
        " select * exclude (turn, person, joined) replace"
        " ('person' as level, joined as account) from (select r.*, p.person,"
        " string_agg(r.network || ':' || r.account, ' ' order by r.network, r.account)"
        " over (partition by p.person) as joined, row_number() over (partition by p.person"
        " order by r.score desc nulls last, r.network, r.account) as turn"
        " from account_rows r join persons p on p.account = r.number) where turn = 1)"
    )


def _score_sql(name: str, number: str) -> str:
    if name == "rank":
        return "case when not isnan(s.rank) then s.rank::bigint end"
    if name == "percentile":
        return f"case when not isnan(s.percentile) then {number.format('s.percentile')} end"
    return number.format(f"s.{name}") if name in _NUMBERS else f"s.{name}"


def write_people(engine: Engine, target: Path) -> None:
    """Write the people to a CSV, Parquet or JSON file, best first, in a fixed order."""
    if target.suffix.lower() not in _FORMATS:
        raise InputError(
            f'"{target.name}" has no ending that tells its format',
            place="--out",
            fix="end it with .csv, .parquet or .json",
        )
    target.parent.mkdir(parents=True, exist_ok=True)
    draft = target.with_name(f".{target.name}.new")
    draft.touch()  # the system says best why it may not be written
    engine.run(
        "copy (select * exclude (number) from people order by level, score desc nulls last,"
        f" network, account) to {quoted(draft)} {_FORMATS[target.suffix.lower()]}"
    )
    draft.replace(target)
