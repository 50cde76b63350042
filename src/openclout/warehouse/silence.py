"""Silence: opt-outs applied to what comes in, and to what is stored already.

The ledger knows keyed hashes only, so the names that come in are hashed, each once, and compared.
An account that is silent by its handle is silent by its id too, and the ledger learns that hash, so
that a renamed account stays out.
"""

from datetime import datetime

from openclout.connector import TABLES
from openclout.consent import THIRD_PARTY_LENGTH, Ledger
from openclout.warehouse.engine import Engine, quoted

_NAMES: dict[str, tuple[tuple[str, str], ...]] = {
    "accounts": (("network", "id"), ("network", "handle")),
    "posts": (("network", "author"),),
    "interactions": (("network", "source"), ("network", "target")),
    "proofs": (("network", "id"), ("other_network", "other_id")),
}
_MENTION = r"@[\w.\-]+(?:@[\w.\-]+)?"


class Silence:
    """The opt-outs of a ledger, within one session of an engine."""

    def __init__(self, engine: Engine, ledger: Ledger, now: datetime) -> None:
        """Load the tombstones' hashes; where there are none every question costs nothing."""
        self._engine, self._ledger, self._now = engine, ledger, now
        engine.key(ledger.key)
        engine.run("create or replace temp table silenced (network varchar, id varchar)")
        engine.run("create or replace temp table silenced_posts (network varchar, id varchar)")
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
        if not self.active:
            return
        held = self._engine.types("from given")
        for network, name in _NAMES[table]:
            if name in held and network in held:
                self._add_names(
                    f"select distinct lower(trim({network}::varchar)) as network,"
                    f" trim({name}::varchar) as id from given"
                )
        if table == "accounts" and "handle" in held:
            self._join_handles()
        if table == "posts":
            self._engine.run(
                "insert into silenced_posts select distinct lower(trim(network)), trim(id)"
                " from given where (lower(trim(network)), trim(author)) in (from silenced)"
            )

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
            "select distinct lower(trim(network)), trim(id::varchar), trim(handle) from given"
            " where (lower(trim(network)), trim(id::varchar)) in (from silenced)"
            " or (lower(trim(network)), trim(handle)) in (from silenced)"
        )
        for network, *names in pairs:
            self._ledger.add([(network, name) for name in names if name], self._now)
            self._engine.run("insert into silenced values (?, ?)", (network, names[0]))
        if pairs:
            self._load()

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
        if not self.active or "text" not in TABLES[table]:
            return ""
        parts = []
        mentioned = self._silent_mentions()
        if mentioned:
            parts.append(f"{_without('text', mentioned)} as text")
        if table == "posts":
            parts.append(
                "case when (network, in_reply_to) in (from silenced_posts) then null"
                " else in_reply_to end as in_reply_to"
            )
        return f" replace ({', '.join(parts)})" if parts else ""

    def _silent_mentions(self) -> list[str]:
        if "text" not in self._engine.types("from given"):
            return []
        return [
            row[0]
            for row in self._engine.rows(
                "select distinct name from (select lower(trim(network)) as network,"
                f" unnest(regexp_extract_all(text::varchar, '{_MENTION}')) as name from given)"
                " where keyed(network, name) in (from tombs) order by 1"
            )
        ]

    def withhold_refused(self) -> None:
        """Take the rows that name a silent account out of the rejects: any word may be its name."""
        if not self.active:
            return
        networks = "select distinct network from accounts union select network from silenced"
        self._engine.run(
            "update refused set value = 'withheld', content = 'withheld: names an account that"
            " opted out' where rowid in (select r.rowid from (select rowid, unnest("
            "regexp_split_to_array(concat_ws(' ', value, content), '[\\s,;\"''{}:\\[\\]|]+'))"
            " as word"
            f" from refused) r, ({networks}) n where r.word <> ''"
            " and keyed(n.network, r.word) in (from tombs))"
        )

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
        if gone:
            for network, *names in gone:
                self._ledger.add([(network, name) for name in names if name], self._now)
            self._delete_gone()
        return len(gone)

    def _delete_gone(self) -> None:
        engine = self._engine
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
        names = [
            row[0]
            for row in engine.rows(
                "select distinct '@' || ltrim(coalesce(handle, id), '@') from gone"
            )
        ]
        for table in ("posts", "interactions"):
            engine.run(
                f"update {table} set text = {_without('text', names)}"
                f" where regexp_matches(text, {_pattern(names)}, 'i')"
            )


def _pattern(names: list[str]) -> str:
    """Give a literal of a regular expression for any of these mentions, as whole words."""
    import re

    alternatives = "|".join(re.escape(name).replace("/", "\\/") for name in names)
    return quoted(f"({alternatives})($|[^\\w])")


def _without(column: str, names: list[str]) -> str:
    return f"regexp_replace({column}, {_pattern(names)}, '@…\\2', 'gi')"
