"""JSON-LD as ActivityStreams 2 uses it: one or many, embedded or referred to by id.

Vocabulary: https://www.w3.org/TR/activitystreams-vocabulary/
"""

from datetime import UTC, datetime
from typing import Any, TypeGuard

Object = dict[str, Any]

ACTORS = frozenset({"person", "service", "application", "group", "organization"})
POSTS = frozenset(
    {"note", "article", "question", "page", "video", "audio", "image", "document", "event"}
)
PUBLIC = frozenset({"https://www.w3.org/ns/activitystreams#Public", "as:Public", "Public"})
_AUDIENCE = ("to", "cc", "audience")
_HIDDEN_AUDIENCE = ("bto", "bcc")


def is_object(value: object) -> TypeGuard[Object]:
    """Tell whether a thing is embedded, not only referred to."""
    return isinstance(value, dict)


def entries(value: object) -> list[Any]:
    """Give what a property holds as a list: it may be absent, one thing or many."""
    if value is None:
        return []
    return value if isinstance(value, list) else [value]


def objects(value: object) -> list[Object]:
    """Give the embedded objects among a property's values."""
    return [entry for entry in entries(value) if is_object(entry)]


def id_of(value: object) -> str | None:
    """Give the id of the first thing meant: its text, its `id`, else its `url` or `href`."""
    for entry in entries(value):
        if isinstance(entry, str) and entry:
            return entry
        if is_object(entry):
            for key in ("id", "href", "url"):
                if found := id_of(entry.get(key)):
                    return found
    return None


def type_of(value: object) -> str:
    """Give the first type in lower case, "" where there is none."""
    kinds = entries(value.get("type") or value.get("@type")) if is_object(value) else []
    return kinds[0].lower() if kinds and isinstance(kinds[0], str) else ""


def is_public(*things: Object, stated: bool) -> bool:
    """Tell whether everything that says whom it is for says so to the public.

    With `stated`, what says nothing is not public either.
    """
    keys = (*_AUDIENCE, *_HIDDEN_AUDIENCE)
    saying = [thing for thing in things if any(key in thing for key in keys)]
    return all(PUBLIC & set(audience(thing)) for thing in saying) and (bool(saying) or not stated)


def audience(thing: Object) -> list[str]:
    """Give the ids of those whom a thing is openly addressed to."""
    found = (id_of(entry) for key in _AUDIENCE for entry in entries(thing.get(key)))
    return [name for name in found if name]


def when(thing: Object) -> datetime | None:
    """Give the moment in `published`, for comparing; None where it is absent or no time."""
    try:
        moment = datetime.fromisoformat(str(thing.get("published")))
    except ValueError:
        return None
    return moment.replace(tzinfo=UTC) if moment.tzinfo is None else moment
