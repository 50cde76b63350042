"""Files: a collection, one page of it, a list, or a single object."""

import json
import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import orjson

from openclout.bundle import Bundle
from openclout.connector import Reject
from openclout.connectors.activitystreams.document import entries, is_object, objects, type_of

_COLLECTIONS = frozenset(
    {"collection", "orderedcollection", "collectionpage", "orderedcollectionpage"}
)
_LIST = re.compile(r'"(?:orderedItems|items)"\s*:\s*\[')
_BETWEEN = re.compile(r"[\s,]*")
_HALF_CHARACTER = re.compile(  # half a surrogate pair, of an emoji that was cut in two
    r"\\u[dD][89abAB]..(?!\\u[dD][c-fC-F])|(?<!\\u[dD][89abAB]..)\\u[dD][c-fC-F].."
)
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
    try:
        return _page(orjson.loads(content), place)
    except orjson.JSONDecodeError as error:
        return _mend(content.decode("utf-8", errors="replace"), place, str(error))


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


def _mend(text: str, place: str, error: str) -> Page:
    """Read a file in which characters are broken: each becomes "�"."""
    text = _HALF_CHARACTER.sub(r"\\ufffd", text)
    try:
        value = orjson.loads(text)
    except orjson.JSONDecodeError:
        return _salvage(text, place, error)
    reason = 'there are characters that are not UTF-8; each is replaced by "\ufffd"'
    return _page(value, place, Reject(place, error, reason, _FIX))


def _salvage(text: str, place: str, error: str) -> Page:
    """Read item by item, as far as they are whole."""
    items: list[object] = []
    start = _LIST.search(text)
    position = start.end() if start else len(text)
    decoder = json.JSONDecoder()
    while (begin := _after(text, position)) < len(text) and text[begin] != "]":
        try:
            item, position = decoder.raw_decode(text, begin)
        except (ValueError, RecursionError):
            break
        items.append(item)
    line = text.count("\n", 0, position) + 1
    reason = f"the file is cut short or broken after {len(items):,} whole items"
    fix = f"{_FIX}; the {len(items):,} items are used" if items else _FIX
    return Page(place, items, reject=Reject(f"{place}, line {line}", error, reason, fix))


def _after(text: str, position: int) -> int:
    found = _BETWEEN.match(text, position)
    return found.end() if found else position
