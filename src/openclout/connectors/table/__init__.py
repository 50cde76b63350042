"""Tables of interactions, posts or accounts: CSV, TSV, JSON Lines, Parquet."""

import re
from collections.abc import Callable, Iterator
from pathlib import PurePosixPath

from openclout.bundle import Bundle
from openclout.connector import Connector, Item, Reading, Relation
from openclout.connectors.table.columns import Mapping, read_mapping
from openclout.connectors.table.jsonlines import read_json_lines
from openclout.connectors.table.parquet import read_parquet
from openclout.connectors.table.text import read_text
from openclout.errors import InputError, UnsafeInput

_Reader = Callable[[Bundle, str, Reading, Mapping], Relation]

_READERS: dict[str, _Reader] = {
    r".*\.(csv|tsv|txt|tab|edgelist|edges|el)": read_text,
    r".*\.(jsonl|ndjson)": read_json_lines,
    r".*\.(parquet|pq)": read_parquet,
}
_ABOUT = re.compile(r"(?i)(read.?me|licen[cs]e|copying|notice|changelog|changes|about)\b.*\.txt")


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
    troubles: list[InputError] = []
    readable = 0
    for name in bundle.names:
        reader = _reader(name)
        if reader is None:
            continue
        try:
            relation = reader(bundle, name, reading, mapping)
        except UnsafeInput:
            raise
        except InputError as error:
            troubles.append(error)
            continue
        readable += 1
        reading.note(f"{bundle.place(name)}: a table of {relation.table}")
        yield relation
    if troubles and not readable:
        raise troubles[0]
    bundle.troubles.extend(str(trouble) for trouble in troubles)


def _reader(name: str) -> _Reader | None:
    if _ABOUT.fullmatch(PurePosixPath(name).name):
        return None
    found = [reader for ending, reader in _READERS.items() if re.fullmatch(ending, name.lower())]
    return found[0] if found else None


CONNECTOR = Connector("table", "table of interactions, posts or accounts", recognise, read)
