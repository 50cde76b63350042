"""Trials: an attack is imported into a copy of a warehouse that was scored before, and scored.

The user's own warehouse is read once, to be copied, and never written to.
"""

import shutil
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from zlib import crc32

import numpy as np
from numpy.typing import NDArray

from openclout.consent import Ledger
from openclout.evaluation.attack.catalogue import Attack
from openclout.evaluation.attack.injection import Injection, joined
from openclout.evaluation.attack.scene import Scene, Target
from openclout.evaluation.attack.supply import Supply
from openclout.lenses import LENSES, Lens
from openclout.pipeline.importing import ImportOptions, import_path
from openclout.pipeline.scoring import score
from openclout.scoring.model import Model
from openclout.settings import Settings
from openclout.vocabulary.period import Period
from openclout.warehouse.engine import Columns, Engine, quoted
from openclout.warehouse.intake import Tally
from openclout.warehouse.store import Warehouse

Floats = NDArray[np.float64]
Progress = Callable[[str], None]


@dataclass(frozen=True, slots=True)
class Column:
    """One number for some accounts, sorted by account; an account without one has 0."""

    account: NDArray[np.int64]
    value: Floats

    def of(self, accounts: NDArray[np.int64]) -> Floats:
        """Give the values of accounts."""
        if not len(self.account):
            return np.zeros(len(accounts))
        place = np.minimum(np.searchsorted(self.account, accounts), len(self.account) - 1)
        return np.where(self.account[place] == accounts, self.value[place], 0.0)


@dataclass(frozen=True, slots=True)
class Standing:
    """Where the accounts of a network stand: their scores, and their values by lens.

    Accounts are the warehouse's numbers, which its copies keep.
    """

    scores: Column
    lenses: dict[str, Column]


@dataclass(frozen=True, slots=True)
class Gain:
    """What one attack brought one target, in points, percentiles and places.

    Percentiles and places are among the network as it was. `lenses` are points as well: each lens
    on a curve like the score's, with 25 at its median and 75 at one in a thousand.
    """

    attack: str
    target: Target
    before: float
    after: float
    percentiles: float
    places: int
    lenses: dict[str, float]

    @property
    def points(self) -> float:
        """How much higher the score is."""
        return self.after - self.before


@dataclass(frozen=True, slots=True)
class Arena:
    """A warehouse that was scored, to be copied and attacked again and again.

    `base` is its folder, closed, scored at `period` with `model` before. `lenses` look on.
    """

    base: Path
    settings: Settings
    scratch: Path
    period: Period
    model: Model
    lenses: tuple[Lens, ...] = LENSES

    def stand(self, network: str, injection: Injection | None = None) -> Standing:
        """Score a copy with an injection taken in, or as it was."""
        folder = self.scratch / "trial"
        shutil.copytree(self.base, folder)
        warehouse = Warehouse(folder, self.settings, Ledger(folder), self.scratch)
        try:
            if injection:
                take_in(warehouse, injection, network, self.period.as_of)
            score(warehouse.engine, self.period, self.model, _silent, band=False)
            return read_standing(warehouse.engine, network, self)
        finally:
            warehouse.close()
            shutil.rmtree(folder)


def take_in(warehouse: Warehouse, injection: Injection, network: str, now: datetime) -> None:
    """Import an attack, its acts as a table; every row of it must be good."""
    with warehouse.importing(now) as running:
        records = injection.records(network)
        running.take(records, "attack", "table", injection.named, _silent)
        _require_clean(running.tally)
    if injection.named and injection.acts:
        path = warehouse.scratch / "attack.csv"
        injection.write(path)
        options = ImportOptions("interactions", network)
        result = import_path(path, warehouse, options, now, _silent)
        _require_clean(result.tally)
        path.unlink()


def _require_clean(tally: Tally) -> None:
    if tally.rejected or tally.withheld:
        raise RuntimeError(f"rows of an attack were not taken in: {tally}")


def read_standing(engine: Engine, network: str, arena: Arena) -> Standing:
    """Read scores and lenses from a warehouse that has just been scored.

    Who has several accounts stands where the person stands, if that is higher.
    """
    has_persons = engine.value("select count(*) from persons")
    person = (
        "left join persons q using (account) left join person_scored p using (person)"
        if has_persons
        else "left join (select null as score) p on false"
    )
    scored = engine.columns(
        f"select s.account, greatest(s.score, p.score) as value from scored s {person}"
        f" join accounts a using (account) where a.network = {quoted(network)} order by account"
    )
    lenses = {lens.name: _column(lens.values(engine, arena.period)) for lens in arena.lenses}
    return Standing(_column(scored), {name: lens for name, lens in lenses.items()
                                      if len(lens.account)})  # fmt: skip


def _column(columns: Columns) -> Column:
    return Column(columns["account"].astype(np.int64), columns["value"].astype(np.float64))


def gains(
    attack: Attack,
    targets: Sequence[Target],
    scene: Scene,
    arena: Arena,
    clean: Standing,
    seed: int,
) -> list[Gain]:
    """Attack targets side by side in one copy, each with fakes and people of its own."""
    injection = prepare(attack, targets, scene, seed)
    after = arena.stand(scene.network, injection)
    return [compare(attack, target, clean, after) for target in targets]


def prepare(attack: Attack, targets: Sequence[Target], scene: Scene, seed: int) -> Injection:
    """Make an attack upon each target; a target's draws depend on seed, attack and target."""
    taken = {target.account for target in targets}
    parts = []
    for target in targets:
        words = (seed, crc32(attack.name.encode()), crc32(target.account.encode()))
        supply = Supply(scene, np.random.default_rng(words), taken)
        parts.append(attack.make(target, attack.size, supply))
    return joined(parts)


def compare(attack: Attack, target: Target, clean: Standing, after: Standing) -> Gain:
    """Tell what a target gained."""
    me = np.array([target.number])
    scores = np.sort(clean.scores.value)
    before, later = float(clean.scores.of(me)[0]), float(after.scores.of(me)[0])
    return Gain(
        attack.name,
        target,
        before,
        later,
        _percentile(scores, later) - _percentile(scores, before),
        _above(scores, before) - _above(scores, later),
        {
            name: _lens_points(clean, name, float(after.lenses[name].of(me)[0]), target.number)
            for name in clean.lenses
        },
    )


def _percentile(scores: Floats, value: float) -> float:
    return 100.0 * float(np.searchsorted(scores, value)) / len(scores)


def _above(scores: Floats, value: float) -> int:
    return len(scores) - int(np.searchsorted(scores, value, side="right"))


def _lens_points(clean: Standing, lens: str, later: float, number: int) -> float:
    """Give a lens's gain in points, on a curve through its clean values for scored accounts."""
    values = clean.lenses[lens]
    middle, top = np.quantile(np.log1p(values.of(clean.scores.account)), [0.5, 0.999])
    found = np.log1p([float(values.of(np.array([number]))[0]), later])
    points = np.clip(25 + 50 * (found - middle) / max(top - middle, 1e-9), 0, 100)
    return float(points[1] - points[0])


def _silent(_text: str) -> None:
    """Say nothing: the trial's own progress is told by attack."""
