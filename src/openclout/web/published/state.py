"""Which publication is read now."""

from dataclasses import dataclass
from datetime import date, datetime

import orjson
from django.db import connection
from django.utils.translation import get_language

from openclout.snapshot.facts import Facts, read_facts
from openclout.web.published.models import Publication, Topic


@dataclass(frozen=True, slots=True)
class Current:
    """The publication that readers see: its snapshot, its facts, the signals of packed parts.

    `runs` are the days of history with their models; `topics` the names of all topics.
    """

    folder: str
    as_of: datetime
    facts: Facts
    signals: tuple[str, ...]
    runs: tuple[tuple[date, str], ...]
    topics: dict[str, "TopicName"]


@dataclass(frozen=True, slots=True)
class TopicName:
    """A topic's id, what it is called in each language, what stands above it, and its size.

    `spread` counts all its people by tens of their score, also those who are not named.
    """

    topic: str
    parent: str
    en: str
    de: str
    people: int
    spread: tuple[int, ...]

    @property
    def name(self) -> str:
        """The name in the language of the page."""
        german = (get_language() or "").startswith("de")
        return (self.de if german else self.en) or self.en or self.de or self.topic


_FOLDER = f"select folder from {Publication._meta.db_table}"
_KNOWN: dict[str, Current] = {}  # one entry: parsed facts of the publication read last


def current_publication() -> Current | None:
    """Give the publication that is read now, None before the first; one query."""
    with connection.cursor() as cursor:
        cursor.execute(_FOLDER)
        row = cursor.fetchone()
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
    runs = tuple((date.fromisoformat(day), model) for day, model in raw.pop("runs"))
    facts = read_facts(orjson.dumps(raw))
    _KNOWN.clear()
    _KNOWN[folder] = Current(folder, row.as_of, facts, signals, runs, _topics())


def _topics() -> dict[str, TopicName]:
    return {
        row.topic: TopicName(
            row.topic,
            row.parent or "",
            row.en or "",
            row.de or "",
            row.people,
            tuple(orjson.loads(row.spread)),
        )
        for row in Topic.objects.order_by("-people", "topic")
    }


def forget_publication() -> None:
    """Read the facts anew at the next look."""
    _KNOWN.clear()
