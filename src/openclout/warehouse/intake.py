"""Intake: rows of a relation are cleaned, judged, named by number and stored, in that order.

All of it runs inside one transaction per import, so that a killed process leaves the warehouse as
it was before or as it is after. A row's identity is the network's own id of the act or, where there
is none, the file's hash and the row's number: equal content is not the same act.
"""

from collections import Counter
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from openclout.connector import ROW_NUMBER, Relation
from openclout.errors import InputError
from openclout.vocabulary.interaction import KINDS, WORDS
from openclout.warehouse.cleaning import clean_columns, shapes
from openclout.warehouse.engine import Engine, Fault, quoted
from openclout.warehouse.rules import RULES, fault_sql
from openclout.warehouse.silence import Silence
from openclout.warehouse.storing import STORE, forget_identities, withdraw_acts


@dataclass(slots=True)
class Tally:
    """What became of the rows: read = kept + updated + duplicates + withheld + rejected.

    `withdrawn` are acts of earlier inputs that are deleted.
    """

    read: int = 0
    kept: int = 0
    updated: int = 0
    duplicates: int = 0
    withheld: int = 0
    withdrawn: int = 0
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
        self._counts: list[tuple[Any, ...]] = []
        forget_identities(engine)
        engine.run(
            "create or replace temp table refused (place varchar, line bigint, field varchar,"
            " value varchar, reason varchar, fix varchar, content varchar)"
        )

    def withdraw(self, format_name: str) -> None:
        """Delete the acts of a format's files that were not among those just taken."""
        self.tally.withdrawn = withdraw_acts(self._engine, format_name)

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
            self._clean(relation)
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
        for leftover in ("kept_rows", "staged", "csv_errors", "csv_scans"):
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
        self._engine.run(f"create or replace temp table bad_lines as {relation.bad}")
        self._engine.run(
            f"insert into refused select {quoted(relation.place)}, line, null, left(value, 200),"
            " reason, fix, value from bad_lines"
        )
        for reason, count in self._engine.rows("select reason, count(*) from bad_lines group by 1"):
            self.tally.read += count
            self.tally.reasons[reason] += count

    def _clean(self, relation: Relation) -> None:
        """Make `cleaned_rows`, with each row's first fault, and `good`, those without any.

        Text is dear to copy: rows are cleaned anew at each reading, unless some are faulty or
        silent or have ids of their own, which takes more readings.
        """
        engine = self._engine
        engine.run(f"create or replace temp view cleaned_rows as {self._cleaned_sql(relation)}")
        kept = "id" in engine.types("from given")
        if kept:
            self._keep_cleaned()
        self._counts = engine.rows("select fault, silent, count(*) from cleaned_rows group by all")
        spotless = all(fault is None and not silent for fault, silent, _count in self._counts)
        if not spotless and not kept:
            self._keep_cleaned()
        condition = "" if spotless else " where fault is null and not silent"
        engine.run(f"create or replace temp view good as from cleaned_rows{condition}")

    def _keep_cleaned(self) -> None:
        self._engine.run("create temp table kept_rows as from cleaned_rows")
        self._engine.run("create or replace temp view cleaned_rows as from kept_rows")

    def _cleaned_sql(self, relation: Relation) -> str:
        table = relation.table
        columns = clean_columns(table, self._shaped_types())
        kind = f", {_KIND} as kind" if table == "interactions" else ""
        silent = self._silence.condition(table)
        quiet = self._silence.replacements(table)
        return (
            f"with typed as (select given.row as row, {', '.join(columns)} from given), named as ("
            f"select *{kind}, timestamp {quoted(self._latest)} as latest from typed)"
            f" select *{quiet}, {fault_sql(table)}::utinyint as fault, {silent} as silent"
            " from named"
        )

    def _shaped_types(self) -> dict[str, str]:
        """Tell the types of `given`, with the shape of its text: the first that all rows have."""
        types = self._engine.types("from given")
        for name, kind in list(types.items()):
            for shape, unlike in shapes(name, kind):
                odd = f"select 1 from given where {name} is not null and {unlike} limit 1"
                if not self._engine.rows(odd):
                    types[name] = shape
                    break
        return types

    def _note_faults(self, relation: Relation) -> None:
        for fault, _silent, count in self._counts:
            self.tally.read += count
            if fault is not None:
                self.tally.reasons[RULES[relation.table][fault - 1].reason] += count
        for fault in sorted({fault for fault, _silent, _count in self._counts} - {None}):
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
        stored = STORE[table](self._engine, file, known)
        sound = [(silent, count) for fault, silent, count in self._counts if fault is None]
        good = sum(count for silent, count in sound if not silent)
        self.tally.withheld += sum(count for silent, count in sound if silent)
        self.tally.kept += stored.kept
        self.tally.updated += stored.updated
        self.tally.tables[table] += stored.kept + stored.updated
        self.tally.duplicates += good - stored.kept - stored.updated


_NUMBERED = f"select {ROW_NUMBER} as row, * from staged"
"""A table filled in one statement keeps the order of the file; its row ids start anywhere."""


def refused_csv(engine: Engine, target: Path) -> None:
    """Write the refused rows to a CSV file, in a fixed order."""
    engine.run(
        "copy (select place, line, field, value, reason, fix, content from refused"
        f" order by all) to {quoted(target)} (format csv, header)"
    )


_KIND = (
    "case word "
    + " ".join(f"when {quoted(kind)} then {quoted(kind)}" for kind in KINDS)
    + " ".join(f" when {quoted(word)} then {quoted(kind)}" for word, kind in WORDS.items())
    + " end"
)
"""The kind that a word means; a join with a table of words would be made even for other columns."""


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
