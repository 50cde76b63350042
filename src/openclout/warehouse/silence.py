"""Silence: opt-outs applied to what comes in, and to what is stored already.

The ledger knows keyed hashes only, so the names that come in are hashed, each once, and compared.
An account that is silent by its handle is silent by its id too, and the ledger learns that hash, so
that a renamed account stays out. What others wrote stays; the name is taken out of it.
"""

from collections.abc import Sequence
from datetime import datetime
from pathlib import Path

from openclout.consent import THIRD_PARTY_LENGTH, Ledger
from openclout.warehouse.engine import Engine, quoted
from openclout.warehouse.lineage import note_purge
from openclout.warehouse.words import cleared_sql, names_any_sql, words_sql

_NAMES: dict[str, tuple[tuple[str, str], ...]] = {
    "accounts": (("network", "id"), ("network", "handle")),
    "posts": (("network", "author"),),
    "interactions": (("network", "source"), ("network", "target")),
    "proofs": (("network", "id"), ("other_network", "other_id")),
}
_TEXTS = {"accounts": ("name",), "posts": ("text",), "interactions": ("text",), "proofs": ()}
_ADDRESSES = {"accounts": (), "posts": ("url",), "interactions": (), "proofs": ("url",)}
_IDS = {"accounts": (), "posts": ("id", "in_reply_to"), "interactions": ("object",), "proofs": ()}
_TAGS = {"accounts": (), "posts": ("tags",), "interactions": ("tags",), "proofs": ()}
_REFUSED_TEXT = "concat_ws(' ', value, content)"
_WITHHELD = "withheld: names an account that opted out"
_STORED = {"accounts": ("name",), "posts": ("text", "url", "id", "tags"),
           "interactions": ("text", "tags"), "proofs": ("url",)}  # fmt: skip


class Silence:
    """The opt-outs of a ledger, within one session of an engine."""

    def __init__(self, engine: Engine, ledger: Ledger, now: datetime) -> None:
        """Load the tombstones' hashes; where there are none every question costs nothing."""
        self._engine, self._ledger, self._now = engine, ledger, now
        self._words: list[str] = []
        self.changed = False
        """Whether anything that is stored was deleted or overwritten."""
        engine.key(ledger.key)
        for table in ("silenced", "silenced_posts"):
            engine.run(f"create or replace temp table {table} (network varchar, id varchar)")
        engine.run("create or replace temp table networks_heard (network varchar)")
        self._load()

    @property
    def active(self) -> bool:
        """Whether anybody opted out at all."""
        return bool(self._ledger.tombstones)

    def _load(self) -> None:
        marks = sorted(self._ledger.hashes)
        rows = ", ".join(f"({quoted(mark)})" for mark in marks) or "(null)"
        self._engine.run(
            f"create or replace temp table tombs as select * from (values {rows}) t(hash)"
            " where hash is not null"
        )

    def listen(self, table: str) -> None:
        """Find the silent names among the rows of `given`, before they are cleaned."""
        self._words = []
        if not self.active:
            return
        held = self._engine.types("from given")
        if "network" not in held:
            return
        self._engine.run(f"insert into networks_heard select distinct {_network()} from given")
        for network, name in _NAMES[table]:
            if name in held and network in held:
                self._add_names(f"select distinct {_network(network)} as network,"
                                f" {_text(name)} as id from given")  # fmt: skip
        if table == "accounts" and "handle" in held:
            self._join_handles()
        if table == "posts" and "author" in held:
            self._engine.run(
                f"insert into silenced_posts select distinct {_network()}, {_text('id')}"
                f" from given where ({_network()}, {_text('author')}) in (from silenced)"
            )
        self._words = self._silent_words(table, held)

    def _add_names(self, names: str) -> None:
        self._engine.run(
            f"insert into silenced select network, id from ({names}) where id is not null and ("
            " keyed(network, id) in (from tombs) or (id[1] = '~' and id[2:] in"
            f" (select left(hash, {THIRD_PARTY_LENGTH}) from tombs)))"
            " and (network, id) not in (from silenced)"
        )

    def _join_handles(self) -> None:
        """Silence both names of an account of which one is silent, and tell the ledger."""
        pairs = self._engine.rows(
            f"select distinct {_network()}, {_text('id')}, {_text('handle')} from given"
            f" where ({_network()}, {_text('id')}) in (from silenced)"
            f" or ({_network()}, {_text('handle')}) in (from silenced)"
        )
        for network, *names in pairs:
            self._ledger.add([(network, name) for name in names if name], self._now)
        if pairs:
            self._load()
            for name in ("id", "handle"):
                self._add_names(f"select distinct {_network()} as network, {_text(name)} as id"
                                " from given")  # fmt: skip

    def _silent_words(self, table: str, held: dict[str, str]) -> list[str]:
        """Give the silent names that stand in the texts, addresses and ids of `given`."""
        columns = [(name, False) for name in (*_TEXTS[table], *_ADDRESSES[table]) if name in held]
        columns += [(name, True) for name in (*_IDS[table], *_TAGS[table]) if name in held]
        found: set[str] = set()
        for name, is_id in columns:
            rows = self._engine.rows(
                f"select distinct word from (select distinct {_network()} as network,"
                f" unnest({words_sql(f'{name}::varchar', is_id)}) as word from given)"
                " where keyed(network, word) in (from tombs)"
            )
            found |= {row[0] for row in rows}
        return sorted(found)

    def condition(self, table: str) -> str:
        """Give the SQL that is true for a row of a silent account, over the cleaned columns."""
        if not self.active:
            return "false"
        parts = [
            f"(({network}, {name}) in (from silenced) and {name} is not null)"
            for network, name in _NAMES[table]
        ]
        if table == "interactions":
            parts.append("(object is not null and (network, object) in (from silenced_posts))")
        return f"coalesce({' or '.join(parts)}, false)"

    def replacements(self, table: str) -> str:
        """Give a `replace (...)` clause that takes silent names out of texts and references."""
        if not self.active:
            return ""
        parts = {name: _hidden(table, name, self._words) for name in _held_names(table)}
        if not self._words:
            parts = {}
        if table == "posts":
            reference = parts.get("in_reply_to", "in_reply_to")
            parts["in_reply_to"] = (
                "case when (network, in_reply_to) in (from silenced_posts) then null"
                f" else {reference} end"
            )
        clause = ", ".join(f"{sql} as {name}" for name, sql in parts.items())
        return f" replace ({clause})" if clause else ""

    def withhold_refused(self) -> None:
        """Take the rows that name a silent account out of the rejects: any word may be its name."""
        if not self.active:
            return
        self._engine.run(
            f"update refused set value = 'withheld', content = {quoted(_WITHHELD)} where rowid in"
            " (select r.rowid from (select rowid, unnest("
            f"{words_sql(_REFUSED_TEXT, is_id=True)}) as word from refused) r,"
            " (select distinct network from accounts union select network from networks_heard"
            " union select network from silenced) n where keyed(n.network, r.word) in (from tombs))"
        )

    def withhold_kept(self, rejects: Path) -> None:
        """Do the same with the rejects of earlier imports, in the files of this folder."""
        for file in sorted(rejects.glob("*.csv")) if self.active else ():
            source = f"read_csv({quoted(file)}, all_varchar = true, header = true, delim = ',',"
            source += " quote = '\"', escape = '\"', max_line_size = 100000000)"
            self._engine.run(f"create or replace temp table refused as from {source}")
            self.withhold_refused()
            draft = file.with_name(f".{file.name}.new")
            self._engine.run(f"copy (from refused) to {quoted(draft)} (format csv, header)")
            draft.replace(file)

    def purge(self) -> int:
        """Delete what is stored of silent accounts; tell how many accounts that were."""
        if not self.active:
            return 0
        engine = self._engine
        engine.run(
            "create or replace temp table gone as select account, network, id, handle"
            " from accounts where keyed(network, id) in (from tombs)"
            " or (handle is not null and keyed(network, handle) in (from tombs))"
            f" or (id[1] = '~' and id[2:] in (select left(hash, {THIRD_PARTY_LENGTH}) from tombs))"
        )
        gone = engine.rows("select network, id, handle from gone")
        for network, *names in gone:
            self._ledger.add([(network, name) for name in names if name], self._now)
        if gone:
            self._load()
            self._delete_gone()
            self.changed = True
            self._clear_stored(sorted({name for row in gone for name in row[1:] if name}))
        return len(gone)

    def clear_texts(self) -> None:
        """Take silent names out of all that others wrote and that is stored."""
        if not self.active:
            return
        columns = [(table, name) for table, names in _STORED.items() for name in names]
        found: set[str] = set()
        for table, name in columns:
            rows = self._engine.rows(
                f"select distinct word from (select distinct unnest("
                f"{words_sql(f'{name}::varchar', name in ('id', 'tags'))}) as word from {table}),"
                " (select distinct network from accounts union select distinct network from posts)"
                " where keyed(network, word) in (from tombs)"
            )
            found |= {row[0] for row in rows}
        self._clear_stored(sorted(found))

    def _clear_stored(self, words: Sequence[str]) -> None:
        for table, names in _STORED.items():
            for name in names:
                condition = names_any_sql(f"{name}::varchar", words)
                found = self._engine.value(f"select count(*) from {table} where {condition}")
                if found:
                    self._engine.run(f"update {table} set {name} = {_hidden(table, name, words)}"
                                     f" where {condition}")  # fmt: skip
                    self.changed = True

    def _delete_gone(self) -> None:
        engine = self._engine
        note_purge(engine)
        engine.run(
            "create or replace temp table gone_posts as select post from posts"
            " where author in (select account from gone) union select object from interactions"
            " where target in (select account from gone) and object is not null"
        )
        engine.run("delete from interactions where source in (select account from gone)"
                   " or target in (select account from gone)"
                   " or object in (from gone_posts)")  # fmt: skip
        engine.run("update posts set in_reply_to = null where in_reply_to in (from gone_posts)")
        engine.run("delete from posts where post in (from gone_posts)")
        engine.run("delete from proofs where account in (select account from gone)"
                   " or other in (select account from gone)")  # fmt: skip
        engine.run("delete from accounts where account in (select account from gone)")


def _network(name: str = "network") -> str:
    return f"lower(trim({name}::varchar))"


def _text(name: str) -> str:
    return f"trim({name}::varchar)"


def _held_names(table: str) -> list[str]:
    return [*_TEXTS[table], *_ADDRESSES[table], *_IDS[table], *_TAGS[table]]


def _hidden(table: str, name: str, words: Sequence[str]) -> str:
    """Give the SQL for a column without these names: cleared, left out, or a keyed id instead."""
    if name in _TEXTS[table]:
        return cleared_sql(name, words)
    if name in _TAGS[table]:
        return f"list_filter(tags, lambda tag: not {names_any_sql('tag', words)})"
    instead = "null"
    if name in _IDS[table]:
        instead = f"'~' || left(keyed(network, {name}), {THIRD_PARTY_LENGTH})"
    return f"case when {names_any_sql(name, words)} then {instead} else {name} end"
