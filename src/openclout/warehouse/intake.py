"""Intake: rows of a relation are cleaned, judged, named by number and stored, in that order.

All of it runs inside one transaction per import, so that a killed process leaves the warehouse as
it was before or as it is after. A row's identity is the network's own id of the act or, where there
is none, the file's hash and the row's number: equal content is not the same act.
"""

from collections import Counter
from dataclasses import dataclass, field
from pathlib import Path

from openclout.connector import Relation
from openclout.errors import InputError
from openclout.vocabulary.interaction import KINDS, WORDS
from openclout.warehouse.cleaning import clean_columns
from openclout.warehouse.engine import Engine, Fault, quoted
from openclout.warehouse.rules import RULES, fault_sql
from openclout.warehouse.silence import Silence
from openclout.warehouse.storing import STORE


@dataclass(slots=True)
class Tally:
    """What became of the rows: read = kept + updated + duplicates + withheld + rejected."""

    read: int = 0
    kept: int = 0
    updated: int = 0
    duplicates: int = 0
    withheld: int = 0
    tables: Counter[str] = field(default_factory=Counter)
    reasons: Counter[str] = field(default_factory=Counter)

    @property
    def rejected(self) -> int:
        """How many rows could not be used."""
        return sum(self.reasons.values())


@dataclass(frozen=True, slots=True)
class FileNote:
    """What is kept of a file: its hash, its format, and whether it names those who act."""

    sha256: str
    format: str
    names: bool


class Intake:
    """Takes relations into the tables of one engine, within the caller's transaction."""

    def __init__(self, engine: Engine, silence: Silence, latest: str) -> None:
        """`latest` is the last moment that is not the future, ISO 8601."""
        self._engine, self._silence, self._latest = engine, silence, latest
        self.tally = Tally()
        self._numbered = False
        words = ", ".join(f"({quoted(word)}, {quoted(kind)})" for word, kind in _words().items())
        engine.run(f"create or replace temp table words as from (values {words}) w(word, kind)")
        engine.run(
            "create or replace temp table refused (place varchar, line bigint, field varchar,"
            " value varchar, reason varchar, fix varchar, content varchar)"
        )

    def refuse(self, place: str, value: str, reason: str, fix: str) -> None:
        """Note a row that a connector could not read."""
        self.tally.read += 1
        self.tally.reasons[reason] += 1
        self._engine.run(
            "insert into refused values (?, null, null, ?, ?, ?, null)",
            (place, value[:2000], reason, fix),
        )

    def take(self, relation: Relation, note: FileNote) -> None:
        """Store what is good in a relation and refuse the rest."""
        try:
            self._stage(relation)
            self._silence.listen(relation.table)
            self._engine.run(self._cleaned_sql(relation))
        except Fault as error:
            raise InputError(
                f"it cannot be read ({str(error).splitlines()[0]})",
                place=relation.place,
                fix="export or download it again",
            ) from None
        self._note_faults(relation)
        file, known = self._file_number(note)
        self._store(relation.table, file, known)
        self._engine.run("drop table if exists staged")

    def _stage(self, relation: Relation) -> None:
        """Make `given`: the relation's rows with their number, read once."""
        engine = self._engine
        engine.run("drop view if exists good")
        for leftover in ("cleaned_rows", "staged", "csv_errors", "csv_scans"):
            engine.run(f"drop table if exists {leftover}")
        if relation.setup:
            engine.run(relation.setup)
        self._numbered = "row" in engine.types(relation.sql)
        source = relation.sql if self._numbered else _NUMBERED
        if not self._numbered:
            engine.run(f"create temp table staged as {relation.sql}")
        engine.run(f"create or replace temp view given as {source}")
        if relation.bad:
            self._refuse_bad(relation)

    def _refuse_bad(self, relation: Relation) -> None:
        self._engine.run(
            f"insert into refused select {quoted(relation.place)}, line, null, value, reason, fix,"
            f" value from ({relation.bad})"
        )
        for reason, count in self._engine.rows(
            f"select reason, count(*) from ({relation.bad}) group by 1"
        ):
            self.tally.read += count
            self.tally.reasons[reason] += count

    def _cleaned_sql(self, relation: Relation) -> str:
        table = relation.table
        columns = clean_columns(table, self._engine.types("from given"))
        words = " left join words using (word)" if table == "interactions" else ""
        silent = self._silence.condition(table)
        quiet = self._silence.replacements(table)
        return (
            "create or replace temp table cleaned_rows as with typed as ("
            f"select given.row as row, {', '.join(columns)} from given), named as ("
            f"select *, timestamp {quoted(self._latest)} as latest from typed{words})"
            f" select *{quiet}, {fault_sql(table)}::utinyint as fault, {silent} as silent"
            " from named"
        )

    def _note_faults(self, relation: Relation) -> None:
        counts = self._engine.rows("select fault, count(*) from cleaned_rows group by 1")
        self.tally.read += sum(count for _fault, count in counts)
        for fault, count in counts:
            if fault is not None:
                rule = RULES[relation.table][fault - 1]
                self.tally.reasons[rule.reason] += count
                self._refuse_faulty(relation, fault)

    def _refuse_faulty(self, relation: Relation, fault: int) -> None:
        """Keep the faulty rows whole, each with the line on which it stands in the file."""
        rule = RULES[relation.table][fault - 1]
        held = self._engine.types("from given")
        shown = f"g.{rule.field}::varchar" if rule.field in held else "null"
        line, counted = ("b.row", "") if self._numbered else _line_sql(relation)
        content = ", ".join(f'"{name}" := g."{name}"' for name in held if name != "row")
        self._engine.run(
            f"insert into refused select {quoted(relation.place)}, {line}, {quoted(rule.field)},"
            f" left({shown}, 200), {quoted(rule.reason)}, {quoted(rule.fix)},"
            f" to_json(struct_pack({content})) from cleaned_rows b join given g using (row)"
            f"{counted} where b.fault = {fault}"
        )

    def _file_number(self, note: FileNote) -> tuple[int, bool]:
        """Give the number of a file, and whether it was here before."""
        known = self._engine.value("select file from files where sha256 = ?", (note.sha256,))
        if known is not None:
            return known, True
        number = self._engine.value("select coalesce(max(file), 0) + 1 from files")
        values = (number, note.sha256, note.format, note.names)
        self._engine.run("insert into files values (?, ?, ?, ?)", values)
        return number, False

    def _store(self, table: str, file: int, known: bool) -> None:
        engine = self._engine
        engine.run("create or replace temp view good as from cleaned_rows"
                   " where fault is null and not silent")  # fmt: skip
        withheld = engine.value("select count(*) from cleaned_rows where fault is null and silent")
        good = engine.value("select count(*) from good")
        stored = STORE[table](engine, file, known)
        self.tally.withheld += withheld
        self.tally.kept += stored.kept
        self.tally.updated += stored.updated
        self.tally.tables[table] += stored.kept + stored.updated
        self.tally.duplicates += good - stored.kept - stored.updated


_NUMBERED = "select rowid - (select min(rowid) from staged) + 1 as row, * from staged"
"""A table filled in one statement keeps the order of the file; its row ids start anywhere."""


def refused_csv(engine: Engine, target: Path) -> None:
    """Write the refused rows to a CSV file, in a fixed order."""
    engine.run(
        "copy (select place, line, field, value, reason, fix, content from refused"
        f" order by all) to {quoted(target)} (format csv, header)"
    )


def _words() -> dict[str, str]:
    return {**{kind: kind for kind in KINDS}, **WORDS}


def _line_sql(relation: Relation) -> tuple[str, str]:
    """Tell on which line of its file a row b stands, in SQL, and the join that this needs.

    Before it stand the header, the rows before it, and those bad lines of which the nth stands on
    a line less than row + offset + n. Records of a connector stand on no line.
    """
    if not relation.bad:
        return "null", ""
    counted = (
        f" asof left join (select line - {relation.offset} - n as before, max(n) as n from (select"
        f" line, row_number() over (order by line) as n from (select distinct line from"
        f" ({relation.bad}))) group by 1) x on b.row > x.before"
    )
    return f"(b.row + {relation.offset} + coalesce(x.n, 0))::bigint", counted
