"""The +K of our own site, as `openclout endorsements` writes them. See README.md."""

from collections.abc import Iterator
from typing import Any

import orjson

from openclout.bundle import Bundle
from openclout.connector import Connector, Item, Reading, Reject
from openclout.vocabulary.interaction import Interaction

MARK = {"openclout": "endorsements", "version": 1}
"""The first line of a file."""
_NAMES = r"[^/]+\.(?:jsonl|ndjson)"
_WANTED = ("id", "network", "target", "topic", "published")


def recognise(bundle: Bundle) -> str | None:
    """Say that it is +K of a site's, or None."""
    found = [name for name in bundle.find(_NAMES) if _is_ours(bundle, name)]
    return f"+K of an OpenClout site ({found[0]})" if found else None


def read(bundle: Bundle, reading: Reading) -> Iterator[Item]:
    """Read each +K as an endorsement of the claimed account, on the network of that account."""
    for name in bundle.find(_NAMES):
        if _is_ours(bundle, name):
            with bundle.open(name) as stream:
                next(stream)
                for number, text in enumerate(stream, start=2):
                    if text.strip():
                        yield _act(text, f"{bundle.place(name)}, line {number}", reading)


def _is_ours(bundle: Bundle, name: str) -> bool:
    return _object(bundle.head(name, 200).split(b"\n")[0]) == MARK


def _object(text: bytes) -> dict[str, Any] | None:
    try:
        found = orjson.loads(text)
    except orjson.JSONDecodeError:
        return None
    return found if isinstance(found, dict) else None


def _act(text: bytes, place: str, reading: Reading) -> Item:
    """Read a line. Who gives without an account on the network is a keyed id there."""
    row = _object(text) or {}
    known = all(isinstance(row.get(name), str) and row[name] for name in _WANTED)
    source, member = row.get("source"), row.get("member")
    if not known or not (source or member):
        shown = text[:200].decode("utf-8", "replace").strip()
        return Reject(place, shown, "it is no +K", "write the file again: openclout endorsements")
    return Interaction(
        network=row["network"],
        kind="endorse",
        source=source or reading.keyed(row["network"], f"openclout member {member}"),
        target=row["target"],
        published=row["published"],
        id=row["id"],
        tags=(row["topic"],),
    )


CONNECTOR = Connector("openclout", "+K of an OpenClout site", recognise, read, whole=True)
