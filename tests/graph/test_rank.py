"""Power iteration against Graphalytics' published results, and against its own renumbering."""

from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from openclout.graph import Edges, rank
from openclout.person import join_accounts

VALIDATION = "graph/graphalytics-pagerank/src/main/resources/validation-graphs/example"


@pytest.mark.shared
def test_it_agrees_with_graphalytics(shared: Path) -> None:
    """The example has two rounds of PageRank; ours runs to the end, so ours is iterated there."""
    folder = shared / VALIDATION
    vertices = [int(line) for line in (folder / "example-directed.v").read_text().split()]
    place = {vertex: number for number, vertex in enumerate(vertices)}
    rows = [line.split()[:2] for line in (folder / "example-directed.e").read_text().splitlines()]
    edges = np.array([[place[int(a)], place[int(b)]] for a, b in rows], dtype=np.int32)
    known = dict(line.split() for line in (folder / "example-directed-PR").read_text().splitlines())
    expected = np.array([float(known[str(vertex)]) for vertex in vertices])
    graph = Edges(edges[:, 0], edges[:, 1], np.ones(len(edges)), np.zeros(len(vertices), np.int32))
    assert rank(graph, rounds=2) / len(vertices) == pytest.approx(expected, rel=1e-12)
    settled = rank(graph)
    assert settled.sum() == pytest.approx(len(vertices))
    assert rank(graph, rounds=500) == pytest.approx(settled, abs=1e-8)


@given(st.lists(st.tuples(st.integers(0, 9), st.integers(0, 9), st.floats(0.1, 9)), max_size=40),
       st.randoms())  # fmt: skip
def test_the_order_of_edges_makes_no_difference(
    rows: list[tuple[int, int, float]], random: object
) -> None:
    rows = [row for row in rows if row[0] != row[1]]
    group = np.array([0] * 5 + [1] * 5, dtype=np.int32)
    rows = [row for row in rows if group[row[0]] == group[row[1]]]
    unique = list({(a, b): weight for a, b, weight in rows}.items())

    def ranks(order: list[tuple[tuple[int, int], float]]) -> bytes:
        source = np.array([pair[0] for pair, _ in order], dtype=np.int32)
        target = np.array([pair[1] for pair, _ in order], dtype=np.int32)
        weight = np.array([weight for _, weight in order])
        return rank(Edges(source, target, weight, group)).tobytes()

    assert ranks(unique) == ranks(unique[::-1])


def test_networks_are_graphs_of_their_own() -> None:
    edges = (np.array([0, 1], np.int32), np.array([1, 0], np.int32), np.ones(2))
    alone = rank(Edges(*edges, np.zeros(2, np.int32)))
    beside = rank(Edges(*edges, np.array([0, 0, 1, 1, 1], np.int32)))
    assert beside[:2] == pytest.approx(alone)
    assert beside[2:] == pytest.approx(1.0)


def test_nobody_has_no_rank() -> None:
    nobody = np.zeros(0, np.int32)
    assert len(rank(Edges(nobody, nobody, np.zeros(0), nobody))) == 0


def test_proofs_join_accounts_into_persons() -> None:
    person, account = join_accounts(np.array([7, 9, 1]), np.array([9, 4, 2]))
    by_account = dict(zip(account.tolist(), person.tolist(), strict=True))
    assert by_account[7] == by_account[9] == by_account[4]
    assert by_account[1] == by_account[2] != by_account[7]
