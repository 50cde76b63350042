"""Loading a snapshot: tables are filled beside those that are read, then all swapped at once.

Readers see the old publication or the new one, never half. A load that was killed leaves tables
named `..._new`, which the next sweeps away. The columns are those of models.py.
"""

import secrets
from collections.abc import Iterable
from pathlib import Path
from typing import Any

import orjson
from django.db import connection, transaction

from openclout.consent import Ledger
from openclout.settings import Settings
from openclout.snapshot import bulk
from openclout.snapshot.detail import details_sql, line_runs
from openclout.snapshot.facts import write_facts
from openclout.snapshot.reader import Snapshot
from openclout.snapshot.writer import current_folder
from openclout.warehouse.store import scratch_folder
from openclout.web.claims.claim import public_slugs
from openclout.web.published.models import (
    TABLES,
    Detail,
    Person,
    Post,
    Publication,
    Published,
    Topic,
    TopicPost,
    TopicScore,
)
from openclout.web.published.state import current_publication, forget_publication

Columns = dict[str, str]


def ensure_tables() -> None:
    """Make the tables, empty, where there are none or those of another version."""
    with connection.cursor() as cursor:
        there = set(connection.introspection.table_names(cursor))
        for model in TABLES:
            if _table(model) in there:
                described = connection.introspection.get_table_description(cursor, _table(model))
                there.discard("" if [c.name for c in described] == _names(model) else _table(model))
    if all(_table(model) in there for model in TABLES):
        return
    drop_new()
    with transaction.atomic():
        for model in TABLES:
            create_new(model)
            _swap(model)
    forget_publication()


def load_current(settings: Settings) -> bool:
    """Load the data folder's snapshot; False where it is the one that is read already.

    Raises NotFound where nothing was scored.
    """
    folder = current_folder(settings.data)
    known = current_publication()
    if folder is not None and known is not None and known.folder == folder.name:
        return False
    with scratch_folder(settings.data) as scratch:
        snapshot = Snapshot(settings.data, settings, Ledger(settings.data), scratch)
        try:
            load(snapshot, folder.name if folder else "", scratch)
        finally:
            snapshot.close()
    return True


def load(snapshot: Snapshot, name: str, scratch: Path) -> None:
    """Load a snapshot whole and swap it in."""
    drop_new()
    columns = {model: create_new(model) for model in TABLES}
    _insert(Publication, [_publication(snapshot, name)], columns[Publication])
    bulk.publish_names(snapshot, list(public_slugs()))
    fill(snapshot, Person, bulk.people_sql(snapshot), scratch)
    fill(snapshot, Post, bulk.posts_sql(), scratch)
    for select in details_sql(snapshot):
        fill(snapshot, Detail, select, scratch)
    fill(snapshot, Topic, bulk.topics_sql(), scratch)
    fill(snapshot, TopicScore, bulk.topic_scores_sql(), scratch)
    fill(snapshot, TopicPost, bulk.topic_posts_sql(), scratch)
    stamp = secrets.token_hex(4)  # indexes have names of their own; the old ones still stand
    for model in TABLES:
        _index(model, stamp)
    with transaction.atomic():
        _publish_claims()
        for model in TABLES:
            _swap(model)
    forget_publication()


def _publication(snapshot: Snapshot, name: str) -> tuple[Any, ...]:
    facts = snapshot.facts
    days = facts.window.total_seconds() / 86400
    runs = [[kept.day.isoformat(), kept.model] for kept in line_runs(snapshot)]
    extra = {"signals": bulk.weighted(facts.model), "runs": runs}
    text = orjson.dumps({**orjson.loads(write_facts(facts)), **extra}).decode()
    return (1, name, facts.as_of, days, facts.model.name, text)


def fill(snapshot: Snapshot, model: type[Published], sql: str, scratch: Path) -> None:
    """Fill a new table with a select over the snapshot, which names its columns."""
    if connection.vendor == "postgresql":
        _copy(snapshot, model, sql, scratch)
        return
    names, chunks = bulk.read_rows(snapshot, sql)
    columns = ", ".join(names)
    marks = ", ".join("%s" for _name in names)
    statement = f"insert into {_new(model)} ({columns}) values ({marks})"
    for chunk in chunks:
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.executemany(statement, chunk)


def _copy(snapshot: Snapshot, model: type[Published], sql: str, scratch: Path) -> None:
    """Fill a table of PostgreSQL's by COPY from a file that the engine writes."""
    file = scratch / f"{_table(model)}.csv"
    names = bulk.write_csv(snapshot, sql, file)
    statement = f"copy {_new(model)} ({', '.join(names)}) from stdin (format csv)"
    with (
        connection.cursor() as cursor,
        file.open("rb") as opened,
        cursor.copy(statement) as copy,
    ):
        while block := opened.read(1 << 20):
            copy.write(block)
    file.unlink()


def create_new(model: type[Published]) -> Columns:
    """Make the new, empty table of a model; give its columns with their types."""
    columns = {str(field.column): _type(field) for field in model._meta.fields}
    body = ", ".join(f"{name} {kind}" for name, kind in columns.items())
    _run(f"create table {_new(model)} ({body})")
    return columns


def _names(model: type[Published]) -> list[str]:
    return [str(field.column) for field in model._meta.fields]


def _type(field: Any) -> str:
    kind = str(field.db_type(connection)).split(" CHECK")[0]
    bytewise = ' collate "C"' if kind == "text" and connection.vendor == "postgresql" else ""
    key = " primary key" if field.primary_key else "" if field.null else " not null"
    return f"{kind}{bytewise}{key}"


def _insert(model: type[Published], rows: Iterable[tuple[Any, ...]], columns: Columns) -> None:
    marks = ", ".join("%s" for _name in columns)
    with connection.cursor() as cursor:
        cursor.executemany(f"insert into {_new(model)} values ({marks})", list(rows))


def _index(model: type[Published], stamp: str) -> None:
    for name, rest in model.indexes_sql:
        _run(f"create index {_table(model)}_{name}_{stamp} on {_new(model)} {rest}")
    _run(f"analyze {_new(model)}")


def _publish_claims() -> None:
    """Give those who claimed their page its address; all others have none."""
    rows = [(slug, network, account) for (network, account), slug in public_slugs().items()]
    with connection.cursor() as cursor:
        cursor.executemany(
            f"update {_new(Person)} set slug = %s where network = %s and account = %s"
            " and level = 'account'",
            rows,
        )
        cursor.execute(
            f"update {_new(Person)} set slug = (select min(a.slug) from {_new(Person)} a"
            f" where a.person = {_new(Person)}.id and a.slug is not null) where level = 'person'"
        )
        for model, owner in ((TopicScore, "owner"), (Post, "author"), (TopicPost, "author")):
            cursor.execute(
                f"update {_new(model)} set slug = p.slug from {_new(Person)} p where"
                f" p.id = {_new(model)}.{owner} and p.slug is not null"
            )


def _swap(model: type[Published]) -> None:
    _run(f"drop table if exists {_table(model)}")
    _run(f"alter table {_new(model)} rename to {_table(model)}")


def drop_new() -> None:
    """Sweep away what a killed load left."""
    for model in TABLES:
        _run(f"drop table if exists {_new(model)}")


def _run(sql: str) -> None:
    with connection.cursor() as cursor:
        cursor.execute(sql)


def _table(model: type[Published]) -> str:
    return str(model._meta.db_table)


def _new(model: type[Published]) -> str:
    return f"{_table(model)}_new"
