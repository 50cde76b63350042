"""An allotment forum as a SourceCred instance holds it: the graph of its Discourse plug-in.

A graph is JSON packed with zlib (SourceCred calls that ".gzip"): nodes and edges in the order of
their addresses, edges with the indices of the nodes they join, and weights beside them.
"""

import json
import zlib
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from pathlib import Path
from random import Random

from demo.people import Person, Span, cast, draw_people
from demo.rhythm import Event, draw_events, draw_ties
from demo.texts import write_sentence

SERVER = "https://forum.allotment.example"
MONTHS = timedelta(days=456)
PEOPLE = 155
_PLUGIN = ("sourcecred", "discourse")
_KINDS = ("like", "reply", "mention")
_OFTEN = (60, 31, 9)
_EDGE_WEIGHTS = {
    ("authors", "post"): (1, 0.25), ("authors", "topic"): (0, 0), ("createsLike",): (0, 1),
    ("likes",): (0, 1), ("references", "post"): (0, 0.5), ("references", "topic"): (0, 0.5),
    ("references", "user"): (0, 0.5), ("replyTo",): (0, 1), ("topicContainsPost",): (1, 0.125),
    ("topicHasLikedPost",): (0, 1),
}  # fmt: skip
"""The plug-in's defaults: (backwards, forwards)."""

Address = tuple[str, ...]
Json = dict[str, object]


@dataclass(frozen=True, slots=True)
class Post:
    """A post; the `place`-th of its topic."""

    id: int
    topic: "Topic"
    place: int
    author: Person
    at: datetime

    def description(self) -> str:
        """The post as SourceCred describes it."""
        link = f"{SERVER}/t/{self.topic.id}/{self.place}"
        return f"[#{self.place} on {self.topic.title}]({link})"


@dataclass(slots=True)
class Topic:
    """A thread of posts."""

    id: int
    title: str
    author: Person
    at: datetime
    size: int = 0


@dataclass(slots=True)
class Graph:
    """Nodes and edges by address, and the weights that SourceCred wrote with them."""

    nodes: dict[Address, tuple[str, datetime | None]] = field(default_factory=dict)
    edges: dict[Address, tuple[Address, Address, datetime]] = field(default_factory=dict)
    likes: Counter[tuple[str, str]] = field(default_factory=Counter)

    def join(
        self, word: Address, key: Address, source: Address, target: Address, at: datetime
    ) -> None:
        """Add an edge; the first of the same address stays."""
        self.edges.setdefault((*_PLUGIN, *word, SERVER, *key), (source, target, at))


@dataclass(slots=True)
class Forum:
    """The forum as it fills."""

    rng: Random
    graph: Graph = field(default_factory=Graph)
    topics: list[Topic] = field(default_factory=list)
    latest: dict[str, list[Post]] = field(default_factory=dict)
    posts: int = 0

    def open(self, author: Person, at: datetime) -> None:
        """Open a topic with its first post."""
        title = write_sentence("gardening", author.language, self.rng).rstrip(".")
        topic = Topic(len(self.topics) + 1, title, author, at)
        self.topics.append(topic)
        number = str(topic.id)
        description = f"[{title}]({SERVER}/t/{number})"
        self.graph.nodes[_node("topic", number)] = description, at
        edge = ("authors", "topic"), (author.handle, number)
        self.graph.join(*edge, _node("user", author.handle), _node("topic", number), at)
        self.write(topic, author, at)

    def write(self, topic: Topic, author: Person, at: datetime, parent: Post | None = None) -> Post:
        """Add a post to a topic."""
        self.posts, topic.size = self.posts + 1, topic.size + 1
        post = Post(self.posts, topic, topic.size, author, at)
        node, user = _node("post", str(post.id)), _node("user", author.handle)
        graph, number, thread = self.graph, str(post.id), str(topic.id)
        graph.nodes[node] = post.description(), at
        graph.join(("authors", "post"), (author.handle, number), user, node, at)
        graph.join(("topicContainsPost",), (thread, number), _node("topic", thread), node, at)
        if parent:
            answered = str(parent.id)
            graph.join(("replyTo",), (number, answered), node, _node("post", answered), at)
        self.latest.setdefault(author.handle, []).append(post)
        return post

    def like(self, liker: Person, post: Post, at: datetime) -> bool:
        """Let somebody like a post; Discourse allows it once."""
        number, thread = str(post.id), str(post.topic.id)
        key = liker.handle, number
        node, liked = _node("like", *key), _node("post", number)
        if node in self.graph.nodes:
            return False
        self.graph.nodes[node] = f"❤️ by {liker.handle} on {post.description()}", at
        self.graph.join(("createsLike",), key, _node("user", liker.handle), node, at)
        self.graph.join(("likes",), key, node, liked, at)
        self.graph.join(
            ("topicHasLikedPost",), (thread, number), _node("topic", thread), liked, post.at
        )
        self.graph.likes[thread, number] += 1
        return True

    def mention(self, post: Post, name: str) -> None:
        """Let a post name a user, who need not exist."""
        key = str(post.id), name
        nodes = _node("post", str(post.id)), _node("user", name)
        self.graph.join(("references", "user"), key, *nodes, post.at)


def write_discourse(folder: Path, end: datetime, seed: int) -> None:
    """Write the instance: sourcecred.json, config, output/graphs and data/ledger.json."""
    rng = Random(f"{seed}:discourse")
    span = Span(end - MONTHS, end)
    people = [*cast(span).values(), *draw_people(PEOPLE, span, rng)]
    forum = Forum(rng)
    for person in people:
        described = f"discourse/[@{person.handle}]({SERVER}/u/{person.handle}/)"
        forum.graph.nodes[_node("user", person.handle)] = described, None
    for event in draw_events(people, draw_ties(people, rng, timedelta(days=240)), rng):
        _play(event, forum)
    packed = zlib.compress(_dump(_whole(forum.graph)).encode(), 6)
    _write(folder / "output/graphs/sourcecred/discourse/graph.json.gzip", packed)
    config = folder / "config/plugins/sourcecred/discourse/config.json"
    _write(config, _dump({"serverUrl": SERVER}).encode())
    instance = {"bundledPlugins": ["sourcecred/discourse"]}
    _write(folder / "sourcecred.json", json.dumps(instance, indent=2).encode())
    _write(folder / "data/ledger.json", "".join(_ledger(people, end, rng)).encode())


def _play(event: Event, forum: Forum) -> None:
    rng = forum.rng
    if event.target is None:
        _say(event, forum)
        return
    seen = forum.latest.get(event.target.handle, [])[-5:]
    kind = rng.choices(_KINDS, _OFTEN)[0] if seen else "mention"
    if kind == "like" and forum.like(event.actor, rng.choice(seen), event.at):
        return
    if kind == "mention" and forum.topics:
        recent = rng.choice(forum.topics[-12:])
        forum.mention(forum.write(recent, event.actor, event.at), event.target.handle)
    elif seen:
        parent = rng.choice(seen)
        forum.write(parent.topic, event.actor, event.at, parent)


def _say(event: Event, forum: Forum) -> None:
    """Open a topic, or add to one that is still talked about; Cat always adds."""
    chance = forum.rng.random()
    if not forum.topics or (chance < 0.12 and event.actor.handle != "cat"):
        forum.open(event.actor, event.at)
    elif chance < (0.1 if event.actor.handle == "cat" else 0.25):
        post = forum.write(forum.rng.choice(forum.topics[-12:]), event.actor, event.at)
        if forum.rng.random() < 0.05:
            forum.mention(post, "everyone-in-row-9")  # a name that nobody has


def _node(word: str, *key: str) -> Address:
    return (*_PLUGIN, word, SERVER, *key)


def _whole(graph: Graph) -> list[object]:
    """Make the weighted graph; a mentioned name without a user has an address but no node."""
    ends = {end for source, target, _ in graph.edges.values() for end in (source, target)}
    addresses = sorted({*graph.nodes, *ends})
    index = {address: number for number, address in enumerate(addresses)}
    nodes = [
        {"description": told, "index": index[address], "timestampMs": _milliseconds(at)}
        for address, (told, at) in sorted(graph.nodes.items())
    ]
    edges = [
        {"address": address, "dstIndex": index[target], "srcIndex": index[source],
         "timestampMs": _milliseconds(at)}
        for address, (source, target, at) in sorted(graph.edges.items())
    ]  # fmt: skip
    body = {"edges": edges, "nodes": nodes, "sortedNodeAddresses": addresses}
    return [
        {"type": "sourcecred/weightedGraph", "version": "0.1.0"},
        {
            "graphJSON": [{"type": "sourcecred/graph", "version": "0.8.0"}, body],
            "weightsJSON": [{"type": "sourcecred/weights", "version": "0.2.0"}, _weights(graph)],
        },
    ]


def _weights(graph: Graph) -> Json:
    edges = {
        _flat("E", *_PLUGIN, *word): {"backwards": back, "forwards": forth}
        for word, (back, forth) in _EDGE_WEIGHTS.items()
    }
    for (topic, post), likes in graph.likes.items():
        address = _flat("E", *_PLUGIN, "topicHasLikedPost", SERVER, topic, post)
        edges[address] = {"backwards": 0, "forwards": likes}
    nodes = {_flat("N", *_PLUGIN, word): 0 for word in ("post", "topic", "user")}
    nodes[_flat("N", *_PLUGIN, "like")] = 4
    nodes |= {_flat("N", *address): 1 for address in graph.nodes if address[2] == "like"}
    return {"edgeWeights": edges, "nodeWeights": nodes}


def _ledger(people: list[Person], end: datetime, rng: Random) -> Iterator[str]:
    """Give the log of the ledger: a few took part, one of them under two names."""
    at = _milliseconds(end - timedelta(days=300)) or 0
    second = rng.choice(people[5:])
    for person in people[:4]:
        identity = _identifier(rng)
        address = _flat("N", "sourcecred", "core", "IDENTITY", identity)
        created: Json = {
            "identity": {"address": address, "aliases": [], "id": identity,
                         "name": person.handle, "subtype": "USER"},
            "type": "CREATE_IDENTITY",
        }  # fmt: skip
        names = [person.handle, *([second.handle] if person is people[0] else [])]
        for action in (created, *(_alias(name, identity) for name in names)):
            at += 1
            event = {"action": action, "ledgerTimestamp": at, "uuid": _identifier(rng)}
            yield _dump({**event, "version": "1"}) + "\n"


def _alias(name: str, identity: str) -> Json:
    address = _flat("N", *_node("user", name))
    alias = {"address": address, "description": f"discourse/[@{name}]({SERVER}/u/{name}/)"}
    return {"alias": alias, "identityId": identity, "type": "ADD_ALIAS"}


def _identifier(rng: Random) -> str:
    letters = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789"
    return "".join(rng.choice(letters) for _ in range(22))


def _flat(*parts: str) -> str:
    """Write an address as one string, each part ended by a null character."""
    return "".join(f"{part}\0" for part in parts)


def _milliseconds(at: datetime | None) -> int | None:
    return int(at.timestamp() * 1000) if at else None


def _dump(value: object) -> str:
    return json.dumps(value, ensure_ascii=False, sort_keys=True, separators=(",", ":"))


def _write(path: Path, content: bytes) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(content)
