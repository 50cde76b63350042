"""Activities: what somebody did, read into interactions."""

from collections.abc import Iterator
from typing import Any

from openclout.connector import Item, Reject
from openclout.connectors.activitystreams.actor import is_actor
from openclout.connectors.activitystreams.document import (
    ACTORS,
    POSTS,
    PUBLIC,
    Object,
    audience,
    entries,
    id_of,
    is_object,
    is_public,
    objects,
    type_of,
)
from openclout.connectors.activitystreams.post import read_post
from openclout.connectors.activitystreams.scene import Scene
from openclout.vocabulary.interaction import Interaction, kind_of

ACTS = frozenset(
    {"like", "dislike", "emojireact", "announce", "follow", "join", "view", "read", "listen",
     "add", "accept", "tentativeaccept"}
)  # fmt: skip
_SYNONYMS = {"dislike": "like", "emojireact": "like", "tentativeaccept": "accept"}
_ONLY_ADDRESS = "only referred to by address"
_FIX = "ask the server that wrote the file, or leave the item out"


def read_item(item: object, place: str, scene: Scene) -> Iterator[Item]:
    """Read one item of a collection: an activity, or an object that stands for its creation."""
    if not is_object(item):
        scene.left_out[_ONLY_ADDRESS] += 1
    elif not type_of(item):
        yield Reject(place, ", ".join(item)[:60], "the item has no type", _FIX)
    elif type_of(item) in ("undo", "delete"):
        scene.left_out["taking something back"] += 1
    elif scene.is_revoked(item):
        scene.left_out["undone or deleted later"] += 1
    elif not is_public(item, *_told(item), stated=scene.owner is not None):
        scene.left_out["not public"] += 1
    else:
        yield from _read_public(item, place, scene)


def _told(item: Object) -> list[Object]:
    """Give the posts that an item publishes, which say themselves whom they are for."""
    return objects(item.get("object")) if type_of(item) == "create" else []


def _read_public(item: Object, place: str, scene: Scene) -> Iterator[Item]:
    kind = type_of(item)
    inner = objects(item.get("object"))
    if kind == "create" and inner:
        for post in inner:
            yield from read_post(_inheriting(post, item), place, scene)
    elif kind == "create":
        scene.left_out[_ONLY_ADDRESS] += 1
    elif kind == "announce" and inner and type_of(inner[0]) in {*ACTS, "create"}:
        yield from read_item(inner[0], place, scene)  # a group passes on what its members did
    elif kind in ACTS:
        yield from _read_act(item, place, scene)
    elif kind in POSTS:
        yield from read_post(item, place, scene)
    elif kind not in ACTORS:
        scene.left_out[f"of type {kind}"] += 1
    elif id_of(item) is None:
        yield Reject(place, kind, "the actor has no id", _FIX)


def _inheriting(post: Object, activity: Object) -> Object:
    """Give a post author and time of its Create where it does not say them itself."""
    told = {"attributedTo": activity.get("actor"), "published": activity.get("published")}
    return {**post, **{key: value for key, value in told.items() if value and not post.get(key)}}


def _read_act(item: Object, place: str, scene: Scene) -> Iterator[Item]:
    kind, source = type_of(item), scene.actor(item.get("actor"))
    things = entries(item.get("object"))
    if source is None or not things:
        missing = "actor" if source is None else "object"
        yield Reject(place, kind, f"the activity has no {missing}", _FIX)
    elif kind == "accept" and type_of(things[0]) == "follow":
        scene.left_out["accepting a follow, which servers do by themselves"] += 1
    elif not isinstance(item.get("published"), str):
        scene.left_out["without a time"] += 1
    else:
        for number, thing in enumerate(things, start=1):
            yield _interaction(item, source, thing, number, scene)


def _interaction(item: Object, source: str, thing: Any, number: int, scene: Scene) -> Interaction:
    kind = type_of(item)
    target, name = _acted_upon(item, thing, scene)
    identity = scene.thing(id_of(item.get("id")), source)
    return Interaction(
        network=scene.network,
        kind=_SYNONYMS.get(kind) or kind_of(kind) or kind,
        source=scene.person(source),
        target=scene.person(target),
        published=item["published"],
        object=scene.thing(name, target),
        id=f"{identity}#{number}" if identity and number > 1 else identity,
        value=-1.0 if kind == "dislike" else None,
    )


def _acted_upon(item: Object, thing: Any, scene: Scene) -> tuple[str | None, str | None]:
    """Tell on whom, and on which post, an activity acts."""
    if type_of(item) == "follow" or is_actor(thing):
        return scene.actor(thing), None
    author = scene.author(thing)
    if author is None and type_of(item) == "announce":
        author = _only_person_told(item, scene)
    return author, scene.name(thing)


def _only_person_told(item: Object, scene: Scene) -> str | None:
    """Mastodon sends a copy of each boost to the author: often the only word of who that is."""
    told = [name for name in audience(item) if name not in PUBLIC]
    people = [name for name in told if not name.endswith("/followers")]
    return scene.actor(people[0]) if len(people) == 1 else None
