"""Parquet: the engine knows the columns and their types."""

from openclout.bundle import Bundle
from openclout.connector import Reading, Relation, literal
from openclout.connectors.table.columns import Mapping
from openclout.connectors.table.selection import quoted_name, select
from openclout.errors import InputError

_ROW = "file_row_number"  # the engine's own column, unless the file has one of that name


def read_parquet(bundle: Bundle, name: str, reading: Reading, mapping: Mapping) -> Relation:
    """Make the relation of a Parquet file; raises InputError where it is cut short."""
    place, path = bundle.place(name), bundle.path(name)
    source = f"read_parquet({literal(path)})"
    try:
        types = reading.describe(f"from {source}")
    except InputError as error:
        problem = error.problem.replace(str(path), bundle.source.name)
        raise InputError(problem, place=place, fix=error.fix) from None
    fields = [(column, quoted_name(column)) for column in types]
    selection = select(fields, mapping, reading, bundle, name)
    row = "" if _ROW in types else f"{_ROW} + 1 as row, "
    return Relation(selection.table, path, place, f"select {row}{selection.sql} from {source}")
