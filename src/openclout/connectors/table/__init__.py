"""Tables of interactions, posts or accounts: CSV, TSV, JSON Lines, Parquet."""

import re
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path

from openclout.bundle import Bundle
from openclout.connector import (
    BAD_LINES,
    LONGEST_LINE,
    TABLES,
    Connector,
    Item,
    Reading,
    Relation,
    lines_sql,
    literal,
)
from openclout.connectors.table.columns import Mapping, read_mapping, table_of
from openclout.connectors.table.dialect import read_dialect
from openclout.errors import InputError

_HEAD = 65536  # bytes looked at

_TEXT = r".*\.(csv|tsv|txt|tab|edgelist|edges|el)"
_JSON = r".*\.(jsonl|ndjson)"
_PARQUET = r".*\.(parquet|pq)"
_REQUIRED = {"interactions": ("kind", "published"), "posts": ("id", "author"), "accounts": ("id",)}


def recognise(bundle: Bundle) -> str | None:
    """Say which members look like tables."""
    found = [name for name in bundle.names if _reader(name)]
    if not found:
        return None
    return f"a table ({found[0]})" if len(found) == 1 else f"{len(found)} tables"


def read(bundle: Bundle, reading: Reading) -> Iterator[Item]:
    """Hand each member over as a relation; the first column that is missing stops the reading."""
    mapping = read_mapping(reading.columns)
    for name in bundle.names:
        reader = _reader(name)
        if reader:
            relation = reader(bundle, name, reading, mapping)
            reading.note(f"{bundle.place(name)}: a table of {relation.table}")
            yield relation


_Reader = Callable[[Bundle, str, Reading, Mapping], Relation]


def _reader(name: str) -> _Reader | None:
    lower = name.lower()
    for pattern, reader in ((_TEXT, _text), (_JSON, _json_lines), (_PARQUET, _parquet)):
        if re.fullmatch(pattern, lower):
            return reader
    return None


def _text(bundle: Bundle, name: str, reading: Reading, mapping: Mapping) -> Relation:
    place = bundle.place(name)
    dialect = read_dialect(bundle.head(name, _HEAD), place, reading.encoding)
    headerless = bool(mapping.order)
    first = tuple(field.strip() for field in dialect.first)
    columns = mapping.order if headerless else first
    if headerless and len(mapping.order) != len(first):
        raise InputError(
            f"the first line has {len(first)} fields, --columns names {len(mapping.order)}",
            place=place,
            fix='name them all, "-" for one to pass over',
        )
    physical = [f"c{number}" for number in range(len(columns))]
    where = {column: f'"{ours}"' for column, ours in zip(columns, physical, strict=True)}
    table, selected = _selection(where, mapping, reading, place, name)
    types = ", ".join(f"'{column}': 'VARCHAR'" for column in physical)

    def relation(path: Path, header: bool) -> Relation:
        options = (
            f"delim = {literal(dialect.delimiter)}, quote = {literal(dialect.quote)},"
            f" escape = {literal(dialect.quote)}, header = {str(header).lower()}, comment = '',"
            f" auto_detect = false, columns = {{{types}}}, strict_mode = true,"
            f" store_rejects = true, rejects_table = 'csv_errors', rejects_scan = 'csv_scans',"
            f" max_line_size = {LONGEST_LINE}, encoding = {literal(reading.encoding)}"
        )
        return Relation(
            table,
            path,
            place,
            f"select {selected} from read_csv({literal(path)}, {options})",
            offset=int(header),
            bad=BAD_LINES,
            repair=lambda rest: relation(rest, False),
        )

    return relation(bundle.path(name), not headerless)


def _json_lines(bundle: Bundle, name: str, reading: Reading, mapping: Mapping) -> Relation:
    place, path = bundle.place(name), bundle.path(name)
    keys = _json_keys(bundle.head(name, _HEAD), place)
    paths = {key: f"fields[{number}]" for number, key in enumerate(keys, start=1)}
    table, selected = _selection(paths, mapping, reading, place, name)
    wanted = ", ".join(literal(f'$."{key}"') for key in keys)
    return Relation(
        table,
        path,
        place,
        f"select row, {selected} from (select row, json_extract_string(line, [{wanted}]) as fields"
        " from text_lines where json_valid(line) and json_type(line) = 'OBJECT')",
        setup=lines_sql("text_lines", path),
        bad="select row as line, left(line, 200) as value, 'the line is not a JSON object' as reason,"
        " 'one object per line, UTF-8' as fix from text_lines"
        " where not (json_valid(line) and coalesce(json_type(line), '') = 'OBJECT')"
        f" union all ({BAD_LINES})",
    )


def _json_keys(head: bytes, place: str) -> list[str]:
    import orjson

    keys: dict[str, None] = {}
    for line in head.splitlines()[:_LOOKED_AT]:
        try:
            row = orjson.loads(line)
        except orjson.JSONDecodeError:
            continue
        if isinstance(row, dict):
            keys.update(dict.fromkeys(str(key) for key in row))
    if not keys:
        raise InputError("no line is a JSON object", place=place, fix="one object per line, UTF-8")
    return list(keys)


_LOOKED_AT = 100  # lines whose keys are known to the rest


def _parquet(bundle: Bundle, name: str, reading: Reading, mapping: Mapping) -> Relation:
    place, path = bundle.place(name), bundle.path(name)
    source = f"read_parquet({literal(path)}, file_row_number = true)"
    where = {column: f'"{column}"' for column in reading.describe(f"from {source}")}
    table, selected = _selection(where, mapping, reading, place, name)
    return Relation(
        table, path, place, f"select file_row_number + 1 as row, {selected} from {source}"
    )


def _selection(
    where: dict[str, str],
    mapping: Mapping,
    reading: Reading,
    place: str,
    name: str,
) -> tuple[str, str]:
    """Tell the table and its select list, from where each of the file's columns is found."""
    for ours, theirs in mapping.renamed.items():
        if theirs not in where:
            raise _missing(theirs, sorted(where), place, f"{ours}=...")
    lower = {column.lower(): sql for column, sql in where.items()}
    found = {ours: where[theirs] for ours, theirs in mapping.renamed.items()}
    names = {column for columns in TABLES.values() for column in columns}
    found = {**{key: sql for key, sql in lower.items() if key in names}, **found}
    found.update({ours: literal(value) for ours, value in mapping.fixed.items()})
    table = reading.table or table_of(set(found))
    if table is None:
        raise _missing("target", sorted(where), place, "source=...,target=...,published=...")
    network = literal(reading.network or _stem(name))
    found.setdefault("network", network)
    _require(table, found, sorted(where), place)
    wanted = [column for column in TABLES[table] if column in found]
    return table, ", ".join(f"{found[column]} as {column}" for column in wanted)


def _require(table: str, found: dict[str, str], columns: list[str], place: str) -> None:
    for column in _REQUIRED[table]:
        if column not in found:
            raise _missing(column, columns, place, f"{column}=...")
    if table == "interactions" and not {"target", "object"} & set(found):
        raise _missing("target", columns, place, "target=...")


def _missing(column: str, columns: list[str], place: str, example: str) -> InputError:
    return InputError(
        f'there is no column "{column}"; the file has {", ".join(columns[:20])}',
        place=place,
        fix=f"--columns {example} (or names in order for a file without a header)",
    )


def _stem(name: str) -> str:
    return re.sub(r"[^a-z0-9]+", "-", Path(name).name.split(".")[0].lower()).strip("-") or "table"


CONNECTOR = Connector("table", "table of interactions, posts or accounts", recognise, read)
