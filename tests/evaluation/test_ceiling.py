"""The black box: it learns what is there, the same each time, and never from what judges it."""

import sys
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import numpy as np
import pytest

from openclout.errors import InputError
from openclout.evaluation.ceiling import (
    NAME,
    Trial,
    best,
    configurations,
    predict_apart,
    with_ceiling,
)
from openclout.evaluation.contest import values_quality
from openclout.evaluation.cut import Cut

NAMES = ("engagers", "people_lately", "days")
FEW = configurations(4)


def cut(name: str, seed: int, turned: bool = False) -> Cut:
    """Make a cut in which the second signal decides, or, turned, its opposite."""
    rng = np.random.default_rng(seed)
    signals = rng.pareto(1.0, (300, 3))
    pull = -signals[:, 1] if turned else signals[:, 1]
    later = rng.poisson(np.clip(pull, 0, 50)).astype(np.float64)
    return Cut(
        name, name, datetime(2026, 1, 1, tzinfo=UTC), timedelta(days=1), NAMES, signals, signals,
        np.zeros(300, bool), later, {"other": signals[:, 0]}, 0,
    )  # fmt: skip


def sets() -> dict[str, list[Cut]]:
    return {name: [cut(name, seed)] for seed, name in enumerate(("a", "b", "c"))}


def test_it_learns_from_other_sets_and_is_the_same_again() -> None:
    groups = sets()
    judged, log = with_ceiling(groups, lambda _text: None, FEW)
    for name, (one,) in judged.items():
        assert values_quality(one, one.lenses[NAME]) > 0.8
        assert values_quality(one, one.lenses["other"]) < 0.6
        assert set(groups[name][0].lenses) == {"other"}
    assert [row["number"] for row in log] == [0, 1, 2, 3]
    assert sorted(" ".join(row["chosen_for"] for row in log).split()) == ["a", "b", "c"]
    again, _ = with_ceiling(groups, lambda _text: None, FEW)
    for name in groups:
        assert (again[name][0].lenses[NAME] == judged[name][0].lenses[NAME]).all()


def test_what_judges_it_does_not_teach_it() -> None:
    groups = sets()
    predicted, _ = predict_apart(groups, lambda _text: None, FEW[:1])
    other = cut("a", 0)
    changed = {**groups, "a": [replace(other, later=other.later[::-1])]}
    again, _ = predict_apart(changed, lambda _text: None, FEW[:1])
    assert (predicted["a"][0] == again["a"][0]).all()
    assert not (predicted["b"][0] == again["b"][0]).all()


def test_the_choice_for_a_set_does_not_look_at_it() -> None:
    trials = [
        Trial("a", 0, 0.9), Trial("b", 0, 0.5), Trial("c", 0, 0.5),
        Trial("a", 1, 0.1), Trial("b", 1, 0.6), Trial("c", 1, 0.6),
    ]  # fmt: skip
    assert best(trials, "a") == 1
    assert best(trials, "b") == 0


def test_fifty_configurations_are_drawn_and_always_the_same() -> None:
    assert len(set(configurations())) >= 50
    assert configurations() == configurations()


def test_two_sets_are_too_few() -> None:
    groups = sets()
    del groups["c"]
    with pytest.raises(InputError, match="three sets"):
        predict_apart(groups, lambda _text: None, FEW)


def test_without_lightgbm_it_says_what_to_install(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "lightgbm", None)
    with pytest.raises(InputError, match=r"pip install .openclout\[evaluation\]"):
        predict_apart(sets(), lambda _text: None, FEW)
