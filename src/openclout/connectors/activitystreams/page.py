"""Files: a collection, one page of it, a list, or a single object."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from openclout.bundle import Bundle
from openclout.connector import Reject, reject_fault
from openclout.connectors.activitystreams.document import entries, is_object, objects, type_of
from openclout.jsontext import read_json

_COLLECTIONS = frozenset(
    {"collection", "orderedcollection", "collectionpage", "orderedcollectionpage"}
)
_LIST = re.compile(r'"(?:orderedItems|items)"\s*:\s*\[')
_FIX = "download or export the file again"


@dataclass(frozen=True, slots=True)
class Page:
    """What one file holds; `total` is the number that the whole collection claims to have."""

    place: str
    items: list[Any]
    total: int | None = None
    reject: Reject | None = None


def read_page(bundle: Bundle, name: str) -> Page:
    """Read one file; of a broken one, the items before the break."""
    place = bundle.place(name)
    with bundle.open(name) as stream:
        content = stream.read().removeprefix(b"\xef\xbb\xbf")
    value, fault = read_json(content, _LIST)
    return _page(value, place, reject_fault(fault, place, _FIX) if fault else None)


def _page(value: object, place: str, reject: Reject | None = None) -> Page:
    total = value.get("totalItems") if is_object(value) else None
    return Page(place, list(_items(value)), total if isinstance(total, int) else None, reject)


def _items(value: object, depth: int = 9) -> Iterator[object]:
    """Give a collection's items, those of pages embedded in it too."""
    for entry in entries(value):
        if type_of(entry) not in _COLLECTIONS:
            yield entry
            continue
        yield from entries(entry.get("orderedItems"))
        yield from entries(entry.get("items"))
        for page in (*objects(entry.get("first")), *objects(entry.get("next"))):
            yield from _items(page, depth - 1) if depth else ()
