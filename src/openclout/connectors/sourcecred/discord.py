"""The graph of SourceCred's Discord plug-in: members, messages, reactions and mentions.

Addresses as in plugins/discord/createGraph.js: `MEMBER/user|bot/<member>`,
`MESSAGE/<channel>/<message>`, `REACTION/<channel>/<emoji>/<member>/<message>`, and for the edge
`MENTIONS|PROPS/<channel>/<author>/<message>/user|bot/<member>`, which names the message's author
even where that author has left the server and has no node.
"""

import re
from collections.abc import Iterator
from html import unescape

from openclout.connector import Item
from openclout.connectors.sourcecred.graph import Address, Edge, Graph, Node, act_id
from openclout.connectors.sourcecred.plugin import Plugin
from openclout.vocabulary.account import Account
from openclout.vocabulary.interaction import Interaction
from openclout.vocabulary.post import Post

NETWORK = "discord"

_MEMBER = re.compile(r"discord/(.*)#(\d+)", re.DOTALL)
_MESSAGE = re.compile(r'#.*? message \["(.*)\.\.\."\]\((\S+)\)', re.DOTALL)
_NO_TAG = "0"  # the discriminator of those who took one of Discord's new, unique names
_THUMBS_DOWN = "👎"


def account_id(address: Address, _forum: str | None) -> str:
    """Give a member's id, Discord's own number."""
    return address[4]


def read(graph: Graph, _forum: str | None) -> Iterator[Item]:
    """Read the members, messages and acts of a server's graph."""
    authors = _authors(graph)
    for address, node in graph.of("MEMBER").items():
        yield _account(address, node)
    for address, node in graph.of("MESSAGE").items():
        yield _post(address, node, authors.get(address))
    for edge in graph.edges:
        if edge.word == "REACTS_TO":
            yield _reaction(edge, authors)
        elif edge.word in ("MENTIONS", "PROPS"):
            yield _mention(edge, authors)


def _authors(graph: Graph) -> dict[Address, str]:
    """Tell who wrote which message, from AUTHORS edges and from the names of MENTIONS edges."""
    authors: dict[Address, str] = {}
    for edge in graph.edges:
        if edge.word == "AUTHORS":
            authors[edge.target] = edge.source[4]
        elif edge.word in ("MENTIONS", "PROPS"):
            authors.setdefault(edge.source, edge.address[4])
    return authors


def _account(address: Address, node: Node) -> Account:
    found = _MEMBER.fullmatch(node.description)
    name = unescape(found[1]) if found else None
    tagged = f"{name}#{found[2]}" if found and found[2] != _NO_TAG else name
    bot = address[3] == "bot"
    return Account(
        network=NETWORK,
        id=address[4],
        handle=tagged,
        name=name,
        bot=bot,
        kind="service" if bot else "person",
    )


def _post_id(address: Address) -> str:
    return address[4]  # Discord's numbers are unique across channels and servers


def _post(address: Address, node: Node, author: str | None) -> Post:
    found = _MESSAGE.fullmatch(node.description)
    return Post(
        network=NETWORK,
        id=_post_id(address),
        author=author,
        published=node.published,
        text=unescape(found[1]) or None if found else None,
        url=found[2] if found else None,
    )


def _reaction(edge: Edge, authors: dict[Address, str]) -> Interaction:
    """Read one emoji of one member; a thumb down is kept with a negative value, never counted."""
    _, _, _, _, emoji, member, *_ = edge.source
    return Interaction(
        network=NETWORK,
        kind="like",
        source=member,
        target=authors.get(edge.target),
        published=edge.published,
        object=_post_id(edge.target),
        id=act_id(edge.source),
        value=-1.0 if emoji.startswith(_THUMBS_DOWN) else None,
    )


def _mention(edge: Edge, authors: dict[Address, str]) -> Interaction:
    """Read a mention; in a channel set aside for praise ("props") it is an endorsement."""
    return Interaction(
        network=NETWORK,
        kind="mention" if edge.word == "MENTIONS" else "endorse",
        source=authors.get(edge.source),
        target=edge.target[4],
        published=edge.published,
        id=edge.id,
    )


PLUGIN = Plugin(
    network=NETWORK,
    users="MEMBER",
    addresses={("MEMBER",): 5, ("MESSAGE",): 5, ("REACTION",): 7},
    edges={
        "AUTHORS": ({"MEMBER"}, {"MESSAGE"}),
        "MENTIONS": ({"MESSAGE"}, {"MEMBER"}),
        "PROPS": ({"MESSAGE"}, {"MEMBER"}),
        "REACTS_TO": ({"REACTION"}, {"MESSAGE"}),
    },
    spare=frozenset({"ADDS_REACTION"}),
    account_id=account_id,
    read=read,
)
