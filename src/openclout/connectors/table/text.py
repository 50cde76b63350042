"""Delimited text: CSV, TSV, edge lists, with or without a header."""

from pathlib import Path

from openclout.bundle import Bundle
from openclout.connector import BAD_LINES, LONGEST_LINE, Reading, Relation, literal
from openclout.connectors.table.columns import Mapping
from openclout.connectors.table.dialect import Dialect, read_dialect, read_encoding, read_lines
from openclout.connectors.table.record import Splitter
from openclout.connectors.table.selection import Selection, select
from openclout.connectors.table.tidy import is_plain, tidy_table
from openclout.errors import InputError

_HEAD = 65536  # bytes looked at


def read_text(bundle: Bundle, name: str, reading: Reading, mapping: Mapping) -> Relation:
    """Make the relation of a delimited text; raises InputError where it is none that we know."""
    place, path = bundle.place(name), bundle.path(name)
    head = bundle.head(name, _HEAD)
    encoding = read_encoding(head, reading.encoding, place)
    lines = read_lines(head, encoding, whole=len(head) < _HEAD)
    dialect = read_dialect(lines, mapping.renamed.values(), place)
    columns = _columns(dialect, mapping, place)
    fields = [(column, f'"c{number}"') for number, column in enumerate(columns) if column != "-"]
    selection = select(fields, mapping, reading, bundle, name)
    header = not mapping.order
    if header and len(lines) == 1 and len(head) < _HEAD:
        raise InputError("it has a header and no row", place=place, fix="export it again")
    if is_plain(path, encoding, dialect.quote):
        return _plain(path, place, dialect, len(columns), header, selection)
    splitter = Splitter(dialect.delimiter, dialect.quote, len(columns))
    tidied = tidy_table(path, encoding, splitter, header, bundle.draft)
    source = _read_csv(tidied.records, dialect.delimiter, dialect.quote, len(columns), "line")
    return Relation(
        selection.table,
        tidied.records,
        place,
        f"select line::bigint as row, {selection.sql} from staged",
        setup=f"create temp table staged as from {source}",
        bad=f"{tidied.bad_sql} union all ({BAD_LINES})",
        origin=path,
    )


def _columns(dialect: Dialect, mapping: Mapping, place: str) -> tuple[str, ...]:
    if not mapping.order:
        return dialect.first
    if len(mapping.order) != len(dialect.first):
        raise InputError(
            f"the first line has {len(dialect.first)} fields, --columns names {len(mapping.order)}",
            place=place,
            fix='name them all, "-" for one to pass over',
        )
    return mapping.order


def _plain(
    path: Path, place: str, dialect: Dialect, fields: int, header: bool, selection: Selection
) -> Relation:
    source = _read_csv(path, dialect.delimiter, "", fields, header=header)
    sql = f"select {selection.sql} from {source}"
    return Relation(selection.table, path, place, sql, offset=int(header), bad=BAD_LINES)


def _read_csv(
    path: Path, delimiter: str, quote: str, fields: int, first: str = "", header: bool = False
) -> str:
    names = [*([first] if first else []), *(f"c{number}" for number in range(fields))]
    types = ", ".join(f"'{name}': 'VARCHAR'" for name in names)
    return (
        f"read_csv({literal(path)}, delim = {literal(delimiter)}, quote = {literal(quote)},"
        f" escape = {literal(quote)}, header = {str(header).lower()}, comment = '',"
        f" auto_detect = false, columns = {{{types}}}, strict_mode = true, store_rejects = true,"
        " rejects_table = 'csv_errors', rejects_scan = 'csv_scans',"
        f" max_line_size = {LONGEST_LINE})"
    )
