"""SourceCred: the real instances counted against their own graphs, and what is broken."""

import gzip
import json
import tarfile
import zlib
from collections import Counter
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from openclout.bundle import open_bundle
from openclout.connector import Item, Reading, Reject
from openclout.connectors.sourcecred import CONNECTOR
from openclout.connectors.sourcecred.graph import unpack
from openclout.connectors.sourcecred.ledger import replay
from openclout.errors import InputError, UnsafeInput
from openclout.settings import MIB, Settings
from openclout.vocabulary.account import Account, Proof
from openclout.vocabulary.interaction import Interaction
from openclout.vocabulary.post import Post

FIXTURE = Path(CONNECTOR.read.__code__.co_filename).parent / "fixtures/community"
SHARED = Path(__file__).resolve().parents[2] / "../shared/data/sourcecred"
SETTINGS = Settings(data=Path("unused"), threads=1, memory=512 * MIB)
GRAPH = "output/graphs/sourcecred/{}/graph.json.gzip"
SERVER = "https://forum.example.org"
Raw = dict[str, Any]


def read(source: Path, scratch: Path, notes: list[str] | None = None) -> list[Item]:
    told = [] if notes is None else notes
    (scratch / "scratch").mkdir(exist_ok=True)
    bundle = open_bundle(source, scratch / "scratch", SETTINGS)
    assert CONNECTOR.recognise(bundle)
    reading = Reading(now=datetime(2026, 1, 1, tzinfo=UTC), keyed=keyed, note=told.append)
    return list(CONNECTOR.read(bundle, reading))


def keyed(_network: str, third_party: str) -> str:
    return f"~{third_party}"


def copy_fixture(folder: Path) -> Path:
    for path in FIXTURE.rglob("*"):
        if path.is_file():
            target = folder / "community" / path.relative_to(FIXTURE)
            target.parent.mkdir(parents=True, exist_ok=True)
            target.write_bytes(path.read_bytes())
    return folder / "community"


def graph_of(plugin: str) -> list[Any]:
    content = zlib.decompress((FIXTURE / GRAPH.format(plugin)).read_bytes())
    return list(json.loads(content))


def table_of(graph: list[Any]) -> Raw:
    return dict(graph[1]["graphJSON"][1])


def rejects(items: list[Item]) -> list[Reject]:
    return [item for item in items if isinstance(item, Reject)]


def counted(items: list[Item]) -> Counter[tuple[str, str]]:
    acts = Counter((i.network, i.kind) for i in items if isinstance(i, Interaction))
    sorts = Counter((type(i).__name__, i.network) for i in items if isinstance(i, Account | Post))
    return acts + sorts


def without_numbers(items: list[Item]) -> list[Item]:
    """Leave out proofs and rejects, which come from the ledger."""
    return [item for item in items if not isinstance(item, Proof | Reject)]


# The real instances


@pytest.fixture
def real(tmp_path: Path) -> Path:
    """Give the folder of real instances, or skip."""
    if not SHARED.exists():
        pytest.skip("shared data not present")
    return SHARED


def raw_graph(archive: Path, plugin: str) -> Raw:
    """Read a graph without the connector."""
    with tarfile.open(archive) as packed:
        [name] = [n for n in packed.getnames() if n.endswith(GRAPH.format(plugin))]
        stream = packed.extractfile(name)
        assert stream is not None
        return table_of(json.loads(zlib.decompress(stream.read())))


@pytest.mark.shared
def test_balancer_is_read_edge_for_edge(real: Path, tmp_path: Path) -> None:
    notes: list[str] = []
    archive = real / "balancer-discourse.tar.xz"
    items = read(archive, tmp_path, notes)
    found = counted(items)
    table = raw_graph(archive, "discourse")
    nodes = Counter(table["sortedNodeAddresses"][node["index"]][2] for node in table["nodes"])
    edges = Counter(edge["address"][2] for edge in table["edges"])
    users = sum(e["address"][2:4] == ["references", "user"] for e in table["edges"])
    assert found["Account", "discourse"] == nodes["user"] == 315
    assert found["Post", "discourse"] == nodes["post"] == 1594
    assert found["discourse", "like"] == nodes["like"] == edges["likes"] == 1655
    assert found["discourse", "mention"] == users == 432
    assert found["discourse", "link"] == edges["references"] - users == 8
    assert found["discourse", "reply"] == edges["replyTo"] + 1 == 1279
    assert found["Account", "discord"] == 82
    assert (found["discord", "like"], found["discord", "mention"]) == (10, 87)
    assert not rejects(items)
    assert not notes


@pytest.mark.shared
def test_tracer_is_read_edge_for_edge(real: Path, tmp_path: Path) -> None:
    notes: list[str] = []
    archive = real / "tracer-discord.tar.xz"
    items = read(archive, tmp_path, notes)
    found = counted(items)
    table = raw_graph(archive, "discord")
    nodes = Counter(table["sortedNodeAddresses"][node["index"]][2] for node in table["nodes"])
    edges = Counter(edge["address"][2] for edge in table["edges"])
    assert found["Account", "discord"] == nodes["MEMBER"] == 377
    assert found["Post", "discord"] == nodes["MESSAGE"] == 1085
    assert found["discord", "like"] == nodes["REACTION"] == edges["REACTS_TO"] == 2891
    assert found["discord", "mention"] == edges["MENTIONS"] == 871
    assert sum(found.values()) == 377 + 1085 + 2891 + 871
    assert not rejects(items)
    assert not notes


@pytest.mark.shared
def test_real_acts_are_named_dated_and_counted_once(real: Path, tmp_path: Path) -> None:
    for number, archive in enumerate(sorted(real.glob("*.tar.xz"))):
        scratch = tmp_path / str(number)
        scratch.mkdir()
        acts = [item for item in read(archive, scratch) if isinstance(item, Interaction)]
        assert len({(act.network, act.id) for act in acts}) == len(acts)
        assert all(act.source and act.published and (act.target or act.object) for act in acts)


@pytest.mark.shared
def test_real_mentions_find_their_user_however_written(real: Path, tmp_path: Path) -> None:
    """Of 41 users who are mentioned but have no node, 37 have one under another case."""
    items = read(real / "balancer-discourse.tar.xz", tmp_path)
    known = {i.id for i in items if isinstance(i, Account) and i.network == "discourse"}
    mentions = [i for i in items if isinstance(i, Interaction) and i.network == "discourse"]
    strangers = {i.target for i in mentions if i.target and i.target not in known}
    assert len(strangers) == 4


# The fixture, packed and broken in other ways


def test_gzip_and_plain_json_give_the_same_records(tmp_path: Path) -> None:
    source = copy_fixture(tmp_path)
    expected = read(source, tmp_path)
    for pack in (gzip.compress, bytes):
        for plugin in ("discord", "discourse", "github"):
            content = zlib.decompress((FIXTURE / GRAPH.format(plugin)).read_bytes())
            (source / GRAPH.format(plugin)).write_bytes(pack(content))
        assert read(source, tmp_path) == expected


def test_one_graph_alone_gives_its_part(tmp_path: Path) -> None:
    alone = read(FIXTURE / GRAPH.format("github"), tmp_path)
    whole = read(FIXTURE, tmp_path)
    assert without_numbers(alone) == [
        i for i in without_numbers(whole) if getattr(i, "network", "") == "github"
    ]


def test_what_is_not_read_is_said(tmp_path: Path) -> None:
    notes: list[str] = []
    read(FIXTURE, tmp_path, notes)
    plugin, aliases = notes
    assert plugin.endswith("the plug-in sourcecred/initiatives is not read (2 nodes, 1 edges)")
    assert aliases.endswith("aliases of no network that is read: 1 sourcecred/ethereum")


def test_an_unknown_edge_and_node_are_said(tmp_path: Path) -> None:
    source, notes = copy_fixture(tmp_path), list[str]()
    graph = graph_of("discord")
    table = table_of(graph)
    table["sortedNodeAddresses"].append(["sourcecred", "discord", "ROLE", "1"])
    index = len(table["sortedNodeAddresses"]) - 1
    table["nodes"].append({"description": "keepers", "index": index, "timestampMs": None})
    address = ["sourcecred", "discord", "HAS_ROLE", "1", "2"]
    edge = {"address": address, "srcIndex": 0, "dstIndex": index, "timestampMs": 1}
    table["edges"].append(edge)
    before = read(source, tmp_path)
    (source / GRAPH.format("discord")).write_bytes(json.dumps(graph).encode())
    assert read(source, tmp_path, notes) == before
    assert notes[0].endswith("of sourcecred/discord not read: 1 HAS_ROLE, 1 ROLE")


def test_a_truncated_graph_is_rejected_and_the_others_are_read(tmp_path: Path) -> None:
    source = copy_fixture(tmp_path)
    path = source / GRAPH.format("discord")
    path.write_bytes(path.read_bytes()[:-40])
    items = read(source, tmp_path)
    assert {network for network, _ in counted(items) if network == "discord"} == set()
    assert counted(items)["discourse", "like"] == 4
    [reject, _event] = rejects(items)
    assert reject.place == f"community/{GRAPH.format('discord')}"
    assert reject.reason.startswith("it breaks off after ")
    assert reject.fix


@pytest.mark.parametrize(
    ("content", "problem"),
    [
        (zlib.compress(b'[{"type":"sourcecred/graph"}, {"nodes": ['), "it is not JSON"),
        (zlib.compress(b'[{"type":"sourcecred/graph"}, {"nodes": []}]'), "does not open"),
        (zlib.compress(b'[{"type":"sourcecred/graph"}]'), "does not open"),
        (zlib.compress(b'{"type":"sourcecred/graph"}'), "does not open"),
        (zlib.compress(b'[{"type":"sourcecred/graph"}, 7]'), "does not open"),
    ],
)
def test_a_lone_graph_that_cannot_be_read_stops_with_a_sentence(
    tmp_path: Path, content: bytes, problem: str
) -> None:
    (tmp_path / "graph.json.gzip").write_bytes(content)
    with pytest.raises(InputError, match=rf"graph\.json\.gzip: .*{problem}.* Fix: "):
        read(tmp_path / "graph.json.gzip", tmp_path)


def test_an_instance_without_graphs_says_what_to_run(tmp_path: Path) -> None:
    (tmp_path / "x").mkdir()
    (tmp_path / "x/sourcecred.json").write_text('{"bundledPlugins": ["sourcecred/discord"]}')
    with pytest.raises(InputError, match=r"holds no graph .*sourcecred graph"):
        read(tmp_path / "x", tmp_path)


def test_scores_alone_are_not_recognised(tmp_path: Path) -> None:
    (tmp_path / "credGraph.json.gzip").write_bytes(
        zlib.compress(b'[{"type":"sourcecred/credGraph","version":"0.2.0"},{}]')
    )
    bundle = open_bundle(tmp_path / "credGraph.json.gzip", tmp_path, SETTINGS)
    assert CONNECTOR.recognise(bundle) is None


def test_a_bomb_is_refused() -> None:
    with pytest.raises(UnsafeInput, match="300-fold"):
        unpack(zlib.compress(b" " * (80 * MIB)), "graph.json.gzip")


@pytest.mark.parametrize(
    ("change", "reason"),
    [
        ({"srcIndex": 10**9}, "an index is beyond the addresses"),
        ({"dstIndex": -1}, "an index is not a whole number"),
        ({"srcIndex": "1"}, "an index is not a whole number"),
        ({"timestampMs": "monday"}, "timestampMs is not a number"),
        ({"timestampMs": 10**30}, "timestampMs is no time"),
        ({"dstIndex": None}, "an index is not a whole number"),
    ],
)
def test_a_broken_edge_is_rejected_with_its_number(
    tmp_path: Path, change: Raw, reason: str
) -> None:
    graph = graph_of("discord")
    edges = table_of(graph)["edges"]
    edges[-1].update(change)
    (tmp_path / "graph.json").write_text(json.dumps(graph))
    [reject] = rejects(read(tmp_path / "graph.json", tmp_path))
    assert reject.place == f"graph.json, edge {len(edges)}"
    assert reason in reject.reason


def test_an_edge_between_things_it_cannot_join_is_rejected(tmp_path: Path) -> None:
    graph = graph_of("discord")
    table = table_of(graph)
    edge = next(e for e in table["edges"] if e["address"][2] == "REACTS_TO")
    edge["srcIndex"] = edge["dstIndex"]
    (tmp_path / "graph.json").write_text(json.dumps(graph))
    [reject] = rejects(read(tmp_path / "graph.json", tmp_path))
    assert reject.place.startswith("graph.json, REACTS_TO/")


PLUGINS = {
    "discord": ("MEMBER MESSAGE REACTION", "AUTHORS MENTIONS PROPS REACTS_TO ADDS_REACTION"),
    "discourse": (
        "user topic post like",
        "authors createsLike likes references replyTo topicContainsPost",
    ),
    "github": (
        "USERLIKE REPO ISSUE PULL REVIEW COMMENT COMMIT",
        "AUTHORS HAS_PARENT MERGED_AS REACTS REFERENCES",
    ),
}
FILLERS = st.sampled_from(["ISSUE", "REVIEW", "user", "bot", SERVER, "ann", "7", "👎", ""])


def addresses_of(plugin: str, words: str) -> st.SearchStrategy[list[str]]:
    """Make addresses that are whole, too short or odd."""
    tails = st.lists(FILLERS, max_size=7)
    word = st.sampled_from([*words.split(), "ODD"])
    return st.tuples(word, tails).map(lambda pair: ["sourcecred", plugin, pair[0], *pair[1]])


@st.composite
def odd_graphs(draw: st.DrawFn) -> Raw:
    """Make graphs of one plug-in, with nodes and edges of its kinds between anything."""
    plugin = draw(st.sampled_from(sorted(PLUGINS)))
    nodes, edges = (addresses_of(plugin, words) for words in PLUGINS[plugin])
    addresses = draw(st.lists(nodes, min_size=1, max_size=8))
    index = st.integers(0, len(addresses))
    text = st.none() | st.sampled_from(["[#1 on x](y)", "discord/x#1", "[#2](u): t"]) | st.text()
    node = {"description": text, "index": index, "timestampMs": st.none() | st.integers()}
    edge = {"address": edges, "srcIndex": index, "dstIndex": index, "timestampMs": st.integers()}
    return {
        "sortedNodeAddresses": addresses,
        "nodes": draw(st.lists(st.fixed_dictionaries(node), max_size=8)),
        "edges": draw(st.lists(st.fixed_dictionaries(edge), max_size=12)),
    }


@given(table=odd_graphs())
def test_no_graph_however_odd_stops_a_reading(
    table: Raw, tmp_path_factory: pytest.TempPathFactory
) -> None:
    folder = tmp_path_factory.mktemp("odd")
    graph = [{"type": "sourcecred/graph", "version": "0.8.0"}, table]
    (folder / "graph.json").write_text(json.dumps(graph))
    items = read(folder / "graph.json", folder)
    assert all(item.reason and item.fix for item in rejects(items))
    assert all(item.target or item.object for item in items if isinstance(item, Interaction))


# The ledger


def event(**action: Any) -> bytes:
    return json.dumps(
        {"action": action, "ledgerTimestamp": 1, "uuid": "u", "version": "1"}
    ).encode()


def alias(identity: str, number: str, word: str = "ADD_ALIAS") -> bytes:
    address = f"N\0sourcecred\0discord\0MEMBER\0user\0{number}\0"
    return event(type=word, identityId=identity, alias={"address": address, "description": ""})


def identity(name: str) -> bytes:
    return event(type="CREATE_IDENTITY", identity={"id": name, "name": name, "aliases": []})


def numbers(lines: list[bytes]) -> tuple[list[list[str]], list[Reject]]:
    participants, refused = replay(b"\n".join(lines), "ledger.json")
    return [[address[-1] for address in known] for known in participants], refused


def test_a_ledger_as_array_says_the_same_as_lines() -> None:
    lines = [identity("ann"), alias("ann", "1"), alias("ann", "2")]
    whole = b"[" + b",".join(lines) + b"]"
    assert replay(whole, "ledger.json") == replay(b"\n".join(lines), "ledger.json")
    assert numbers(lines) == ([["1", "2"]], [])


def test_what_is_merged_stays_merged_and_what_is_removed_is_gone() -> None:
    merge = event(type="MERGE_IDENTITIES", base="ann", target="bob")
    lines = [identity("ann"), identity("bob"), alias("ann", "1"), alias("bob", "2"), merge]
    lines += [alias("bob", "3"), alias("ann", "2", "REMOVE_ALIAS")]
    assert numbers(lines) == ([["1", "3"]], [])


@pytest.mark.parametrize(
    ("line", "reason"),
    [
        (b'{"action":{"type":"ADD_', "it is not JSON"),
        (b"[1]", "it has no action"),
        (b'{"action": 7}', "it has no action"),
        (event(type="ADD_ALIAS", alias="x"), "'identityId' is missing"),
        (alias("cat", "9"), "its identity was never created"),
        (event(type="MERGE_IDENTITIES", base="ann", target="ann"), "merged with itself"),
        (event(type="CREATE_IDENTITY", identity="cat"), "indices must be"),
    ],
)
def test_a_line_that_makes_no_sense_is_rejected_and_the_rest_is_read(
    line: bytes, reason: str
) -> None:
    known, [reject] = numbers([identity("ann"), line, alias("ann", "1")])
    assert known == [["1"]]
    assert reject.place == "ledger.json, event 2"
    assert reason in reject.reason
