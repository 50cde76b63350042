"""The ceiling: a black box that may do everything, to see what being explained costs.

Gradient-boosted trees (Friedman 2001, as LightGBM grows them) on the same signals, judged on the
same cuts. It is tuned in earnest: every configuration is judged on data that are not those it is
judged by in the end, and the best of them is trained on all that it may see.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import asdict, dataclass, replace
from typing import Any

import numpy as np
from numpy.typing import NDArray

from openclout.errors import InputError
from openclout.evaluation.contest import values_quality
from openclout.evaluation.cut import Cut

Floats = NDArray[np.float64]
Groups = Mapping[str, Sequence[Cut]]
Progress = Callable[[str], None]

NAME = "Black box"
CONFIGURATIONS = 50
_SEED = 7
_MOST_IDLE = 700  # accounts of a cut on whom nobody acted, while configurations are compared


_JUDGED = 2  # of the latest cuts of each set, while configurations are compared


@dataclass(frozen=True, slots=True)
class Configuration:
    """What is tuned. `objective`: log1p of the later people by least squares, or their number."""

    objective: str
    inputs: str
    trees: int
    rate: float
    leaves: int
    least: int
    columns: float
    rows: float
    ridge: float


@dataclass(frozen=True, slots=True)
class Trial:
    """How a configuration did on the last cuts of a set: its mean NDCG@100."""

    judged_on: str
    number: int
    ndcg_100: float


@dataclass(frozen=True, slots=True)
class Lot:
    """One cut as the box sees it: inputs (accounts, 2k), the first half values, then places."""

    inputs: NDArray[np.float32]
    later: Floats
    say: float

    def part(self, inputs: str) -> NDArray[np.float32]:
        """Give the values, the places within the cut, or both."""
        half = self.inputs.shape[1] // 2
        return {"values": self.inputs[:, :half], "places": self.inputs[:, half:]}.get(
            inputs, self.inputs
        )


def configurations(count: int = CONFIGURATIONS, seed: int = _SEED) -> list[Configuration]:
    """Draw configurations (Bergstra & Bengio 2012: at random beats a grid), always the same."""
    rng = np.random.default_rng(seed)
    return [
        Configuration(
            objective=str(rng.choice(["regression", "poisson", "tweedie", "lambdarank"])),
            inputs=str(rng.choice(["values", "places", "both"])),
            trees=int(rng.choice([50, 100, 200])),
            rate=float(rng.choice([0.02, 0.05, 0.1])),
            leaves=int(rng.choice([4, 8, 15, 31])),
            least=int(rng.choice([5, 20, 50, 150])),
            columns=float(rng.choice([0.3, 0.6, 1.0])),
            rows=float(rng.choice([0.5, 0.8, 1.0])),
            ridge=float(rng.choice([0.0, 1.0, 10.0])),
        )
        for _ in range(count)
    ]


def predict_apart(
    groups: Groups, progress: Progress, choices: Sequence[Configuration] | None = None
) -> tuple[dict[str, list[Floats]], list[Trial]]:
    """Give, for each set, a value per account of each cut, learnt from all that may be seen.

    That is the other sets, and the set's own earlier cuts, whose horizons end where the cut begins:
    more than the score's weights are fitted on. Every configuration is judged on the last two cuts
    of each set, trained on all but these; for a set the one is taken that did best on the others.
    Raises InputError where LightGBM is not installed, or fewer than three sets are given.
    """
    boosting = _boosting()
    if len(groups) < 3:
        raise InputError("the black box needs three sets or more", fix="name more sets")
    choices = configurations() if choices is None else choices
    lots = {name: [_lot(cut, len(cuts)) for cut in cuts] for name, cuts in groups.items()}
    trials: list[Trial] = []
    for name in groups:
        rest = [_some(lot) for lot in _seen(lots, name, _JUDGED)]
        for number, choice in enumerate(choices):
            progress(f"black box: configuration {number + 1} of {len(choices)} without {name}")
            found = _predicted(boosting, choice, rest, lots[name][:_JUDGED])
            each = [values_quality(*pair) for pair in zip(groups[name], found, strict=False)]
            trials.append(Trial(name, number, round(float(np.mean(each)), 4)))
    predicted = {}
    for name in groups:
        progress(f"black box: trained for {name}")
        choice = choices[best(trials, name)]
        predicted[name] = [
            _predicted(boosting, choice, _seen(lots, name, place + 1), [lot])[0]
            for place, lot in enumerate(lots[name])
        ]
    return predicted, trials


def _seen(lots: Mapping[str, Sequence[Lot]], name: str, skipped: int) -> list[Lot]:
    """Give the other sets' cuts, and the set's own but for the latest `skipped`."""
    own = lots[name][skipped:]
    return [*(lot for other in lots if other != name for lot in lots[other]), *own]


def with_ceiling(
    groups: Groups, progress: Progress, choices: Sequence[Configuration] | None = None
) -> tuple[dict[str, list[Cut]], list[dict[str, Any]]]:
    """Add the black box to the lenses of every cut, and give the log of its configurations."""
    choices = configurations() if choices is None else choices
    predicted, trials = predict_apart(groups, progress, choices)
    judged = {
        name: [
            replace(cut, lenses={**cut.lenses, NAME: values})
            for cut, values in zip(cuts, predicted[name], strict=True)
        ]
        for name, cuts in groups.items()
    }
    return judged, trial_rows(trials, choices)


def best(trials: Sequence[Trial], left_out: str) -> int:
    """Give the number of the configuration that did best on all sets but one."""
    found: dict[int, list[float]] = {}
    for trial in trials:
        if trial.judged_on != left_out:
            found.setdefault(trial.number, []).append(trial.ndcg_100)
    return max(found, key=lambda number: (float(np.mean(found[number])), -number))


def _boosting() -> Any:
    try:
        import lightgbm
    except (ImportError, OSError):  # OSError: the system lacks libgomp
        raise InputError(
            "the black box needs LightGBM, which is not installed",
            fix='pip install "openclout[evaluation]", and libgomp1 of the system',
        ) from None
    return lightgbm


def _predicted(
    boosting: Any, choice: Configuration, rest: Sequence[Lot], asked: Sequence[Lot]
) -> list[Floats]:
    """Train one configuration on the rest, and ask it; every set has the same say."""
    ranks = choice.objective == "lambdarank"
    lots = [_some(lot) for lot in rest] if ranks else rest  # it takes 10,000 rows a query
    aims = [_aim(choice.objective, lot.later) for lot in lots]
    says = [_says(lot, ranks) for lot in lots]
    weight = np.concatenate(says)
    data = boosting.Dataset(
        np.concatenate([lot.part(choice.inputs) for lot in lots]),
        np.concatenate(aims),
        weight=weight * len(weight) / weight.sum(),
        group=[len(lot.later) for lot in lots] if ranks else None,
    )
    box = boosting.train(_parameters(choice), data, choice.trees)
    return [
        np.asarray(box.predict(lot.part(choice.inputs), num_threads=1), np.float64) for lot in asked
    ]


def _aim(objective: str, later: Floats) -> Floats:
    """Give what is learnt: the people, or their logarithm; in steps of a quarter for ranks."""
    gain: Floats = np.log1p(later)
    if objective == "lambdarank":
        return np.minimum(np.round(4 * gain), 30)
    return gain if objective == "regression" else later


def _says(lot: Lot, ranks: bool) -> Floats:
    """Give each account's say within its cut; who is acted upon says more."""
    say = np.ones(len(lot.later)) if ranks else 1 + np.log1p(lot.later)
    found: Floats = say / say.sum() * lot.say
    return found


def _parameters(choice: Configuration) -> dict[str, Any]:
    return {
        "objective": choice.objective, "learning_rate": choice.rate, "num_leaves": choice.leaves,
        "min_data_in_leaf": choice.least, "feature_fraction": choice.columns,
        "bagging_fraction": choice.rows, "bagging_freq": 1, "lambda_l2": choice.ridge,
        "seed": _SEED, "deterministic": True, "force_row_wise": True, "num_threads": 1,
        "verbosity": -1, "max_bin": 63, "bin_construct_sample_cnt": 5000,
        "lambdarank_truncation_level": 100,
    }  # fmt: skip


def _lot(cut: Cut, cuts: int) -> Lot:
    values = np.log1p(cut.plain)
    ordered = np.sort(values, axis=0)
    places = [
        np.searchsorted(ordered[:, k], values[:, k]) / len(values) for k in range(values.shape[1])
    ]
    inputs = np.hstack([values, np.column_stack(places)]).astype(np.float32)
    return Lot(inputs, cut.later, 1 / cuts)


def _some(lot: Lot) -> Lot:
    """Keep one in so many of those on whom nobody acted, while configurations are compared."""
    idle = np.flatnonzero(lot.later == 0)
    step = -(-len(idle) // _MOST_IDLE) if len(idle) > _MOST_IDLE else 1
    chosen = np.sort(np.concatenate([np.flatnonzero(lot.later), idle[::step]]))
    return Lot(lot.inputs[chosen], lot.later[chosen], lot.say)


def trial_rows(trials: Sequence[Trial], choices: Sequence[Configuration]) -> list[dict[str, Any]]:
    """Give the log: each configuration, what it did on each set left out, and for which it won."""
    sets = list(dict.fromkeys(trial.judged_on for trial in trials))
    chosen = {name: best(trials, name) for name in sets}
    rows = []
    for number, choice in enumerate(choices):
        row: dict[str, Any] = {"number": number, **asdict(choice)}
        row |= {one.judged_on: one.ndcg_100 for one in trials if one.number == number}
        row["chosen_for"] = " ".join(name for name in sets if chosen[name] == number)
        rows.append(row)
    return rows
