"""The graph of SourceCred's Discourse plug-in: users, topics, posts and likes of a forum.

Addresses as in plugins/discourse/{address,nodesAndEdges}.js: `user/<server>/<name>`,
`topic/<server>/<number>`, `post/<server>/<number>`, `like/<server>/<name>/<post>`.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from openclout.connector import Item
from openclout.connectors.sourcecred.graph import Address, Edge, Graph, Node
from openclout.connectors.sourcecred.plugin import Plugin
from openclout.vocabulary.account import Account
from openclout.vocabulary.interaction import Interaction
from openclout.vocabulary.post import Post

NETWORK = "discourse"
_SERVER = re.compile(rb'"discourse"\s*,\s*"user"\s*,\s*"(https?://[^"]+)"')
_POST = re.compile(r"\[#(\d+) on (.*)\]\((\S+)\)", re.DOTALL)
_LINK = re.compile(r"\[(.*)\]\((\S+)\)", re.DOTALL)


def servers_in(content: bytes) -> set[str]:
    """Tell which forums the users of a graph, given as JSON text, belong to."""
    return {server.decode(errors="replace") for server in _SERVER.findall(content)}


def account_id(address: Address, forum: str | None) -> str:
    """Give a user's id: the name in lower case, since Discourse's mentions ignore its case.

    A user of another forum than `forum`, the only one of the instance, is `name@host`.
    """
    server, name = address[3], address[4].lower()
    return name if server == forum else f"{name}@{server.split('://')[-1].rstrip('/').lower()}"


def read(graph: Graph, forum: str | None) -> Iterator[Item]:
    """Read the users, posts and acts of a forum's graph."""
    threads = _Threads(graph, forum)
    for address in graph.of("user"):
        yield _account(address, forum)
    for address, node in graph.nodes.items():
        if threads.is_thing(address):
            yield _post(address, node, threads)
    for edge in graph.edges:
        yield from _act(edge, threads)


@dataclass(slots=True)
class _Threads:
    """Who wrote what, and what answers what. A topic and its first post are one thing."""

    forum: str | None
    authors: dict[Address, str]
    parents: dict[Address, Address]
    firsts: dict[Address, Address]
    likers: dict[Address, str]

    def __init__(self, graph: Graph, forum: str | None) -> None:
        edges: dict[str, list[Edge]] = {word: [] for word in PLUGIN.edges}
        for edge in graph.edges:
            edges[edge.word].append(edge)
        self.forum = forum
        self.authors = {e.target: account_id(e.source, forum) for e in edges["authors"]}
        self.likers = {e.target: account_id(e.source, forum) for e in edges["createsLike"]}
        self.firsts = {
            e.source: e.target for e in edges["topicContainsPost"] if _is_first(graph, e.target)
        }
        self.parents = {e.source: e.target for e in edges["replyTo"]}
        for edge in edges["topicContainsPost"]:
            if edge.target != self.firsts.get(edge.source):
                self.parents.setdefault(edge.target, edge.source)

    def thing(self, address: Address) -> Address:
        """Give the post that stands for an address: a topic's first post, else the address."""
        return self.firsts.get(address, address)

    def is_thing(self, address: Address) -> bool:
        """Tell whether a node is a post of its own; a topic is one if its first post is not here.

        (Moderators delete first posts; the title and its author remain.)
        """
        return address[2] == "post" or (address[2] == "topic" and address not in self.firsts)

    def id(self, address: Address) -> str:
        """Give the id of the post that stands for an address: Discourse's own permanent link."""
        _, _, word, server, number, *_ = self.thing(address)
        return f"{server.rstrip('/')}/{'t' if word == 'topic' else 'p'}/{number}"

    def author(self, address: Address) -> str | None:
        """Tell who wrote a post or opened a topic."""
        return self.authors.get(self.thing(address))


def _is_first(graph: Graph, post: Address) -> bool:
    node = graph.nodes.get(post)
    found = _POST.fullmatch(node.description) if node else None
    return found is not None and found[1] == "1"


def _account(address: Address, forum: str | None) -> Account:
    return Account(network=NETWORK, id=account_id(address, forum), handle=address[4])


def _post(address: Address, node: Node, threads: _Threads) -> Post:
    numbered, linked = _POST.fullmatch(node.description), _LINK.fullmatch(node.description)
    parent = threads.parents.get(address)
    return Post(
        network=NETWORK,
        id=threads.id(address),
        author=threads.author(address),
        published=node.published,
        text=numbered[2] if numbered else linked[1] if linked else node.description,
        in_reply_to=threads.id(parent) if parent else None,
        url=linked[2] if linked else None,
    )


def _act(edge: Edge, threads: _Threads) -> Iterator[Interaction]:
    if edge.word == "likes":
        liker = threads.likers.get(edge.source) or account_id(edge.source, threads.forum)
        yield _upon(edge, "like", liker, edge.target, threads)
    elif edge.word == "replyTo":
        yield _upon(edge, "reply", threads.author(edge.source), edge.target, threads)
    elif edge.word == "topicContainsPost":
        yield from _answer_to_topic(edge, threads)
    elif edge.word == "references":
        yield _reference(edge, threads)


def _answer_to_topic(edge: Edge, threads: _Threads) -> Iterator[Interaction]:
    """A post that answers no post in particular answers whoever opened the topic."""
    topic, post = edge.source, edge.target
    if threads.parents.get(post) == topic and threads.author(post) != threads.author(topic):
        yield _upon(edge, "reply", threads.author(post), topic, threads)


def _reference(edge: Edge, threads: _Threads) -> Interaction:
    author = threads.author(edge.source)
    if edge.target[2] != "user":
        return _upon(edge, "link", author, edge.target, threads)
    return Interaction(
        network=NETWORK,
        kind="mention",
        source=author,
        target=account_id(edge.target, threads.forum),
        published=edge.published,
        id=edge.id,
    )


def _upon(
    edge: Edge, kind: str, source: str | None, post: Address, threads: _Threads
) -> Interaction:
    return Interaction(
        network=NETWORK,
        kind=kind,
        source=source,
        target=threads.author(post),
        published=edge.published,
        object=threads.id(post),
        id=edge.id,
    )


PLUGIN = Plugin(
    network=NETWORK,
    users="user",
    addresses={("user",): 5, ("topic",): 5, ("post",): 5, ("like",): 6},
    edges={
        "authors": ({"user"}, {"topic", "post"}),
        "createsLike": ({"user"}, {"like"}),
        "likes": ({"like"}, {"post"}),
        "references": ({"post"}, {"user", "topic", "post"}),
        "replyTo": ({"post"}, {"post"}),
        "topicContainsPost": ({"topic"}, {"post"}),
    },
    spare=frozenset({"topicHasLikedPost"}),
    account_id=account_id,
    read=read,
)
