"""What a connector owes: to recognise its format by looking, and to read it into records.

A connector is a folder in connectors/ with a CONNECTOR of this type. It knows one network or file
format and nothing of the warehouse: small exports are read into records, one by one; bulk tables
are handed over as a Relation, SQL text that the warehouse runs at the engine's speed.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path

from openclout.bundle import Bundle
from openclout.jsontext import Fault
from openclout.vocabulary.account import Account, Proof
from openclout.vocabulary.interaction import Interaction
from openclout.vocabulary.post import Post

INTERACTION_COLUMNS = (
    "network", "kind", "source", "target", "object", "published", "id", "count", "value", "text",
    "tags",
)  # fmt: skip
POST_COLUMNS = (
    "network", "id", "author", "published", "text", "tags", "language", "in_reply_to", "views",
    "url",
)  # fmt: skip
ACCOUNT_COLUMNS = (
    "network", "id", "handle", "name", "created", "followers", "following", "listed", "posts",
    "bot", "kind",
)  # fmt: skip
PROOF_COLUMNS = ("network", "id", "other_network", "other_id", "url")
TABLES: dict[str, tuple[str, ...]] = {
    "accounts": ACCOUNT_COLUMNS,
    "posts": POST_COLUMNS,
    "interactions": INTERACTION_COLUMNS,
    "proofs": PROOF_COLUMNS,
}
"""The tables that a connector fills, in the order in which they are stored."""


@dataclass(frozen=True, slots=True)
class Reject:
    """A row that cannot be used: where it stands, the value, why, and how to mend it."""

    place: str
    value: str
    reason: str
    fix: str


def reject_fault(fault: Fault, place: str, fix: str) -> Reject:
    """Say what was wrong with a JSON file, and that what is whole of it is used."""
    where = f"{place}, line {fault.line}" if fault.line else place
    if fault.whole:
        fix = f"{fix}; the {fault.whole:,} entries are used"
    # The value is not the text that follows the break: it may name others.
    return Reject(where, fault.error, fault.reason, fix)


@dataclass(frozen=True, slots=True)
class Relation:
    """Rows of one of our tables as SQL text; the warehouse runs it at the engine's speed.

    `sql` selects some of the table's columns by name, of any type; `row` (BIGINT) among them where
    the engine knows the row's number, else the order of the rows counts. `setup` is run before; a
    temporary table `staged` that it makes is dropped afterwards. `path` is the plain file that is
    read, and `origin` the one it was written from where ours could not be read as it was: its hash
    is the identity of rows that have no id. `offset` is how many lines stand before the first row.
    `bad`, if given, is run after `sql` and selects `line, value, reason, fix` of lines that are no
    rows.
    """

    table: str
    path: Path
    place: str
    sql: str
    setup: str = ""
    offset: int = 0
    bad: str = ""
    origin: Path | None = None


Record = Interaction | Post | Account | Proof
Item = Record | Reject | Relation


@dataclass(frozen=True, slots=True)
class Reading:
    """What the user and the moment add to a reading.

    `keyed(network, id)` gives the keyed id under which a third party in somebody's own export is
    kept: it starts with "~" and tells nothing without the data folder's key. `network` overrides
    the network's name where the format allows several. `columns` maps our column names to the
    file's (or, headerless, names them in order), `table` says which of our tables it holds and
    `encoding` how its text is written, where that cannot be seen. `describe` gives
    the names and types of the columns that SQL text would select. `note` tells the user something
    found on the way.
    """

    now: datetime
    keyed: Callable[[str, str], str]
    network: str = ""
    columns: str = ""
    table: str = ""
    encoding: str = "utf-8"
    describe: Callable[[str], dict[str, str]] = field(default=lambda _sql: {})
    note: Callable[[str], None] = field(default=lambda _text: None)


@dataclass(frozen=True, slots=True)
class Connector:
    """One network or file format.

    `recognise` says in words what it found in the bundle, or None. `names` tells whether those who
    act on the exported accounts are named in this format; where they are not (a personal archive
    holds counts only), anonymous engagement cannot be vouched for by named engagers. `private`
    lists what the format holds and we drop before anything is stored. With `whole` each input is
    all that there is: acts that an earlier one brought and this one does not are deleted.
    """

    name: str
    label: str
    recognise: Callable[[Bundle], str | None]
    read: Callable[[Bundle, Reading], Iterator[Item]]
    names: bool = True
    private: tuple[str, ...] = ()
    whole: bool = False


ROW_NUMBER = "(rowid % 36028797018960000 + 1)"
"""The number of a row, from 1, in a table filled by one statement, whose rows keep their order.

DuckDB counts the rows of an uncommitted table from that number (its MAX_ROW_ID) on. A window
function would number them too, but one by one; a subquery for the first would be joined to each.
"""
LONGEST_LINE = 4_000_000  # bytes of a line of text, beyond which it is refused


def lines_sql(name: str, path: Path) -> str:
    """Give the SQL that reads a text file's lines into a temporary view `name` (row, line).

    Lines that are not UTF-8 go to csv_errors, where BAD_LINES finds them.
    """
    return (
        f"create or replace temp table {name}_read as select line"
        f" from read_csv({literal(path)}, delim = chr(31), quote = '', escape = '', comment = '',"
        " header = false, auto_detect = false, columns = {'line': 'VARCHAR'},"
        f" strict_mode = false, max_line_size = {LONGEST_LINE}, store_rejects = true,"
        " rejects_table = 'csv_errors', rejects_scan = 'csv_scans');"
        f"create or replace temp view {name} as select line,"
        f" {ROW_NUMBER} as row from {name}_read"
    )


BAD_LINES = """
select line, left(any_value(csv_line), 200) as value, case any_value(error_type)
    when 'UNQUOTED VALUE' then 'a quote is not closed'
    when 'MISSING COLUMNS' then 'the line has fewer fields than it should'
    when 'TOO MANY COLUMNS' then 'the line has more fields than it should'
    when 'INVALID ENCODING' then 'the line is not UTF-8'
    when 'LINE SIZE OVER MAXIMUM' then 'the line is too long'
    else lower(any_value(error_type)::varchar) end as reason,
    case any_value(error_type)
    when 'UNQUOTED VALUE' then 'write a quote inside a field twice: ""'
    when 'INVALID ENCODING' then 'save the file as UTF-8, or say --encoding latin-1'
    when 'LINE SIZE OVER MAXIMUM' then 'check the quotes before it'
    else 'check the delimiters and quotes of this line' end as fix
from csv_errors group by line
"""


def literal(text: object) -> str:
    """Write a text as an SQL literal."""
    return "'" + str(text).replace("'", "''") + "'"
