"""Tables of interactions, posts or accounts: CSV, TSV, JSON Lines, Parquet."""

import re
from collections.abc import Callable, Iterator

from openclout.bundle import Bundle
from openclout.connector import Connector, Item, Reading, Relation
from openclout.connectors.table.columns import Mapping, read_mapping
from openclout.connectors.table.jsonlines import read_json_lines
from openclout.connectors.table.parquet import read_parquet
from openclout.connectors.table.selection import NoTable
from openclout.connectors.table.text import read_text
from openclout.errors import InputError, UnsafeInput

_Reader = Callable[[Bundle, str, Reading, Mapping], Relation]

_READERS: dict[str, _Reader] = {
    r".*\.(csv|tsv|txt|tab|edgelist|edges|el)": read_text,
    r".*\.(jsonl|ndjson)": read_json_lines,
    r".*\.(parquet|pq)": read_parquet,
}


def recognise(bundle: Bundle) -> str | None:
    """Say which members look like tables."""
    found = [name for name in bundle.names if _reader(name)]
    if not found:
        return None
    return f"a table ({found[0]})" if len(found) == 1 else f"{len(found)} tables"


def read(bundle: Bundle, reading: Reading) -> Iterator[Item]:
    """Hand each member over as a relation; one that cannot be used is named, the others are read.

    Raises InputError where --columns makes no sense, and where no member can be used at all.
    """
    mapping = read_mapping(reading.columns)
    failed: dict[str, InputError] = {}
    names = [name for name in bundle.names if _reader(name)]
    for name in names:
        try:
            relation = _READERS[_reader(name)](bundle, name, reading, mapping)
        except UnsafeInput:
            raise
        except InputError as error:
            failed[name] = error
            continue
        reading.note(f"{bundle.place(name)}: a table of {relation.table}")
        yield relation
    if failed and len(failed) == len(names):
        raise next(iter(failed.values()))
    for name, problem in failed.items():
        if name.lower().endswith(".txt") and isinstance(problem, NoTable):
            reading.note(f"{bundle.place(name)}: passed over, its columns are of no table we know")
        else:
            bundle.troubles.append(str(problem))


def _reader(name: str) -> str:
    """Give the key of the reader for a member's name, "" where there is none."""
    found = [ending for ending in _READERS if re.fullmatch(ending, name.lower())]
    return found[0] if found else ""


CONNECTOR = Connector("table", "table of interactions, posts or accounts", recognise, read)
