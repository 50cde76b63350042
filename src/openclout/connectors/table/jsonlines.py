"""JSON Lines: one object per line; keys that are ours are read on whatever line they stand."""

from pathlib import Path

import orjson

from openclout.bundle import Bundle
from openclout.connector import (
    BAD_LINES,
    LONGEST_LINE,
    TABLES,
    Reading,
    Relation,
    lines_sql,
    literal,
)
from openclout.connectors.table.columns import Mapping
from openclout.connectors.table.dialect import read_encoding, read_lines
from openclout.connectors.table.selection import Selection, select
from openclout.connectors.table.tidy import LINE_MARK, is_plain, tidy_lines
from openclout.errors import InputError

_HEAD = 1 << 20  # bytes whose keys tell which table it is
_IS_OBJECT = "case when json_valid(line) then json_type(line) = 'OBJECT' else false end"


def read_json_lines(bundle: Bundle, name: str, reading: Reading, mapping: Mapping) -> Relation:
    """Make the relation of a JSON Lines file; raises InputError where no line is an object."""
    place, path = bundle.place(name), bundle.path(name)
    head = bundle.head(name, _HEAD)
    encoding = read_encoding(head, reading.encoding, place)
    keys = _keys(read_lines(head, encoding, whole=len(head) < _HEAD), place)
    fields = [(key, f"fields[{number}]") for number, key in enumerate(keys, start=1)]
    selection = select(fields, mapping, reading, bundle, name)
    if is_plain(path, encoding, quote=""):
        sql, bad = _sql(selection, keys, "plain_lines"), _bad("plain_lines")
        return Relation(selection.table, path, place, sql, lines_sql("plain_lines", path), bad=bad)
    tidied = tidy_lines(path, encoding, bundle.draft)
    sql, bad = _sql(selection, keys, "staged"), f"{_bad('staged')} union all {tidied.bad_sql}"
    setup = f"create temp table staged as from {_numbered_lines(tidied.records)}"
    return Relation(selection.table, tidied.records, place, sql, setup, bad=bad, origin=path)


def _bad(lines: str) -> str:
    return (
        "select row as line, line as value, 'the line is not a JSON object' as reason,"
        f" 'one object per line, UTF-8' as fix from {lines}"
        f" where trim(coalesce(line, '')) <> '' and not {_IS_OBJECT} union all ({BAD_LINES})"
    )


def _sql(selection: Selection, keys: list[str], lines: str) -> str:
    """Select what was found in the first lines, and our other columns wherever they turn up."""
    later = [name for name in TABLES[selection.table] if name not in selection.columns]
    wanted = ", ".join(literal(f'$."{key}"') for key in (*keys, *later))
    found = dict(selection.columns)
    found |= {name: f"fields[{number}]" for number, name in enumerate(later, len(keys) + 1)}
    if "tags" in found:
        found["tags"] = _listed(found["tags"])
    columns = ", ".join(f"{sql} as {name}" for name, sql in found.items())
    # The engine may look into a line before it asks whether that is an object at all: hence try.
    return (
        f"select row, {columns} from (select row, try(json_extract_string(line, [{wanted}]))"
        f" as fields from {lines} where {_IS_OBJECT})"
    )


def _listed(sql: str) -> str:
    """Take the brackets and quotes off a JSON array of tags; what is none stays as it is."""
    return (
        f"case when {sql}[1] = '[' and json_valid({sql})"
        f" then array_to_string(from_json({sql}, '[\"VARCHAR\"]'), ',') else {sql} end"
    )


def _keys(lines: list[str], place: str) -> list[str]:
    keys: dict[str, None] = {}
    for line in lines:
        try:
            row = orjson.loads(line)
        except orjson.JSONDecodeError:
            continue
        if isinstance(row, dict):
            keys.update(dict.fromkeys(key for key in row if '"' not in key and "\\" not in key))
    if not keys:
        raise InputError("no line is a JSON object", place=place, fix="one object per line, UTF-8")
    return list(keys)


def _numbered_lines(path: Path) -> str:
    return (
        f"read_csv({literal(path)}, delim = {literal(LINE_MARK)}, quote = '', escape = '',"
        " comment = '', header = false, auto_detect = false,"
        " columns = {'row': 'BIGINT', 'line': 'VARCHAR'}, strict_mode = false,"
        f" max_line_size = {LONGEST_LINE}, store_rejects = true, rejects_table = 'csv_errors',"
        " rejects_scan = 'csv_scans')"
    )
