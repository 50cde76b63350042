"""Writing a snapshot: its tables are written aside, then one small file is swapped.

A reader follows `snapshot` (the name of the current folder) and sees the old tables or the new,
never half; a killed run leaves a folder that the next one sweeps away.
"""

import os
import secrets
import shutil
from pathlib import Path

from openclout.consent import Ledger
from openclout.snapshot.facts import Facts, write_facts
from openclout.snapshot.history import settle
from openclout.vocabulary.period import Period
from openclout.warehouse.engine import Engine, Fault, quoted
from openclout.warehouse.measure import make_moments
from openclout.warehouse.output import gather_people
from openclout.warehouse.topical import topic_selects
from openclout.warehouse.words import cleared_sql, names_any_sql, words_sql

POINTER = "snapshot"
TABLES = (
    "people", "members", "ties", "standing", "crowd", "posts", "moments", "styles",
    "topics", "topic_scores", "topic_posts", "topic_ties",
)  # fmt: skip
_MOST_POSTS = 10  # of an account, those that moved most
_MOST_MOVERS = 8  # named people whom one of them moved


def write_snapshot(engine: Engine, data: Path, facts: Facts) -> Path:
    """Write the run that is in `engine`, and publish it.

    Needs the views `people`, `members` (warehouse/output.py) and `styles`, and the relations of the
    last measured period; ties, standing and crowd are what `engagers` is made of, for explaining.
    """
    make_moments(engine, Period(facts.as_of, facts.window), _MOST_POSTS, _MOST_MOVERS)
    folder = _fresh(data, f"{facts.as_of:%Y%m%dT%H%M%S}-{facts.model.name}")
    selects = {
        "people": gather_people(engine),
        "members": "from members",
        "ties": "from ties",
        "standing": "from standing",
        "crowd": "from crowd",
        "styles": "from styles",
        "posts": "select b.* exclude (object), t.kinds, p.id as post, p.url, p.published,"
        " left(p.text, 280) as text from best_posts b join tallies t using (target, place)"
        " join posts p on p.post = b.object",
        "moments": "from moments",
        **topic_selects(),
    }
    for table, select in selects.items():
        engine.run(f"copy ({select}) to {quoted(folder / f'{table}.parquet')} {_PARQUET}")
    (folder / "facts.json").write_bytes(write_facts(facts))
    _publish(data, folder)
    return folder


_NUMBERS = {
    "people": ("number",),
    "members": ("leader", "account"),
    "ties": ("target", "source"),
    "standing": ("account",),
    "crowd": ("target",),
    "posts": ("target",),
    "styles": ("number",),
    "moments": ("target", "source"),
    "topics": (),
    "topic_scores": ("number",),
    "topic_posts": ("target",),
    "topic_ties": ("target", "source"),
}
"""Where each table holds the numbers of accounts."""
_OF_POSTS = ("posts", "topic_posts")
_PARQUET = "(format parquet, compression lz4_raw)"


def forget(engine: Engine, data: Path, ledger: Ledger) -> None:
    """Write the current snapshot anew without those who opted out, and without their names.

    One that cannot be read any more is withdrawn: what it holds cannot be known. Who is no longer
    in the warehouse goes from the history.
    """
    if not ledger.tombstones:
        return
    settle(engine, data)
    current = current_folder(data)
    try:
        if current is not None:
            _rewrite(engine, data, current, ledger)
            return
    except Fault:
        (data / POINTER).unlink()
    shutil.rmtree(data / "snapshots", ignore_errors=True)


def _rewrite(engine: Engine, data: Path, current: Path, ledger: Ledger) -> None:
    engine.key(ledger.key)
    for table in TABLES:
        source = quoted(current / f"{table}.parquet")
        engine.run(f"create or replace temp view shown_{table} as from read_parquet({source})")
    marks = ", ".join(f"({quoted(mark)})" for mark in sorted(ledger.hashes))
    engine.run(f"create or replace temp table tombs as from (values {marks}) t(hash)")
    engine.run(
        "create or replace temp table gone as select number from shown_people"
        " where level = 'account' and (keyed(network, account) in (from tombs)"
        " or (handle is not null and keyed(network, handle) in (from tombs)))"
    )
    engine.run(
        "create or replace temp table gone_topics as select distinct topic from shown_topics,"
        " (select distinct network from shown_people) where origin = 'tag'"
        " and keyed(network, topic) in (from tombs)"
    )
    words = _silent_words(engine)
    folder = _fresh(data, current.name.rpartition("-")[0])
    for table, columns in _NUMBERS.items():
        conditions = [f"coalesce({column}, -1) not in (from numbers)" for column in columns]
        if table.startswith("topic"):
            conditions.append("topic not in (from gone_topics)")
        kept = " and ".join(conditions)
        target = quoted(folder / f"{table}.parquet")
        if table == "people":  # a person of whom one account has gone
            kept += (
                " and not (level = 'person' and number in (select leader from shown_members"
                " where account in (from numbers)))"
            )
        engine.run(
            f"copy (with numbers as (select number from gone) select * {_without(table, words)}"
            f" from shown_{table} where {kept}) to {target} {_PARQUET}"
        )
    shutil.copy(current / "facts.json", folder / "facts.json")
    _publish(data, folder)


def _silent_words(engine: Engine) -> list[str]:
    """Give the names of those who opted out that stand in what others wrote."""
    columns = [
        ("people", "label"),
        *((table, name) for table in _OF_POSTS for name in ("text", "url", "post")),
    ]
    lists = " union ".join(
        f"select unnest({words_sql(name, is_id=name == 'post')}) as word from shown_{table}"
        for table, name in columns
    )
    rows = engine.rows(
        f"select distinct word from ({lists}), (select distinct network from shown_people)"
        " where keyed(network, word) in (from tombs) order by 1"
    )
    return [row[0] for row in rows]


def _without(table: str, words: list[str]) -> str:
    """Give the clause that takes names out of a table of the snapshot."""
    if table == "people":
        return f"replace ({cleared_sql('label', words)} as label)"
    if table in _OF_POSTS:
        named = names_any_sql("url", words), names_any_sql("post", words)
        return (
            f"replace ({cleared_sql('text', words)} as text,"
            f" case when not {named[0]} then url end as url,"
            f" case when not {named[1]} then post else '~' end as post)"
        )
    return ""


def current_folder(data: Path) -> Path | None:
    """Tell where the published snapshot lies, or None."""
    pointer = data / POINTER
    if not pointer.is_file():
        return None
    folder = data / "snapshots" / pointer.read_text(encoding="ascii", errors="replace").strip()
    return folder if folder.is_dir() else None


def _fresh(data: Path, name: str) -> Path:
    folder = data / "snapshots" / f"{name}-{secrets.token_hex(4)}"
    folder.mkdir(parents=True)
    return folder


def _publish(data: Path, folder: Path) -> None:
    draft = data / f"{POINTER}.{os.getpid()}.new"
    with draft.open("w", encoding="ascii") as file:
        file.write(folder.name)
        file.flush()
        os.fsync(file.fileno())
    draft.replace(data / POINTER)
    for other in folder.parent.iterdir():
        if other != folder:
            shutil.rmtree(other, ignore_errors=True)
