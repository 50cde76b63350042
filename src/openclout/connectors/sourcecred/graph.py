"""A SourceCred graph: addresses, nodes and edges, read from its zlib-packed JSON.

The format is that of SourceCred's core/graph.js, version 0.8.0: nodes and edges name addresses by
their index in `sortedNodeAddresses`, and an address may have no node ("dangling"), where the thing
itself was not fetched. https://github.com/sourcecred/sourcecred
"""

import re
import zlib
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from typing import Any

import orjson

from openclout.connector import Reject
from openclout.errors import InputError, UnsafeInput
from openclout.settings import MIB

Address = tuple[str, ...]
"""Parts of a name, such as ("sourcecred", "discord", "MESSAGE", channel, message)."""

_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_ANY_HEADER = 47  # zlib's window bits for "zlib or gzip, look at the header"
_FREE = 64 * MIB  # below this size any ratio is harmless
_MOST_EXPANSION = 300  # of a real graph: 10 to 15
_TYPE = re.compile(rb'"type"\s*:\s*"sourcecred/(?:weightedGraph|graph)"')
_FIX = "run `sourcecred graph` again, or copy the file again"


@dataclass(frozen=True, slots=True)
class Node:
    """What SourceCred shows of a thing; `published` is None where it has no time (people)."""

    description: str
    published: datetime | None


@dataclass(frozen=True, slots=True)
class Edge:
    """A directed relation with a name of its own."""

    address: Address
    source: Address
    target: Address
    published: datetime | None

    @property
    def word(self) -> str:
        """The edge's type within its plug-in, such as "likes"."""
        return self.address[2] if len(self.address) > 2 else ""

    @property
    def id(self) -> str:
        """A stable id: the address without "sourcecred" and the plug-in."""
        return act_id(self.address)


@dataclass(slots=True)
class Graph:
    """Nodes by address and edges in SourceCred's order, which is that of their addresses."""

    nodes: dict[Address, Node] = field(default_factory=dict)
    edges: list[Edge] = field(default_factory=list)

    def by_plugin(self) -> dict[str, "Graph"]:
        """Split by plug-in, such as "sourcecred/discord", sorted by name."""
        parts: dict[str, Graph] = {}
        for address, node in self.nodes.items():
            parts.setdefault(plugin_of(address), Graph()).nodes[address] = node
        for edge in self.edges:
            parts.setdefault(plugin_of(edge.address), Graph()).edges.append(edge)
        return dict(sorted(parts.items()))

    def of(self, *prefix: str) -> dict[Address, Node]:
        """Give the nodes whose address goes on after ("sourcecred", plug-in) with `prefix`."""
        size = len(prefix)
        return {name: node for name, node in self.nodes.items() if name[2 : 2 + size] == prefix}


def plugin_of(address: Address) -> str:
    """Tell the plug-in that an address belongs to."""
    return "/".join(address[:2])


def act_id(address: Address) -> str:
    """Join an address without its plug-in: `REACTION/<channel>/👍/<member>/<message>`."""
    return "/".join(address[2:])


def is_graph(head: bytes) -> bool:
    """Tell from a file's first bytes, packed or not, whether it is a SourceCred graph."""
    try:
        opening = zlib.decompressobj(_ANY_HEADER).decompress(head, 512)
    except zlib.error:
        opening = head[:512]
    return _TYPE.search(opening) is not None


def unpack(packed: bytes, place: str) -> bytes:
    """Give the JSON text; SourceCred's ".gzip" is zlib, but gzip and plain JSON are read as well.

    Raises InputError where it is cut short or neither, and UnsafeInput for a bomb.
    """
    if packed.lstrip()[:1] in (b"[", b"{"):
        return packed
    limit = max(_FREE, len(packed) * _MOST_EXPANSION)
    stream = zlib.decompressobj(_ANY_HEADER)
    try:
        content = stream.decompress(packed, limit)
    except zlib.error as error:
        raise InputError(f"it is neither zlib nor gzip ({error})", place=place, fix=_FIX) from None
    if stream.unconsumed_tail:
        raise UnsafeInput(
            f"{len(packed):,} packed bytes grow more than {_MOST_EXPANSION}-fold",
            place=place,
            fix="this looks like a zip bomb; unpack it yourself if you trust it",
        )
    if not stream.eof:
        raise InputError(f"it breaks off after {len(content):,} bytes", place=place, fix=_FIX)
    return content


def read_graph(content: bytes, place: str) -> tuple[Graph, list[Reject]]:
    """Read the JSON of a graph, and say which of its nodes and edges cannot be used.

    Raises InputError where it is no graph as a whole.
    """
    table = _table(content, place)
    addresses = [_address(parts) for parts in table["sortedNodeAddresses"]]
    graph, rejects = Graph(), []
    for row, raw in enumerate(table["nodes"], start=1):
        try:
            graph.nodes[addresses[_index(raw["index"])]] = _node(raw)
        except (LookupError, TypeError, ValueError, OverflowError) as error:
            rejects.append(_reject(f"{place}, node {row}", raw, error))
    for row, raw in enumerate(table["edges"], start=1):
        try:
            graph.edges.append(_edge(raw, addresses))
        except (LookupError, TypeError, ValueError, OverflowError) as error:
            rejects.append(_reject(f"{place}, edge {row}", raw, error))
    return graph, rejects


def _table(content: bytes, place: str) -> dict[str, list[Any]]:
    """Take the graph out of its envelopes: `[{type, version}, {graphJSON: [{...}, graph]}]`."""
    try:
        body = orjson.loads(content)[1]
        table = body["graphJSON"][1] if "graphJSON" in body else body
        if all(isinstance(table[key], list) for key in ("sortedNodeAddresses", "nodes", "edges")):
            return dict(table)
    except orjson.JSONDecodeError as error:
        raise InputError(f"it is not JSON ({error})", place=place, fix=_FIX) from None
    except (LookupError, TypeError):
        pass
    raise InputError(
        f'"{content[:60].decode(errors="replace")}" does not open a SourceCred graph 0.8.0',
        place=place,
        fix=_FIX,
    )


def _address(parts: object) -> Address:
    return tuple(str(part) for part in parts) if isinstance(parts, list) else ()


def _index(value: object) -> int:
    if not isinstance(value, int) or value < 0:
        raise ValueError("an index is not a whole number from 0")
    return value


def _time(value: object) -> datetime | None:
    if value is None:
        return None
    if isinstance(value, bool) or not isinstance(value, int | float):
        raise ValueError("timestampMs is not a number")
    return _EPOCH + timedelta(milliseconds=value)


def _node(raw: dict[str, Any]) -> Node:
    return Node(str(raw.get("description") or ""), _time(raw.get("timestampMs")))


def _edge(raw: dict[str, Any], addresses: list[Address]) -> Edge:
    return Edge(
        address=_address(raw["address"]),
        source=addresses[_index(raw["srcIndex"])],
        target=addresses[_index(raw["dstIndex"])],
        published=_time(raw.get("timestampMs")),
    )


def _reject(place: str, raw: object, error: Exception) -> Reject:
    reason = str(error)
    if isinstance(error, LookupError):
        missing = isinstance(error, KeyError)
        reason = f"{error.args[0]} is missing" if missing else "an index is beyond the addresses"
    elif isinstance(error, OverflowError):
        reason = "timestampMs is no time in milliseconds"
    return Reject(place, repr(raw)[:200], f"the graph is damaged: {reason}", _FIX)
