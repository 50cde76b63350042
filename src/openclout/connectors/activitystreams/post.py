"""Objects that somebody published: posts, and the replies, mentions and quotes in them."""

from collections import Counter
from collections.abc import Iterator

from openclout.connector import Item, Reject
from openclout.connectors.activitystreams.document import (
    Object,
    entries,
    id_of,
    is_object,
    objects,
    type_of,
)
from openclout.connectors.activitystreams.markup import plain_text, veil
from openclout.connectors.activitystreams.scene import Scene
from openclout.vocabulary.interaction import Interaction
from openclout.vocabulary.post import Post

_QUOTES = ("quote", "quoteUrl", "quoteUri", "_misskey_quote")
_COUNTS = (("likes", "like"), ("shares", "share"), ("replies", "reply"))
_FIX = "ask the server that wrote the file, or leave the item out"

_Directed = tuple[str, str | None, str | None]
"""A kind, whom, and which post."""


def read_post(thing: Object, place: str, scene: Scene) -> Iterator[Item]:
    """Read one post, with what its author did in it."""
    name, author = scene.name(thing), scene.author(thing)
    if name is None:
        yield Reject(place, str(thing.get("type")), "the post has no id", _FIX)
        return
    if scene.keeps(author):
        yield _post(thing, name, author, scene)
    else:
        scene.left_out["posts of accounts that ask not to be listed"] += 1
    directed = list(_directed(thing, scene))
    missing = "a time" if not isinstance(thing.get("published"), str) else "an author"
    if author and missing != "a time":
        yield from _acts(thing, name, author, directed, scene)
        yield from _reactions(thing, name, author, scene) if author == scene.owner else ()
    elif directed:
        scene.left_out[f"replies, quotes and mentions in posts without {missing}"] += len(directed)


def _post(thing: Object, name: str, author: str | None, scene: Scene) -> Post:
    parents = entries(thing.get("inReplyTo"))
    hashtags = (tag.get("name") for tag in _tags(thing, "hashtag", "tag"))
    tags = (tag.removeprefix("#").lower() for tag in hashtags if isinstance(tag, str))
    published = thing.get("published")
    return Post(
        network=scene.network,
        id=name,
        author=author,
        published=published if isinstance(published, str) else None,
        text=None if author in scene.textless else veil(_text(thing), scene.hides) or None,
        tags=tuple(dict.fromkeys(tag for tag in tags if tag)),
        language=_language(thing),
        in_reply_to=_parent(parents[0], scene) if parents else None,
        url=id_of(thing.get("url")),
    )


def _parent(parent: object, scene: Scene) -> str | None:
    return scene.thing(scene.name(parent), scene.author(parent))


def _tags(thing: Object, *kinds: str) -> list[Object]:
    return [tag for tag in objects(thing.get("tag")) if type_of(tag) in kinds]


def _text(thing: Object) -> str:
    """Give title and content; the summary, which may be a warning, only where there is neither."""
    texts = thing.get("contentMap")
    content = thing.get("content") or next(iter(texts.values() if is_object(texts) else ()), None)
    found = [part for part in (thing.get("name"), content) if isinstance(part, str) and part]
    if not found and isinstance(thing.get("summary"), str):
        found = [thing["summary"]]
    return "\n".join(plain_text(part) for part in found)


def _language(thing: Object) -> str | None:
    texts = thing.get("contentMap")
    if not is_object(texts):
        return None
    same = [code for code, text in texts.items() if text == thing.get("content")]
    return next(iter(same or texts), None)


def _acts(
    thing: Object, name: str, author: str, directed: list[_Directed], scene: Scene
) -> Iterator[Interaction]:
    """Give whom the post answers, quotes and names: once each, the answered are not named too."""
    seen: Counter[str] = Counter()
    met: set[str | None] = {author}
    for kind, target, other in directed:
        if kind != "mention" or target not in met:
            met.add(target)
            seen[kind] += 1
            number = f"-{seen[kind]}" if seen[kind] > 1 else ""
            yield Interaction(
                network=scene.network,
                kind=kind,
                source=scene.person(author),
                target=scene.person(target),
                published=thing["published"],
                object=scene.thing(other, target),
                id=f"{scene.thing(name, author)}#{kind}{number}",
            )


def _directed(thing: Object, scene: Scene) -> Iterator[_Directed]:
    """Give everything that the post is directed at."""
    for parent in entries(thing.get("inReplyTo")):
        if id_of(parent):
            yield "reply", scene.author(parent), scene.name(parent)
    if quoted := _quoted(thing):
        yield "quote", scene.author(quoted), scene.name(quoted)
    for tag in _tags(thing, "mention", "person"):
        if target := scene.actor(tag):
            yield "mention", target, None


def _quoted(thing: Object) -> object:
    """Give the quoted post; a Link in the tags (FEP-e232) may tell its author as well."""
    told = next((thing[key] for key in _QUOTES if id_of(thing.get(key))), None)
    links = [tag for tag in _tags(thing, "link") if "activity" in str(tag.get("mediaType"))]
    same = [link for link in links if told is None or id_of(link) == id_of(told)]
    return same[0] if same else told


def _reactions(thing: Object, name: str, author: str, scene: Scene) -> Iterator[Interaction]:
    """Give how many liked, boosted and answered; an export does not say who."""
    for key, kind in _COUNTS:
        number = thing[key].get("totalItems") if is_object(thing.get(key)) else None
        if isinstance(number, int) and number > 0:
            yield Interaction(
                network=scene.network,
                kind=kind,
                source=None,
                target=author,
                published=thing["published"],
                object=name,
                id=f"{name}#{key}",
                count=number,
            )
