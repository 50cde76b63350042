"""fit and backtest on the command line."""

import re
from pathlib import Path

import orjson
import pytest
from tests.evaluation.worlds import year_of_likes
from tests.system.conftest import Clout

from openclout.evaluation.contest import FIGURES, OURS, PLAIN
from openclout.scoring.model import load_model


@pytest.fixture
def clout(tmp_path: Path) -> Clout:
    """A data folder of the test's own."""
    return Clout(tmp_path / "data")


@pytest.fixture
def likes(tmp_path: Path) -> Path:
    """A year of likes on one network."""
    path = tmp_path / "likes.csv"
    path.write_text(year_of_likes(), encoding="utf-8")
    return path


def test_backtest_of_the_data_folder(clout: Clout, likes: Path) -> None:
    clout.bring(likes)
    found = orjson.loads(clout.run("backtest", "--window", "80d", "--json", code=0).out)
    (rows,) = (one["rows"] for one in found["sets"].values())
    assert rows[0]["who"] == OURS
    assert PLAIN in [row["who"] for row in rows]
    assert len(rows) == 12
    for row in rows:
        for name in FIGURES:
            if row[name] is not None:
                value, low, high = row[name]
                assert low <= value + 0.02
                assert high >= value - 0.02
    assert rows[0]["ndcg_100"][0] > 0.9  # what is liked by law is foretold
    assert rows[0]["margin"] == [0, 0, 0]
    assert orjson.loads((clout.data / "backtest.json").read_bytes()) == found
    again = clout.run("backtest", "--window", "80d", "--json", code=0)
    assert orjson.loads(again.out) == found


def test_backtest_of_files_keeps_nothing(clout: Clout, likes: Path) -> None:
    text = clout.run("backtest", likes, "--window", "80d", code=0).out
    assert text.startswith("likes: 3 cuts (")
    assert "Kred" in text
    assert not (clout.data / "backtest.json").exists()


def test_backtest_writes_a_page_with_charts(clout: Clout, tmp_path: Path) -> None:
    out = tmp_path / "page"
    said = clout.run("backtest", two_sets(tmp_path), "--report", out, code=0).out
    page = (out / "index.html").read_text(encoding="utf-8")
    assert f"Written to {out}" in said
    assert page.count('class="chart wide"') == 3  # two sets and their mean
    assert "Mean of 2 sets" in page
    assert "NDCG@20" in page
    assert not re.search(r"https?://|<script|@import|url\(", page)
    (tmp_path / "file").write_text("")
    missed = clout.run("backtest", two_sets(tmp_path), "--report", tmp_path / "file/deep", code=2)
    assert "--report" in missed.err


def test_too_little_data_ends_in_a_sentence(clout: Clout, likes: Path) -> None:
    for arguments in (["backtest"], ["backtest", likes, "--window", "720d"]):
        outcome = clout.run(*arguments, code=2)
        assert "there is nothing to judge by" in outcome.err
        assert "Fix: " in outcome.err
    outcome = clout.run(
        "fit", likes, "--window", "720d", "--out", likes.with_name("m.toml"), code=2
    )
    assert "there is nothing to learn from" in outcome.err
    assert not likes.with_name("m.toml").exists()


def test_one_set_cannot_be_left_out(clout: Clout, likes: Path) -> None:
    outcome = clout.run("backtest", likes, "--window", "80d", "--leave-one-out", code=2)
    assert "no others to learn from" in outcome.err


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("[[set]", "cannot be read"),
        ("folder = 'x'", "describes no set"),
        ("[[set]]\nname = 'a'\npath = 'b'", "has no window"),
        ("[[set]]\nname = 'a'\npath = 'b'\nwindow = '4x'", "is not a window"),
        ("[[set]]\nname = 'a'\npath = 'b'\nwindow = '4d'\ncolumn = 'c'", '"column" is no key'),
        ("set = [3]", "it is no table"),
        ("[[set]]\nname = 'a'\npath = 'nowhere.csv'\nwindow = '4d'", "nowhere.csv"),
    ],
)
def test_bad_descriptions_end_in_a_sentence(
    clout: Clout, tmp_path: Path, text: str, said: str
) -> None:
    path = tmp_path / "sets.toml"
    path.write_text(text, encoding="utf-8")
    outcome = clout.run("backtest", path, code=2)
    assert said in outcome.err


def two_sets(folder: Path) -> Path:
    """Describe two sets of likes."""
    for seed in (1, 2):
        text = year_of_likes(seed)
        (folder / f"likes{seed}.csv").write_text(text, encoding="utf-8")
    sets = "".join(
        f"[[set]]\nname = 'set{seed}'\npath = 'likes{seed}.csv'\nwindow = '80d'\n"
        for seed in (1, 2)
    )
    (folder / "sets.toml").write_text(sets, encoding="utf-8")
    return folder / "sets.toml"


def test_fit_writes_a_model_that_can_be_used(clout: Clout, tmp_path: Path, likes: Path) -> None:
    sets, out = two_sets(tmp_path), tmp_path / "mine.toml"
    words = ("fit", sets, "--out", out, "--name", "mine", "--date", "2026-11-24", "--cuts", "3")
    text = clout.run(*words, code=0).out
    assert text.startswith("Model mine: ")
    assert "Mean of 2 sets" in text
    model = load_model(str(out))
    assert model.name == "mine"
    assert sum(model.weights.values()) == pytest.approx(1)
    proof = orjson.loads(out.with_suffix(".json").read_bytes())
    assert set(proof["costs"]) == set(proof["weights"]) == set(model.counted)
    assert set(proof["sets"]) == {"set1", "set2"}
    before = out.read_bytes()
    clout.run(*words, code=0)
    assert out.read_bytes() == before
    clout.bring(likes)
    clout.run("backtest", "--window", "80d", "--model", out, code=0)
    clout.run("score", "--window", "80d", "--model", out, code=0)


def test_a_wrong_date_ends_in_a_sentence(clout: Clout, likes: Path) -> None:
    outcome = clout.run("fit", likes, "--out", "m.toml", "--date", "tomorrow", code=2)
    assert '"tomorrow" is no date' in outcome.err
