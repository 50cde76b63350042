"""The select list of a table: which of our columns it has, and where each is found."""

import re
from dataclasses import dataclass
from pathlib import PurePosixPath

from openclout.bundle import Bundle
from openclout.connector import TABLES, Reading, literal
from openclout.connectors.table.columns import Mapping, missing, places, require, table_of
from openclout.errors import InputError


class NoTable(InputError):
    """The columns are of no table that we know."""


@dataclass(frozen=True, slots=True)
class Selection:
    """The table that a file holds, and the SQL of each of our columns in it."""

    table: str
    columns: dict[str, str]

    @property
    def sql(self) -> str:
        """Give the select list."""
        return ", ".join(f"{sql} as {name}" for name, sql in self.columns.items())


def select(
    fields: list[tuple[str, str]], mapping: Mapping, reading: Reading, bundle: Bundle, name: str
) -> Selection:
    """Tell table and columns from the file's own `fields`, each a name with its SQL.

    Raises InputError where a column is missing that the table cannot do without.
    """
    place = bundle.place(name)
    columns = [theirs for theirs, _sql in fields]
    found = places(fields, mapping, place)
    found.update({ours: literal(value) for ours, value in mapping.fixed.items()})
    table = reading.table or table_of(set(found))
    if table is None:
        error = missing("target", columns, place, "source=...,target=...,published=...")
        raise NoTable(error.problem, place=place, fix=error.fix)
    if "network" not in found:
        network = reading.network or _network_of(name)
        found["network"] = literal(network)
        reading.note(f'{place}: network "{network}" (--network gives it another name)')
    require(table, found, columns, place)
    return Selection(table, {name: found[name] for name in TABLES[table] if name in found})


def _network_of(name: str) -> str:
    stem = PurePosixPath(name).name.split(".")[0].lower()
    return re.sub(r"[^a-z0-9]+", "-", stem).strip("-") or "table"


def quoted_name(name: str) -> str:
    """Write a column's name as SQL."""
    return '"' + name.replace('"', '""') + '"'
