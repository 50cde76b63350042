"""The shipped model on real sets, each judged by weights fitted on the others: what must hold."""

from datetime import UTC, datetime
from pathlib import Path

import pytest
from benchmarks.sets import DESCRIPTION

from openclout.evaluation.contest import quality, values_quality
from openclout.evaluation.cut import Cut, by_set, candidate_signals
from openclout.evaluation.dataset import measure_set, read_sets
from openclout.evaluation.fitting import Rules, learn, leave_one_out
from openclout.scoring.model import Model, load_model
from openclout.settings import GIB, Settings

pytestmark = [pytest.mark.shared, pytest.mark.slow]
SMALL = ("beer", "balancer", "core-gui", "college", "bitcoin-otc")
NOW = datetime(2026, 11, 1, tzinfo=UTC)


@pytest.fixture(scope="module")
def groups(shared: Path, tmp_path_factory: pytest.TempPathFactory) -> dict[str, list[Cut]]:
    """Three cuts of each small set."""
    folder = tmp_path_factory.mktemp("sets")
    own = Settings(data=folder / "data", threads=2, memory=2 * GIB)
    chosen = [one for one in read_sets(DESCRIPTION) if one.name in SMALL]
    assert all(shared.resolve() in one.path.resolve().parents for one in chosen)
    cuts = [
        cut for one in chosen for cut in measure_set(one, own, folder, 3, NOW, lambda _text: None)
    ]
    return by_set(cuts)


def mean_of_lens(groups: dict[str, list[Cut]], lens: str) -> float:
    each = [[values_quality(cut, cut.lenses[lens]) for cut in cuts] for cuts in groups.values()]
    return sum(sum(one) / len(one) for one in each) / len(each)


def mean_of_models(groups: dict[str, list[Cut]], models: dict[str, Model]) -> float:
    return sum(quality(cuts, models[name]) for name, cuts in groups.items()) / len(groups)


def test_every_set_has_three_cuts(groups: dict[str, list[Cut]]) -> None:
    assert {name: len(cuts) for name, cuts in groups.items()} == dict.fromkeys(SMALL, 3)


def test_the_shipped_model_foretells_better_than_any_lens(groups: dict[str, list[Cut]]) -> None:
    ours = mean_of_models(groups, dict.fromkeys(groups, load_model()))
    for lens in groups["beer"][0].lenses:
        assert ours > mean_of_lens(groups, lens) + 0.02, lens


def test_weights_of_other_sets_foretell_better_than_any_lens(groups: dict[str, list[Cut]]) -> None:
    rules = Rules(load_model(), candidate_signals())
    ours = mean_of_models(groups, leave_one_out(learn(groups, rules), rules))
    for lens in groups["beer"][0].lenses:
        assert ours > mean_of_lens(groups, lens) + 0.02, lens
