"""A Mastodon account's own export: actor.json, outbox.json, likes.json.

Written by Mastodon's backup service, and in the same form by Pleroma and Akkoma.
"""

import re
from collections.abc import Iterator

from openclout.bundle import Bundle
from openclout.connector import Item, Reading, Reject
from openclout.connectors.activitystreams.act import read_item
from openclout.connectors.activitystreams.actor import account_of, is_textless
from openclout.connectors.activitystreams.document import Object, id_of, is_object
from openclout.connectors.activitystreams.page import Page, read_page
from openclout.connectors.activitystreams.scene import Scene
from openclout.errors import InputError

NETWORK = "mastodon"
_ID = re.compile(rb'"id"\s*:\s*"https?://([^/"]+)/[^"]*"')
_USER = re.compile(rb'"preferredUsername"\s*:\s*"([^"]+)"')
_FIX = "point at the whole export of one account, as the server packed it"


def recognise_export(bundle: Bundle) -> str | None:
    """Say whose export this is, or None."""
    actors, outboxes = bundle.find(r"actor\.json"), bundle.find(r"outbox\.json")
    head = bundle.head(actors[0]) if actors and outboxes else b""
    if b"activitystreams" not in head:
        return None
    user, host = _USER.search(head), _ID.search(head)
    name = f" of @{user[1].decode()}@{host[1].decode()}" if user and host else ""
    return f"a Mastodon export{name}"


def read_export(bundle: Bundle, reading: Reading) -> Iterator[Item]:
    """Read the owner's account, public posts and acts.

    Raises InputError where actor.json does not tell the owner.
    """
    actor, owner = _owner(bundle)
    pages = [read_page(bundle, name) for name in bundle.find(r"outbox\.json")]
    scene = Scene(reading.network or NETWORK, reading.keyed, owner)
    scene.learn([actor])
    for page in pages:
        scene.learn(page.items)
    account = account_of(actor, scene.network, _total(pages))
    if account:
        yield account
    for page in pages:
        yield from read_items(page, scene)
    yield from _likes(bundle, scene)
    _say_wishes(actor, reading)
    say_left_out(scene, reading)


def read_items(page: Page, scene: Scene) -> Iterator[Item]:
    """Read all items of a page, and say at the end where it broke off."""
    for number, item in enumerate(page.items, start=1):
        yield from read_item(item, f"{page.place}, item {number}", scene)
    if page.reject:
        yield page.reject


def say_left_out(scene: Scene, reading: Reading) -> None:
    """Tell how many items were not read, by reason."""
    for reason, number in sorted(scene.left_out.items()):
        reading.note(f"left out {number:,}: {reason}")


def _owner(bundle: Bundle) -> tuple[Object, str]:
    pages = [read_page(bundle, name) for name in bundle.find(r"actor\.json")]
    actors = [item for page in pages for item in page.items if is_object(item)]
    found = {name: actor for actor in actors if (name := id_of(actor.get("id")))}
    if len(found) == 1:
        [(name, actor)] = found.items()
        return actor, name
    broken = "".join(f"; {page.reject.reason}" for page in pages if page.reject)
    problem = "actor.json does not tell whose export this is" + broken
    if found:
        problem = f"there are exports of {len(found)} accounts ({', '.join(sorted(found))})"
    raise InputError(problem, place=bundle.source.name, fix=_FIX)


def _total(pages: list[Page]) -> int | None:
    return next((page.total for page in pages if page.total is not None), None)


def _likes(bundle: Bundle, scene: Scene) -> Iterator[Reject]:
    """Count the likes given: the export has no more than the addresses of what was liked."""
    for name in bundle.find(r"likes\.json"):
        page = read_page(bundle, name)
        scene.left_out["likes given, which are exported without a time"] += len(page.items)
        if page.reject:
            yield page.reject


def _say_wishes(actor: Object, reading: Reading) -> None:
    if is_textless(actor):
        reading.note(
            "the account asks not to be indexed (discoverable, indexable, #nobot or #noindex): "
            "its posts are kept without their text"
        )
