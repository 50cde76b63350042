"""Parquet: the engine knows the columns and their types."""

from openclout.bundle import Bundle
from openclout.connector import Reading, Relation, literal
from openclout.connectors.table.columns import Mapping
from openclout.connectors.table.selection import quoted_name, select
from openclout.errors import InputError


def read_parquet(bundle: Bundle, name: str, reading: Reading, mapping: Mapping) -> Relation:
    """Make the relation of a Parquet file; raises InputError where it is cut short."""
    place, path = bundle.place(name), bundle.path(name)
    source = f"read_parquet({literal(path)}, file_row_number = true)"
    try:
        types = reading.describe(f"from {source}")
    except InputError as error:
        raise InputError(error.problem, place=place, fix=error.fix) from None
    fields = [(column, quoted_name(column)) for column in types if column != "file_row_number"]
    selection = select(fields, mapping, reading, bundle, name)
    sql = f"select file_row_number + 1 as row, {selection.sql} from {source}"
    return Relation(selection.table, path, place, sql)
