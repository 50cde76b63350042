"""What a whole reading knows: who is named, who is kept under a key, what was taken back."""

from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from datetime import datetime

from openclout.connectors.activitystreams.actor import (
    actor_id,
    author_in,
    is_actor,
    is_textless,
    is_withdrawn,
    name_in,
)
from openclout.connectors.activitystreams.document import (
    Object,
    entries,
    id_of,
    is_object,
    objects,
    type_of,
    when,
)

_REVOCATIONS = ("undo", "delete")
_PEOPLE = ("actor", "attributedTo", "object")


@dataclass(slots=True)
class Scene:
    """The network, and who and what is known of it in this bundle.

    `owner` is the actor of a personal export: then everybody else is kept under a key, and what
    does not say whom it is for is private. Without one, only those who withdrew are keyed.
    `left_out` counts what was not read, by reason.
    """

    network: str
    keyed: Callable[[str, str], str]
    owner: str | None = None
    actors: dict[str, Object] = field(default_factory=dict)
    aliases: dict[str, str] = field(default_factory=dict)
    authors: dict[str, str] = field(default_factory=dict)
    withdrawn: set[str] = field(default_factory=set)
    textless: set[str] = field(default_factory=set)
    revoked: set[tuple[str, str]] = field(default_factory=set)
    undone: dict[tuple[str, str, str], datetime | None] = field(default_factory=dict)
    left_out: Counter[str] = field(default_factory=Counter)

    def learn(self, items: Iterable[object]) -> None:
        """Look through all items before the first is read."""
        for item in items:
            if is_object(item):
                for thing in _within(item):
                    self._learn(thing)
                if type_of(item) in _REVOCATIONS:
                    self._learn_revocation(item)

    def actor(self, thing: object) -> str | None:
        """Give an actor's id from whatever refers to it."""
        name = id_of(thing)
        return actor_id(self.aliases.get(name, name)) if name else None

    def author(self, thing: object) -> str | None:
        """Give the author of a post: as it says, as another item says, or from its address."""
        told = id_of(thing.get("attributedTo") or thing.get("actor")) if is_object(thing) else None
        name = self.name(thing)
        return self.actor(told or self.authors.get(name or "") or author_in(name))

    def name(self, thing: object) -> str | None:
        """Give the id of a post, also where it is referred to by its url."""
        name = id_of(thing)
        return self.aliases.get(name, name) if name else None

    def keeps(self, actor: str | None) -> bool:
        """Tell whether an actor is kept under the own id."""
        return actor == self.owner if self.owner else actor not in self.withdrawn

    def person(self, actor: str | None) -> str | None:
        """Give the id to store for an actor."""
        return actor if actor is None or self.keeps(actor) else self.keyed(self.network, actor)

    def thing(self, name: str | None, author: str | None) -> str | None:
        """Give the id to store for a post or an act: an address tells its author's name."""
        return name if name is None or self.keeps(author) else self.keyed(self.network, name)

    def hides(self, name: str) -> bool:
        """Tell whether a user name (lower case) must not stand in a text."""
        if self.owner:
            return name != name_in(self.owner)
        return name in {name_in(actor) for actor in self.withdrawn}

    def is_revoked(self, item: Object) -> bool:
        """Tell whether an act was undone, or its post or its author deleted, by their owner."""
        actor = self.actor(item.get("actor") or item.get("attributedTo"))
        if actor is None:
            return False
        names = (id_of(item), id_of(item.get("object")) if type_of(item) == "create" else None)
        if {(actor, actor), *((actor, name) for name in names if name)} & self.revoked:
            return True
        mark = (type_of(item), actor, id_of(item.get("object")) or "")
        return mark in self.undone and _before(when(item), self.undone[mark])

    def _learn(self, thing: Object) -> None:
        name = id_of(thing)
        if name is None:
            return
        if is_actor(thing) and len(thing) > len(self.actors.get(actor_id(name), ())):
            self._learn_actor(actor_id(name), thing)
        for address in map(id_of, entries(thing.get("url"))):
            if address and address != name:
                self.aliases.setdefault(address, name)
        author = id_of(thing.get("attributedTo"))
        if author:
            self.authors.setdefault(name, author)

    def _learn_actor(self, name: str, actor: Object) -> None:
        self.actors[name] = actor
        if is_withdrawn(actor):
            self.withdrawn.add(name)
        if is_textless(actor):
            self.textless.add(name)

    def _learn_revocation(self, item: Object) -> None:
        actor = self.actor(item.get("actor")) or ""
        for thing in entries(item.get("object")):
            name = id_of({**thing, "url": None, "href": None} if is_object(thing) else thing)
            if name:
                self.revoked.add((actor, name))
            elif is_object(thing):
                mark = (type_of(thing), actor, id_of(thing.get("object")) or "")
                self.undone[mark] = when(item)


def _within(item: Object, depth: int = 2) -> Iterator[Object]:
    """Give an item and the people and posts embedded in it."""
    yield item
    for key in _PEOPLE if depth else ():
        for thing in objects(item.get(key)):
            yield from _within(thing, depth - 1)


def _before(act: datetime | None, undo: datetime | None) -> bool:
    """Tell whether an act came before its undoing; what has no time is taken to."""
    return act is None or undo is None or act <= undo
