"""Which publication is read now."""

from dataclasses import dataclass
from datetime import datetime

import orjson

from openclout.snapshot.facts import Facts, read_facts
from openclout.web.published.models import Publication


@dataclass(frozen=True, slots=True)
class Current:
    """The publication that readers see: its snapshot, its facts, the signals of packed parts."""

    folder: str
    as_of: datetime
    facts: Facts
    signals: tuple[str, ...]


_KNOWN: dict[str, Current] = {}  # one entry: parsed facts of the publication read last


def current_publication() -> Current | None:
    """Give the publication that is read now, None before the first; one query."""
    row = Publication.objects.values_list("folder").first()
    if row is None:
        return None
    if row[0] not in _KNOWN:
        _read(row[0])
    return _KNOWN.get(row[0])


def _read(folder: str) -> None:
    row = Publication.objects.filter(folder=folder).first()
    if row is None:  # swapped in between
        return
    raw = orjson.loads(row.facts)
    signals = tuple(raw.pop("signals"))
    facts = read_facts(orjson.dumps(raw))
    _KNOWN.clear()
    _KNOWN[folder] = Current(folder, row.as_of, facts, signals)


def forget_publication() -> None:
    """Read the facts anew at the next look."""
    _KNOWN.clear()
