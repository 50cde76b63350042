"""Anchors: the median and the top of a network that is large enough to have them."""

import numpy as np
import pytest

from openclout.errors import ModelError, NotFound
from openclout.scoring.calibrate import find_anchors
from openclout.scoring.model import load_model, read_model


def test_they_are_the_median_and_the_thousandth() -> None:
    totals = np.arange(10_001) / 1000
    anchors = find_anchors(totals, load_model())
    assert anchors is not None
    assert (anchors.middle, anchors.top) == pytest.approx((5.0, 9.99))


def test_a_small_network_has_none() -> None:
    assert find_anchors(np.arange(99) / 10.0, load_model()) is None


def test_a_network_of_equals_has_none() -> None:
    assert find_anchors(np.ones(5000), load_model()) is None


def test_a_model_is_found_by_name_and_by_path(tmp_path: object) -> None:
    assert load_model(load_model().name) is not None
    with pytest.raises(NotFound, match=r'no model "1999-01"'):
        load_model("1999-01")
    with pytest.raises(NotFound, match=r"no model file"):
        load_model("nowhere/model.toml")


@pytest.mark.parametrize(
    ("change", "says"),
    [
        (("people_lately = 0.386", "people_lately = 0.9"), "the weights sum to 1.5"),
        (("people_lately = 0.386", "fame = 0.386"), '"fame" is no signal'),
        (("top = ", "top = -"), "top is not above its middle"),
        (("[weights]", "[wieghts]"), "it cannot be read"),
        (("name =", "name :"), "it cannot be read"),
    ],
)
def test_a_model_that_does_not_hold_together_says_why(change: tuple[str, str], says: str) -> None:
    from importlib.resources import files

    text = (files("openclout.scoring") / "old" / "2026-11.toml").read_text(encoding="utf-8")
    assert change[0] in text
    with pytest.raises(ModelError, match=says):
        read_model(text.replace(*change, 1), "mine.toml")
