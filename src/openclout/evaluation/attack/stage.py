"""The stage: a scored warehouse, the targets drawn from it, and all attacks tried upon them."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from openclout.errors import NotFound
from openclout.evaluation.attack.catalogue import Attack
from openclout.evaluation.attack.scene import Scene, Target, read_scene, read_targets
from openclout.evaluation.attack.trial import (
    Arena,
    Column,
    Gain,
    Progress,
    Standing,
    gains,
    read_standing,
)
from openclout.pipeline.scoring import score
from openclout.warehouse.engine import Engine, quoted
from openclout.warehouse.store import Warehouse

GROUPS = {"median": 0.5, "90th percentile": 0.9}
"""The groups of targets, and where among the scored accounts they stand."""
MOST_TOGETHER = 10
_NEAR = 5  # targets are drawn among so many times as many nearest accounts


def choose_targets(
    scores: Column, order: NDArray[np.int64], count: int, seed: int
) -> list[tuple[int, str]]:
    """Draw `count` targets for each group among the accounts that stand nearest to it.

    `order` gives the accounts by name, so that no import's numbers decide who is drawn.
    """
    if len(scores.account) < 2 * count:
        raise NotFound(
            f"{len(scores.account)} accounts have a score, too few for {count} targets of each"
            " group",
            fix="use fewer --targets, a longer --window or more data",
        )
    accounts = order[np.isin(order, scores.account)]
    values, rng = scores.of(accounts), np.random.default_rng(seed)
    chosen: list[tuple[int, str]] = []
    for group, quantile in GROUPS.items():
        away = np.abs(values - np.quantile(values, quantile))
        away[np.isin(accounts, [account for account, _ in chosen])] = np.inf
        within = np.sort(away)[min(_NEAR * count, len(accounts) - len(chosen)) - 1]
        drawn = rng.choice(accounts[away <= within], count, replace=False)
        chosen += [(int(account), group) for account in drawn]
    return chosen


@dataclass(frozen=True, slots=True)
class Stage:
    """Everything that an attack needs: the scene, its targets, and where all stood before."""

    scene: Scene
    targets: tuple[Target, ...]
    arena: Arena
    clean: Standing


def set_stage(
    arena: Arena, warehouse: Warehouse, count: int, seed: int, progress: Progress
) -> Stage:
    """Score a warehouse as it is, so that its curve is kept, and draw the targets.

    The network with most scored accounts is attacked. The warehouse is the arena's base.
    """
    engine = warehouse.engine
    run = score(engine, arena.period, arena.model, progress, band=False)
    if not run.scored:
        raise NotFound("nobody has a score to raise", fix="use a longer --window or more data")
    network, order = _busiest(engine)
    clean = read_standing(engine, network, arena)
    chosen = choose_targets(clean.scores, order, count, seed)
    scene = read_scene(engine, arena.period, network)
    return Stage(scene, read_targets(engine, chosen), arena, clean)


def _busiest(engine: Engine) -> tuple[str, NDArray[np.int64]]:
    """Give the network with most scored accounts, and its accounts by name."""
    network: str = engine.value(
        "select network from accounts semi join scored using (account)"
        " group by network order by count(*) desc, network limit 1"
    )
    sql = f"select account from accounts where network = {quoted(network)} order by id"
    return network, engine.columns(sql)["account"].astype(np.int64)


def play(
    stage: Stage, attacks: Sequence[Attack], seed: int, progress: Progress, together: int = 0
) -> Iterator[tuple[Attack, list[Gain]]]:
    """Try each attack upon all targets; `together` in one copy, chosen by the set's size if 0."""
    for number, attack in enumerate(attacks, start=1):
        found: list[Gain] = []
        step = together or _together(attack, stage.scene)
        for start in range(0, len(stage.targets), step):
            progress(f"{number} of {len(attacks)} attacks: {attack.name}, target {start + 1:,} of"
                     f" {len(stage.targets):,}")  # fmt: skip
            part = stage.targets[start : start + step]
            found += gains(attack, part, stage.scene, stage.arena, stage.clean, seed)
        yield attack, found


def _together(attack: Attack, scene: Scene) -> int:
    """Tell how many targets may be attacked at once: attackers are to stay one in a hundred."""
    return max(1, min(MOST_TOGETHER, scene.tenth // (10 * attack.size)))
