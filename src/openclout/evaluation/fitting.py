"""Fitting over sets: models that were never shown what they are judged by."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date

import numpy as np

from openclout.errors import InputError
from openclout.evaluation.contest import (
    OURS,
    PLAIN,
    Contestant,
    Verdict,
    by_lens,
    by_model,
    judge,
    quality,
)
from openclout.evaluation.cut import Cut
from openclout.evaluation.proof import Proof, set_rows
from openclout.scoring.calibrate import find_anchors
from openclout.scoring.fit import MOST_SIGNALS, Lesson, fit_weights, thinned
from openclout.scoring.model import Anchors, Model
from openclout.signal import load_signals

Groups = Mapping[str, Sequence[Cut]]
Lessons = Mapping[str, Sequence[Lesson]]
Progress = Callable[[str], None]


@dataclass(frozen=True, slots=True)
class Rules:
    """What a fit may do: which signals may count, and how many; all else is as in `base`."""

    base: Model
    signals: tuple[str, ...]
    most: int = MOST_SIGNALS

    @property
    def scales(self) -> list[float]:
        """The scales of the signals."""
        return [self.base.scales.get(name, 1.0) for name in self.signals]

    def without(self, name: str) -> "Rules":
        """Give the rules that leave a signal out."""
        return replace(self, signals=tuple(one for one in self.signals if one != name))


def shared(groups: Groups, names: Sequence[str]) -> tuple[str, ...]:
    """Give those signals that say something in more than half of the groups, or in the only one.

    What only one network knows would be learnt from that one, and believed of all.
    """

    def told(name: str) -> int:
        return sum(
            any(np.ptp(cut.columns([name], defended=False)) > 0 for cut in cuts)
            for cuts in groups.values()
        )

    return tuple(name for name in names if 2 * told(name) > len(groups))


def learn(groups: Groups, rules: Rules) -> Lessons:
    """Give what there is to learn from each set; every set has the same say.

    Weights are learnt from plain signals, where everybody counts in full: what moves people is one
    question, whom to believe another, and the sets are honest for all that is known.
    """
    return {
        name: [_lesson(cut, rules, 1 / len(cuts)) for cut in cuts] for name, cuts in groups.items()
    }


def _lesson(cut: Cut, rules: Rules, say: float) -> Lesson:
    signals = np.log1p(cut.columns(rules.signals, defended=False) / rules.scales)
    return thinned(Lesson(signals, cut.later, np.ones(len(cut.later)), say))


def fit(lessons: Lessons, rules: Rules) -> Model:
    """Fit the weights of signals to what happened next in all cuts.

    Raises InputError where there is nothing to learn.
    """
    if not lessons:
        raise InputError(
            "there is nothing to learn from: no cut has 20 scored accounts, three of them acted"
            " upon in the horizon after it",
            fix="bring more data, or a shorter --window",
        )
    try:
        weights = fit_weights([one for some in lessons.values() for one in some], rules.most)
    except ValueError:
        raise InputError("no signal foretells who is acted upon", fix="bring more data") from None
    found = dict(zip(rules.signals, weights.tolist(), strict=True))
    every = {name: found.get(name, 0.0) for name in sorted(load_signals())}
    ordered = dict(sorted(every.items(), key=lambda pair: (-pair[1], pair[0])))
    return replace(rules.base, weights=ordered)


def leave_one_out(lessons: Lessons, rules: Rules) -> dict[str, Model]:
    """Fit for each set on all the others."""
    return {
        name: fit({other: some for other, some in lessons.items() if other != name}, rules)
        for name in lessons
    }


def contestants(cuts: Sequence[Cut], model: Model) -> dict[str, Contestant]:
    """Give OpenClout by this model, and every lens that the cuts were measured with."""
    return {
        OURS: by_model(model),
        PLAIN: by_model(model, defended=False),
        **{name: by_lens(name) for name in cuts[0].lenses},
    }


def judge_sets(
    groups: Groups, models: Mapping[str, Model], progress: Progress
) -> dict[str, Verdict]:
    """Judge each set with its own model, beside the lenses."""
    found = {}
    for name, cuts in groups.items():
        progress(f"judging {name}")
        found[name] = judge(cuts, contestants(cuts, models[name]))
    return found


def costs(groups: Groups, rules: Rules, progress: Progress) -> dict[str, float]:
    """Tell what leaving out each signal costs: mean NDCG@100, each set fitted on the others."""
    lessons = learn(groups, rules)
    whole = _quality(groups, lessons, rules)
    found = {}
    for place, name in enumerate(rules.signals):
        progress(f"leaving out {name}")
        others = np.arange(len(rules.signals)) != place
        fewer = {key: [one.only(others) for one in some] for key, some in lessons.items()}
        found[name] = round(whole - _quality(groups, fewer, rules.without(name)), 4)
    return found


def _quality(groups: Groups, lessons: Lessons, rules: Rules) -> float:
    models = leave_one_out(lessons, rules)
    return float(np.mean([quality(cuts, models[name]) for name, cuts in groups.items()]))


def fit_sets(
    groups: Groups, rules: Rules, name: str, day: date, progress: Progress
) -> tuple[Model, Proof]:
    """Fit a model on all sets; the proof judges each set by weights fitted on the others.

    With one set there is nothing to leave out: the proof then has the weights only.
    """
    progress("fitting")
    rules = replace(rules, signals=shared(groups, rules.signals))
    lessons = learn(groups, rules)
    model = _named(fit(lessons, rules), groups, name, day)
    proof: Proof = {"kind": "fit", "model": name, "date": day.isoformat()}
    proof["weights"] = _counted(model)
    proof["costs"], proof["sets"], proof["mean"] = {}, {}, []
    if len(groups) > 1:
        apart = leave_one_out(lessons, rules)
        proof |= set_rows(groups, judge_sets(groups, apart, progress))
        for one, other in apart.items():
            proof["sets"][one]["weights"] = _counted(other)
        if len(model.counted) > 1:
            proof["costs"] = costs(groups, replace(rules, signals=model.counted), progress)
    return model, proof


def _counted(model: Model) -> dict[str, float]:
    return {name: model.weights[name] for name in model.counted}


def _named(model: Model, groups: Groups, name: str, day: date) -> Model:
    """Give a fitted model its name, and the curve for networks too small to have their own.

    Its anchors are the medians over the sets' networks of 100 scored accounts or more.
    """
    about = f"Fitted on {', '.join(groups)}: non-negative least squares and Poisson, averaged."
    fitted = replace(model, name=name, date=day.isoformat(), about=about)
    each = [find_anchors(cuts[0].total(fitted), fitted) for cuts in groups.values()]
    known = [anchors for anchors in each if anchors is not None]
    if not known:
        return fitted
    middle = float(np.median([anchors.middle for anchors in known]))
    top = float(np.median([anchors.top for anchors in known]))
    return replace(fitted, anchors=Anchors(round(middle, 3), round(top, 3), "model"))
