"""The graph of SourceCred's GitHub plug-in: users, issues, pulls, reviews, comments, commits.

Addresses as in plugins/github/nodes.js: `USERLIKE/USER|BOT/<login>` (before 2019 without the second
part), `ISSUE|PULL/<owner>/<repo>/<number>`, `REVIEW/<owner>/<repo>/<number>/<id>`,
`COMMENT/ISSUE|PULL/<owner>/<repo>/<number>/<id>`, `COMMENT/REVIEW/…/<review>/<id>`, `COMMIT/<id>`.
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

NETWORK = "github"
_POSTS = {"ISSUE", "PULL", "REVIEW", "COMMENT", "COMMIT"}
_SITE = "https://github.com"
_FRAGMENTS = {"ISSUE": "issuecomment-", "PULL": "issuecomment-", "REVIEW": "discussion_r"}
_LINK = re.compile(r"\[[^\]]*\]\((\S+?)\)")
_TITLE = re.compile(r"(?:\[(?:comment|review)\]\(\S+?\) on )*\[[^\]]*\]\(\S+?\): (.*)", re.DOTALL)


def account_id(address: Address, _forum: str | None = None) -> str:
    """Give a user's id: the login in lower case, since GitHub's logins ignore its case."""
    return address[-1].lower()


def read(graph: Graph, _forum: str | None) -> Iterator[Item]:
    """Read the users, posts and acts of a repository's graph."""
    threads = _index(graph)
    for address in graph.of("USERLIKE"):
        yield _account(address)
    for address, node in graph.nodes.items():
        if address[2] in _POSTS:
            yield _post(address, node, threads)
    for edge in graph.edges:
        yield from _act(edge, threads)


@dataclass(frozen=True, slots=True)
class _Threads:
    """Who wrote what, what belongs to what, and the commits' links."""

    authors: dict[Address, str]
    parents: dict[Address, Address]
    links: dict[Address, str]

    def id(self, address: Address) -> str:
        """Give a post's id: its link on GitHub, as the REST API's `html_url` has it."""
        word, *rest = address[2:]
        if word == "COMMENT":
            return f"{_thread_link(rest[0], rest[1:4])}#{_FRAGMENTS[rest[0]]}{rest[-1]}"
        if word == "REVIEW":
            return f"{_thread_link('PULL', rest[:3])}#pullrequestreview-{rest[3]}"
        if word == "COMMIT":
            return self.links.get(address) or f"commit/{rest[0]}"
        return _thread_link(word, rest)

    def parent(self, address: Address) -> Address | None:
        """Tell what a post answers.

        A review's line comments belong to the reviewer's own review; what they answer is the pull.
        """
        parent = self.parents.get(address)
        if parent and parent[2] == "REVIEW":
            own = self.authors.get(parent) == self.authors.get(address)
            return self.parents.get(parent) if own else parent
        return parent if parent and parent[2] != "REPO" else None


def _thread_link(word: str, parts: list[str]) -> str:
    owner, name, number = parts[:3]
    return f"{_SITE}/{owner}/{name}/{'issues' if word == 'ISSUE' else 'pull'}/{number}"


def _index(graph: Graph) -> _Threads:
    authors: dict[Address, str] = {}
    parents: dict[Address, Address] = {}
    for edge in graph.edges:
        if edge.word == "AUTHORS":  # of several ("paired with") the first stands for all
            authors.setdefault(edge.target, account_id(edge.source))
        elif edge.word == "HAS_PARENT":
            parents[edge.source] = edge.target
    links = {address: _link(node) for address, node in graph.of("COMMIT").items()}
    return _Threads(authors, parents, links)


def _link(node: Node) -> str:
    found = _LINK.match(node.description)
    return found[1] if found else ""


def _account(address: Address) -> Account:
    bot = address[3] == "BOT"
    return Account(
        network=NETWORK,
        id=account_id(address),
        handle=address[-1],
        bot=bot if len(address) > 4 else None,
        kind="service" if bot else None,
    )


def _post(address: Address, node: Node, threads: _Threads) -> Post:
    title = _TITLE.fullmatch(node.description)
    parent = threads.parent(address)
    return Post(
        network=NETWORK,
        id=threads.id(address),
        author=threads.authors.get(address),
        published=node.published,
        text=title[1] if title else None,
        in_reply_to=threads.id(parent) if parent else None,
        url=_link(node) or None,
    )


def _act(edge: Edge, threads: _Threads) -> Iterator[Interaction]:
    author = threads.authors.get(edge.source)
    if edge.word == "HAS_PARENT":
        parent = threads.parent(edge.source)
        if parent:
            yield _upon(edge, "reply", author, parent, threads)
    elif edge.word == "REACTS":
        yield _upon(edge, "like", account_id(edge.source), edge.target, threads)
    elif edge.word == "MERGED_AS":
        yield _upon(edge, "accept", threads.authors.get(edge.target), edge.source, threads)
    elif edge.word == "REFERENCES" and edge.target[2] == "USERLIKE":
        yield _mention(edge, author)
    elif edge.word == "REFERENCES" and edge.target[2] != "REPO":
        yield _upon(edge, "link", author, edge.target, threads)


def _upon(
    edge: Edge, kind: str, source: str | None, post: Address, threads: _Threads
) -> Interaction:
    return Interaction(
        network=NETWORK,
        kind=kind,
        source=source,
        target=threads.authors.get(post),
        published=edge.published,
        object=threads.id(post),
        id=edge.id,
    )


def _mention(edge: Edge, author: str | None) -> Interaction:
    return Interaction(
        network=NETWORK,
        kind="mention",
        source=author,
        target=account_id(edge.target),
        published=edge.published,
        id=edge.id,
    )


PLUGIN = Plugin(
    network=NETWORK,
    users="USERLIKE",
    addresses={
        ("USERLIKE",): 4,
        ("REPO",): 5,
        ("ISSUE",): 6,
        ("PULL",): 6,
        ("REVIEW",): 7,
        ("COMMENT", "ISSUE"): 8,
        ("COMMENT", "PULL"): 8,
        ("COMMENT", "REVIEW"): 9,
        ("COMMIT",): 4,
    },
    edges={
        "AUTHORS": ({"USERLIKE"}, _POSTS),
        "HAS_PARENT": (_POSTS, {*_POSTS, "REPO"}),
        "MERGED_AS": ({"PULL"}, {"COMMIT"}),
        "REACTS": ({"USERLIKE"}, _POSTS),
        "REFERENCES": (_POSTS, {*_POSTS, "REPO", "USERLIKE"}),
    },
    spare=frozenset({"CORRESPONDS_TO_COMMIT_TYPE", "MENTIONS_AUTHOR"}),
    account_id=account_id,
    read=read,
)
