"""Any ActivityStreams 2 JSON: collections, pages of them, lists and single activities."""

import re
from collections.abc import Iterator

from openclout.bundle import Bundle
from openclout.connector import Item, Reading
from openclout.connectors.activitystreams.actor import account_of, is_actor
from openclout.connectors.activitystreams.mastodon import (
    read_items,
    recognise_export,
    say_left_out,
)
from openclout.connectors.activitystreams.page import Page, read_page
from openclout.connectors.activitystreams.scene import Scene

NETWORK = "fediverse"
_LOOKS = 20  # files looked into before a bundle is given up
_JSON = r"[^/]+\.(?:json|jsonld|json-ld)"
_CONTEXT = re.compile(rb'"https?://www\.w3\.org/ns/activitystreams#?"')
_COLLECTION = re.compile(rb'"type"\s*:\s*"(?:Ordered)?Collection(?:Page)?"')
_ITEMS = re.compile(rb'"(?:orderedItems|items|totalItems|partOf)"\s*:')


def recognise_collection(bundle: Bundle) -> str | None:
    """Say how many files of ActivityStreams 2 there are, or None."""
    if recognise_export(bundle):
        return None
    found = [name for name in bundle.find(_JSON)[:_LOOKS] if _is_activitystreams(bundle, name)]
    if len(found) > 1:
        return f"ActivityStreams 2 ({found[0]} and {len(found) - 1} more)"
    return f"ActivityStreams 2 ({found[0]})" if found else None


def read_collection(bundle: Bundle, reading: Reading) -> Iterator[Item]:
    """Read the accounts, public posts and public acts of all files together."""
    names = bundle.find(_JSON)
    chosen = [name for name in names if _is_activitystreams(bundle, name)] or names
    pages = [read_page(bundle, name) for name in chosen or bundle.names]
    scene = Scene(reading.network or NETWORK, reading.keyed)
    for page in pages:
        scene.learn(page.items)
    yield from _accounts(scene)
    for page in pages:
        yield from read_items(page, scene)
        _say_incomplete(page, reading)
    if scene.withdrawn:
        scene.left_out["profiles of accounts that ask not to be listed"] = len(scene.withdrawn)
    say_left_out(scene, reading)


def _is_activitystreams(bundle: Bundle, name: str) -> bool:
    head = bundle.head(name)
    if not head.lstrip(b"\xef\xbb\xbf \r\n\t").startswith((b"{", b"[")):
        return False
    if b'"@context"' in head:
        return bool(_CONTEXT.search(head))
    return bool(_COLLECTION.search(head) and _ITEMS.search(head))


def _accounts(scene: Scene) -> Iterator[Item]:
    for name, actor in scene.actors.items():
        account = account_of(actor, scene.network) if scene.keeps(name) else None
        if account and is_actor(actor):
            yield account


def _say_incomplete(page: Page, reading: Reading) -> None:
    if page.total is not None and page.total > len(page.items):
        reading.note(
            f"{page.place} holds {len(page.items):,} of {page.total:,} items; "
            "the others are on further pages"
        )
