"""calibrate and model --compare: who moves when a curve or a model changes."""

from pathlib import Path

import numpy as np
import orjson
import pytest
from tests.evaluation.worlds import year_of_likes
from tests.system.conftest import Clout

from openclout.scoring.model import load_model
from openclout.scoring.record import model_text


@pytest.fixture
def clout(tmp_path: Path) -> Clout:
    """A scored data folder of 150 accounts with half a year of likes."""
    clout = Clout(tmp_path / "data")
    path = tmp_path / "likes.csv"
    path.write_text(year_of_likes(people=150, days=180, each_day=60), encoding="utf-8")
    clout.bring(path)
    clout.run("score", "--window", "80d", code=0)
    return clout


def anchors(clout: Clout) -> list[tuple[object, ...]]:
    return clout.rows("select version, middle, top from anchors where network = 'net' order by 1")


def test_calibrating_at_once_changes_nothing(clout: Clout) -> None:
    before = anchors(clout)
    found = orjson.loads(clout.run("calibrate", "--window", "80d", "--json", code=0).out)
    assert anchors(clout) == before
    assert found[0]["middle"][0] == found[0]["middle"][1]
    assert found[0]["moved"]["0"] == found[0]["moved"]["1"] == 0


def test_a_new_curve_is_a_version_and_the_next_score_stands_on_it(
    clout: Clout, tmp_path: Path
) -> None:
    more = tmp_path / "more.csv"
    text = year_of_likes(seed=2, people=150, days=180, each_day=120)
    more.write_text(text.replace("T00:", "T05:"), encoding="utf-8")
    clout.bring(more)
    text = clout.run("calibrate", "--window", "80d", code=0).out
    assert "Kept as the next version" in text
    (first, *_), (second, middle, top) = anchors(clout)
    assert (first, second) == (1, 2)
    clout.run("score", "--window", "80d", "--out", tmp_path / "scores.csv", code=0)
    assert clout.rows("select max(version) from anchors where network = 'net'") == [(2,)]
    shown = orjson.loads(clout.run("model", "--json", code=0).out)["networks"]["net"]
    assert (shown["middle"], shown["top"]) == (middle, top)
    scores = [row[0] for row in clout.ask(
        f"select score from '{tmp_path / 'scores.csv'}' where score is not null"
        " and level = 'account'")]  # fmt: skip
    assert np.median(scores) == pytest.approx(25, abs=0.2)


def test_a_model_is_compared_with_another(clout: Clout, tmp_path: Path) -> None:
    model = load_model()
    swapped = dict(zip(model.weights, reversed(model.weights.values()), strict=True))
    other = model_text(model).replace(f'name = "{model.name}"', 'name = "other"')
    for name, weight in model.weights.items():
        other = other.replace(f"\n{name} = {weight:g}\n", f"\n{name} =  {swapped[name]:g}\n", 1)
    path = tmp_path / "other.toml"
    path.write_text(other, encoding="utf-8")
    words = ("model", "--window", "80d", "--compare", "current")
    same = orjson.loads(clout.run(*words, model.name, "--json", code=0).out)
    assert set(same[0]["moved"].values()) == {0}
    found = orjson.loads(clout.run(*words, path, "--json", code=0).out)
    assert found[0]["accounts"] == 150
    assert found[0]["moved"]["0"] < 0 < found[0]["moved"]["1"]
    text = clout.run(*words, path, code=0).out
    assert f"From model {model.name} to other" in text
    assert "Accounts by the points they move" in text
    assert len(anchors(clout)) == 1


def test_what_cannot_be_done_is_said(clout: Clout) -> None:
    assert "no model" in clout.run("model", "--compare", "current", "nobody", code=2).err
    outcome = clout.run("calibrate", "--window", "1h", code=2)
    assert "no network has 100 scored accounts" in outcome.err


def test_a_written_model_reads_back(tmp_path: Path) -> None:
    model = load_model()
    path = tmp_path / "same.toml"
    path.write_text(model_text(model), encoding="utf-8")
    assert load_model(str(path)) == model
