"""Fitting over sets: weights that were never shown what they are judged by."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from datetime import date

import numpy as np

from openclout.errors import InputError
from openclout.evaluation.contest import (
    OURS,
    Contestant,
    Verdict,
    by_lens,
    judge,
    quality,
    weighted,
)
from openclout.evaluation.cut import Cut, candidate_signals
from openclout.evaluation.proof import Proof, set_rows
from openclout.scoring import combine
from openclout.scoring.calibrate import find_anchors
from openclout.scoring.fit import Lesson, fit_weights, thinned
from openclout.scoring.model import Anchors, Model, load_model
from openclout.signal import load_signals

Groups = Mapping[str, Sequence[Cut]]
Weights = dict[str, float]
Lessons = Mapping[str, Sequence[Lesson]]
Progress = Callable[[str], None]


def learn(groups: Groups, names: Sequence[str]) -> Lessons:
    """Give what there is to learn of these signals from each set; every set has the same say."""
    return {
        name: [_lesson(cut, names, 1 / len(cuts)) for cut in cuts] for name, cuts in groups.items()
    }


def _lesson(cut: Cut, names: Sequence[str], say: float) -> Lesson:
    signals = np.log1p(cut.signals[:, _places(cut, names)])
    return thinned(Lesson(signals, cut.later, np.ones(len(cut.later)), say))


def _places(cut: Cut, names: Sequence[str]) -> list[int]:
    return [cut.names.index(name) for name in names]


def fit(lessons: Lessons, names: Sequence[str]) -> Weights:
    """Fit the weights of signals to what happened next in all cuts; lighter ones are left out.

    Raises InputError where there is nothing to learn.
    """
    if not lessons:
        raise InputError(
            "there is nothing to learn from: no cut has 20 scored accounts, three of them acted"
            " upon in the horizon after it",
            fix="bring more data, or a shorter --window",
        )
    try:
        weights = fit_weights([one for some in lessons.values() for one in some])
    except ValueError:
        raise InputError("no signal foretells who is acted upon", fix="bring more data") from None
    return {name: float(w) for name, w in zip(names, weights, strict=True) if w > 0}


def leave_one_out(lessons: Lessons, names: Sequence[str]) -> dict[str, Weights]:
    """Fit for each set on all the others."""
    return {
        name: fit({other: some for other, some in lessons.items() if other != name}, names)
        for name in lessons
    }


def contestants(cuts: Sequence[Cut], weights: Mapping[str, float]) -> dict[str, Contestant]:
    """Give OpenClout with these weights, and every lens that the cuts were measured with."""
    return {OURS: weighted(weights), **{name: by_lens(name) for name in cuts[0].lenses}}


def judge_sets(
    groups: Groups, weights: Mapping[str, Weights], progress: Progress
) -> dict[str, Verdict]:
    """Judge each set with its own weights, beside the lenses."""
    found = {}
    for name, cuts in groups.items():
        progress(f"judging {name}")
        found[name] = judge(cuts, contestants(cuts, weights[name]))
    return found


def costs(groups: Groups, names: Sequence[str], progress: Progress) -> Weights:
    """Tell what leaving out each signal costs: mean NDCG@100, each set fitted on the others."""
    lessons = learn(groups, names)
    whole = _quality(groups, lessons, names)
    found = {}
    for place, name in enumerate(names):
        progress(f"leaving out {name}")
        others = np.arange(len(names)) != place
        fewer = {key: [one.only(others) for one in some] for key, some in lessons.items()}
        left = [other for other in names if other != name]
        found[name] = round(whole - _quality(groups, fewer, left), 4)
    return found


def _quality(groups: Groups, lessons: Lessons, names: Sequence[str]) -> float:
    weights = leave_one_out(lessons, names)
    return float(np.mean([quality(cuts, weights[name]) for name, cuts in groups.items()]))


def fit_sets(groups: Groups, name: str, day: date, progress: Progress) -> tuple[Model, Proof]:
    """Fit a model on all sets; the proof judges each set by weights fitted on the others.

    With one set there is nothing to leave out: the proof then has the weights only.
    """
    progress("fitting")
    names = candidate_signals()
    lessons = learn(groups, names)
    model = make_model(load_model(), fit(lessons, names), groups, name, day)
    proof: Proof = {"kind": "fit", "model": name, "date": day.isoformat()}
    proof["weights"] = {one: model.weights[one] for one in model.counted}
    proof["costs"], proof["sets"], proof["mean"] = {}, {}, []
    if len(groups) > 1:
        apart = leave_one_out(lessons, names)
        proof |= set_rows(groups, judge_sets(groups, apart, progress))
        for one, others in apart.items():
            proof["sets"][one]["weights"] = others
        proof["costs"] = costs(groups, model.counted, progress)
    return model, proof


def make_model(base: Model, weights: Weights, groups: Groups, name: str, day: date) -> Model:
    """Give a model with new weights, everything else as in `base` but the curve of the sets.

    Its own anchors, for networks too small to have any, are the medians over the sets' networks.
    """
    known = load_signals()
    every = {one: weights.get(one, 0.0) for one in sorted(known)}
    ordered = dict(sorted(every.items(), key=lambda pair: (-pair[1], pair[0])))
    about = f"Fitted on {', '.join(groups)}: non-negative least squares and Poisson, averaged."
    fitted = replace(base, name=name, date=day.isoformat(), about=about, weights=ordered)
    return replace(fitted, anchors=_median_anchors(fitted, groups))


def _median_anchors(model: Model, groups: Groups) -> Anchors:
    found = [
        anchors
        for cuts in groups.values()
        if (anchors := find_anchors(_total(cuts[0], model), model)) is not None
    ]
    if not found:
        return model.anchors
    middle, top = (
        float(np.median([getattr(a, side) for a in found])) for side in ("middle", "top")
    )
    return Anchors(round(middle, 3), round(top, 3), "model")


def _total(cut: Cut, model: Model) -> combine.Floats:
    names = model.counted
    return combine.raw_sum(
        cut.signals[:, _places(cut, names)], np.array([model.weights[name] for name in names])
    )
