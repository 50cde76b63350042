"""What the connector knows of one SourceCred plug-in."""

from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass

from openclout.connector import Item
from openclout.connectors.sourcecred.graph import Address, Edge, Graph

Reader = Callable[[Graph, str | None], Iterator[Item]]
"""Reads a plug-in's part of a graph; the second argument is the instance's only forum, if any."""


@dataclass(frozen=True, slots=True)
class Plugin:
    """A plug-in's network, the addresses and edges it makes, and how its graph is read.

    `addresses` maps what follows the plug-in's name in an address to how many parts the whole has
    at least, `users` is that of its people. `edges` maps a type of edge to the kinds of nodes that
    it leads from and to. `spare` are edges that say again what others say, or lead elsewhere.
    """

    network: str
    users: str
    addresses: Mapping[Address, int]
    edges: Mapping[str, tuple[set[str], set[str]]]
    spare: frozenset[str]
    account_id: Callable[[Address, str | None], str]
    read: Reader

    def fits(self, address: Address) -> bool:
        """Tell whether an address is of a kind that is read, and whole."""
        for start, parts in self.addresses.items():
            if address[2 : 2 + len(start)] == start:
                return len(address) >= parts and all(address)
        return False

    def account(self, address: Address, forum: str | None) -> tuple[str, str] | None:
        """Give the network and id of the person at an address, None where it is no person's."""
        if address[2:3] != (self.users,) or not self.fits(address):
            return None
        return self.network, self.account_id(address, forum)

    def sift(self, graph: Graph) -> tuple[list[Edge], Counter[str]]:
        """Take out of a graph what cannot be read.

        Gives the edges between addresses that are not whole, and how many nodes and edges are of a
        kind that is not read.
        """
        unread = Counter(a[2] if len(a) > 2 else "?" for a in graph.nodes if not self.fits(a))
        graph.nodes = {a: node for a, node in graph.nodes.items() if self.fits(a)}
        expected = {*self.edges, *self.spare}
        unread.update(edge.word for edge in graph.edges if edge.word not in expected)
        known = [edge for edge in graph.edges if edge.word in self.edges]
        graph.edges = [edge for edge in known if self._is_whole(edge)]
        return [edge for edge in known if not self._is_whole(edge)], unread

    def _is_whole(self, edge: Edge) -> bool:
        ends = zip((edge.source, edge.target), self.edges[edge.word], strict=True)
        fitting = all(self.fits(end) and end[2] in kinds for end, kinds in ends)
        return fitting and len(edge.address) > 4
