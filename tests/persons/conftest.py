"""A small world of several networks, scored as the command does, persons included."""

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import strategies as st
from tests.conftest import World

from openclout.pipeline.measuring import measure
from openclout.pipeline.scoring import POOLED, score
from openclout.scoring.model import Anchors, load_model
from openclout.vocabulary.interaction import KINDS
from openclout.vocabulary.period import Period
from openclout.warehouse.store import Warehouse

PERIOD = Period(datetime(2026, 1, 5, tzinfo=UTC), timedelta(days=4))
SECONDS = 4 * 24 * 3600
NETWORKS = ("forum", "metro", "village")
NAMES = ("ann", "bob", "cat", "dan", "eve", "fay", "new")
ANCHORS = {"forum": (0.1, 1.2), "metro": (0.9, 4.0), "village": (0.02, 0.4), POOLED: (0.4, 2.5)}
"""A lenient curve, a strict one, one that calls anybody great; and all of them together."""

Spec = str
Act = tuple[str, str, Spec, Spec, int | None, int]
"""Network, kind, source, target, number of the post (None: the account itself), age in seconds."""

acts = st.tuples(
    st.sampled_from(NETWORKS[:2]),
    st.sampled_from([kind for kind in KINDS if kind != "view"]),
    st.sampled_from(NAMES[1:-1]),
    st.sampled_from(NAMES[:-1]),
    st.sampled_from([None, 1, 2, 3]),
    st.integers(0, SECONDS - 1),
)


@dataclass(frozen=True, slots=True)
class Found:
    """A scored row: its numbers by name."""

    score: float
    low: float
    high: float
    evidence: float


class Scene:
    """A warehouse whose acts and proofs are replaced at will."""

    def __init__(self, warehouse: Warehouse) -> None:
        self.engine = warehouse.engine
        rows = self.engine.rows("select network || ':' || id, account from accounts")
        self.number = dict(rows)
        self.model = load_model()
        self._anchor(ANCHORS)

    def _anchor(self, anchors: dict[str, tuple[float, float]]) -> None:
        for network, (middle, top) in anchors.items():
            self.engine.run(
                "insert into anchors values (?, ?, ?, 1, ?, ?, 1000, '2026-01-01')",
                (self.model.name, network, int(PERIOD.window.total_seconds()), middle, top),
            )

    def level(self) -> None:
        """Give all networks one curve."""
        self.engine.run("delete from anchors")
        self._anchor(dict.fromkeys(ANCHORS, ANCHORS[POOLED]))

    def run(self, rows: list[Act], proofs: list[tuple[Spec, Spec]]) -> None:
        """Replace acts and proofs, and score."""
        self._replace(rows)
        self.engine.run("delete from proofs")
        for one, two in proofs:
            pair = (self.number[one], self.number[two])
            self.engine.run("insert into proofs values (?, ?, 'https://a.example')", pair)
        score(self.engine, PERIOD, self.model, lambda _text: None)

    def _replace(self, rows: list[Act]) -> None:
        self.engine.run("delete from interactions")
        for row, (network, kind, source, target, post, age) in enumerate(rows):
            at = PERIOD.as_of.replace(tzinfo=None) - timedelta(seconds=age)
            one, two = self.number[f"{network}:{source}"], self.number[f"{network}:{target}"]
            self.engine.run(
                "insert into interactions values (?, ?, ?, ?, ?, 1, null, null, 1, ?, null, null)",
                (kind, one, two, post and post * 100 + two, at, row),
            )

    def account(self, spec: Spec) -> Found | None:
        """Give an account's row, None where it has no score."""
        rows = self.engine.rows(
            "select score, low, high, evidence from scored where account = ?", (self.number[spec],)
        )
        return Found(*rows[0]) if rows else None

    def person(self, spec: Spec) -> Found | None:
        """Give the row of the person to whom an account belongs."""
        rows = self.engine.rows(
            "select score, low, high, evidence from person_scored join persons using (person)"
            " where account = ?", (self.number[spec],)
        )  # fmt: skip
        return Found(*rows[0]) if rows else None

    def pooled(self, spec: Spec) -> dict[str, float]:
        """Give the pooled signals of the person to whom an account belongs."""
        names = self.model.counted
        quoted = ", ".join(f'"{name}"' for name in names)
        values = self.engine.rows(
            f"select {quoted} from pooled join persons using (person) where account = ?",
            (self.number[spec],),
        )
        return dict(zip(names, values[0], strict=True)) if values else dict.fromkeys(names, 0.0)

    def measured(self, spec: Spec, rows: list[Act], names: list[str]) -> dict[str, float]:
        """Replace the acts, measure, and give an account's signals."""
        self._replace(rows)
        measure(self.engine, PERIOD, names)
        quoted = ", ".join(f'"{name}"' for name in names)
        found = self.engine.rows(
            f"select {quoted} from measured where account = ?", (self.number[spec],)
        )
        return dict(zip(names, found[0], strict=True)) if found else dict.fromkeys(names, 0.0)


def curve(network: str) -> Anchors:
    """Give a network's anchors."""
    return Anchors(*ANCHORS[network])


@pytest.fixture
def scene(world: World) -> Scene:
    """Make the world: every name on every network, no act and no proof."""
    rows = "".join(
        f"{network},like,{name},nobody,2025-01-01\n" for network in NETWORKS for name in NAMES
    )
    return Scene(world("network,kind,source,target,published\n" + rows))
