"""SourceCred: an instance's graphs (Discourse, Discord, GitHub) and its ledger. See README.md."""

from collections import Counter
from collections.abc import Iterator
from pathlib import PurePosixPath

from openclout.bundle import Bundle
from openclout.connector import Connector, Item, Reading, Reject
from openclout.connectors.sourcecred import discord, discourse, github
from openclout.connectors.sourcecred.graph import (
    Address,
    Edge,
    is_graph,
    plugin_of,
    read_graph,
    unpack,
)
from openclout.connectors.sourcecred.ledger import prove, replay
from openclout.errors import InputError, UnsafeInput

_PLUGINS = {
    "sourcecred/discord": discord.PLUGIN,
    "sourcecred/discourse": discourse.PLUGIN,
    "sourcecred/github": github.PLUGIN,
}


def recognise(bundle: Bundle) -> str | None:
    """Say which plug-ins' graphs this instance holds, or None."""
    graphs = [name for name in _graphs(bundle) if is_graph(bundle.head(name))]
    if not graphs:
        marks = [bundle.head(name) for name in bundle.find(r"sourcecred\.json")]
        is_instance = any(b"bundledPlugins" in mark for mark in marks)
        return "a SourceCred instance without graphs" if is_instance else None
    if bundle.kind == "file":
        return "a SourceCred graph"
    plugins = ", ".join(PurePosixPath(name).parent.name for name in graphs)
    return f"a SourceCred instance ({plugins})"


def read(bundle: Bundle, reading: Reading) -> Iterator[Item]:
    """Read the graphs one at a time, then the ledger.

    Raises InputError where there is no graph, or the only one cannot be read.
    """
    graphs = _graphs(bundle)
    if not graphs:
        raise InputError(
            "the SourceCred instance holds no graph (output/graphs/…/graph.json.gzip)",
            place=bundle.source.name,
            fix="run `sourcecred graph` in it first",
        )
    forum = _only_forum(bundle, graphs)
    for name in graphs:
        try:
            yield from _read_graph(bundle, name, forum, reading)
        except InputError as error:
            if len(graphs) == 1 or isinstance(error, UnsafeInput):
                raise
            yield Reject(bundle.place(name), name, error.problem, error.fix)
    for name in bundle.find(r"data/ledger\.json"):
        yield from _read_ledger(bundle, name, forum, reading)


def _graphs(bundle: Bundle) -> list[str]:
    if bundle.kind == "file":
        return [name for name in bundle.names if is_graph(bundle.head(name))]
    return bundle.find(r"graph\.json(?:\.gzip|\.gz)?")


def _content(bundle: Bundle, name: str) -> bytes:
    with bundle.open(name) as stream:
        return unpack(stream.read(), bundle.place(name))


def _only_forum(bundle: Bundle, graphs: list[str]) -> str | None:
    """Tell the one forum whose users need no host in their ids, or None where there are several."""
    servers: set[str] = set()
    for name in graphs:
        try:
            servers |= discourse.servers_in(_content(bundle, name))
        except InputError:
            continue  # said where the graph is read
    return servers.pop() if len(servers) == 1 else None


def _read_graph(bundle: Bundle, name: str, forum: str | None, reading: Reading) -> Iterator[Item]:
    place = bundle.place(name)
    graph, rejects = read_graph(_content(bundle, name), place)
    yield from rejects
    for word, part in graph.by_plugin().items():
        plugin = _PLUGINS.get(word)
        if plugin is None:
            size = f"{len(part.nodes):,} nodes, {len(part.edges):,} edges"
            reading.note(f"{place}: the plug-in {word} is not read ({size})")
            continue
        broken, unread = plugin.sift(part)
        yield from (_broken(edge, place) for edge in broken)
        _note(reading, f"{place}: of {word} not read", unread)
        yield from plugin.read(part, forum)


def _broken(edge: Edge, place: str) -> Reject:
    return Reject(
        place=f"{place}, {edge.id}",
        value=f"{'/'.join(edge.source)} → {'/'.join(edge.target)}",
        reason="the edge joins addresses that its plug-in does not make",
        fix="run `sourcecred graph` again with SourceCred 0.8 or later",
    )


def _read_ledger(bundle: Bundle, name: str, forum: str | None, reading: Reading) -> Iterator[Item]:
    def account_of(address: Address) -> tuple[str, str] | None:
        plugin = _PLUGINS.get(plugin_of(address))
        return plugin.account(address, forum) if plugin else None

    place = bundle.place(name)
    with bundle.open(name) as stream:
        participants, rejects = replay(stream.read(), place)
    yield from rejects
    for aliases in participants:
        yield from prove(aliases, account_of)
    unread = Counter(plugin_of(a) for known in participants for a in known if not account_of(a))
    _note(reading, f"{place}: aliases of no network that is read", unread)


def _note(reading: Reading, what: str, counts: Counter[str]) -> None:
    if counts:
        listed = ", ".join(f"{count:,} {word}" for word, count in sorted(counts.items()))
        reading.note(f"{what}: {listed}")


CONNECTOR = Connector(
    name="sourcecred",
    label="SourceCred instance",
    recognise=recognise,
    read=read,
    private=("grain balances and transfers", "payout addresses", "names and types of identities"),
)
