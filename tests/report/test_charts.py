"""The charts: what is drawn is what the numbers say, and no name becomes more than a text."""

import re
from dataclasses import replace

import numpy as np
import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as some
from tests.report.conftest import IMAGE, SCRIPT, Elements

from openclout.report.charts.canvas import Frame, draw, layered, note
from openclout.report.charts.contest import contest
from openclout.report.charts.lettering import clean, compact, cut, ticks, width
from openclout.report.charts.parts import parts
from openclout.report.charts.rarity import rarity
from openclout.report.charts.scatter import MOST, Points, sample, scatter
from openclout.report.charts.spread import spread
from openclout.report.section import counted_parts
from openclout.scoring.explain import explain
from openclout.scoring.model import Anchors, load_model

MODEL = load_model()
COLORS = {part.signal.name: part.color for part in counted_parts(MODEL)}


@given(some.floats(0.01, 1e9), some.integers(3, 8))
def test_ticks_are_even_and_reach_far(most: float, about: int) -> None:
    found = ticks(most, about)
    assert 2 <= len(found) <= about + 1
    assert found[0] == 0
    assert most * 0.5 <= found[-1] <= most * (1 + 1e-6) + 1e-6


@given(some.text(), some.floats(20, 300))
def test_a_cut_name_fits_and_begins_as_it_did(name: str, most: float) -> None:
    found = cut(name, most)
    assert width(found) <= most or found == "…"
    assert clean(name).startswith(found.removesuffix("…"))


@pytest.mark.parametrize(
    ("count", "text"),
    [(0, "0"), (940, "940"), (2140, "2.1k"), (12_400, "12k"), (3_400_000, "3.4M")],
)
def test_counts_are_short(count: int, text: str) -> None:
    assert compact(count) == text


def test_the_best_are_always_drawn_and_fewer_further_down() -> None:
    chosen = sample(55_000, MOST)
    assert len(chosen) <= MOST
    assert chosen[:100].tolist() == list(range(100))
    gaps = np.diff(chosen)
    assert gaps.min() >= 1
    assert gaps[-500:].mean() > 2 * gaps[500:1000].mean()
    assert sample(MOST, MOST).tolist() == list(range(MOST))


@pytest.mark.parametrize("name", [SCRIPT, IMAGE, "</text></svg><script>", "\x00\x0b", "&amp;", ""])
def test_no_name_is_more_than_text(name: str) -> None:
    drawn = str(draw(layered(Frame(200, 20), [note(cut(name, 400), 0, 0)]), name, "wide"))
    assert set(re.findall(r"<(\w+)", drawn)) <= {"svg", "g", "text"}
    assert drawn.count("<svg") == drawn.count("</svg") == 1
    assert drawn.index("<g") > drawn.index("aria-label=")


@settings(max_examples=40)
@given(some.text(max_size=40))
@example("if")
def test_any_name_can_be_drawn(name: str) -> None:
    drawn = str(draw(layered(Frame(200, 20), [note(cut(name, 400), 0, 0)]), name, "wide"))
    texts = Elements(drawn).texts["text"]
    assert "".join(texts) == cut(name, 400)


def test_what_is_no_drawing_is_left_out() -> None:
    layer = {
        "data": {"values": [{}]},
        "mark": {"type": "text", "text": "here", "href": "#there", "tooltip": "x"},
    }
    drawn = str(draw(layered(Frame(90, 90), [layer]), "a link", "wide"))
    assert "there" not in drawn
    assert not re.search(r"<a\b", drawn)


def test_bars_hold_everybody_once() -> None:
    score = np.array([0.0, 4.9, 5.0, 99.9, 100.0, 25.0])
    spec = spread(score, np.array([True, False, True, False, False, True]), MODEL, own=True)
    bars = spec["layer"][0]["data"]["values"]
    assert sum(bar["y1"] - bar["y0"] for bar in bars) == 6
    assert [(bar["x0"], bar["y0"], bar["y1"]) for bar in bars if bar["x0"] in (0, 95)] == [
        (0, 0, 1), (0, 1, 2), (95, 0, 2)]  # fmt: skip


def test_the_line_says_how_many_reach_a_score() -> None:
    spec = rarity(np.array([10.0, 20.0, 30.0, 40.0]), MODEL, Anchors(0.4, 2.4))
    line = {point["score"]: point["rare"] for point in spec["layer"][0]["data"]["values"]}
    assert line[10.0] == 1
    assert line[20.0] == pytest.approx(4 / 3, abs=1e-3)
    assert line[20.5] == 2
    assert line[40.0] == 4


@pytest.mark.parametrize("start", ["above", "below"])
def test_segments_end_at_the_score(start: str) -> None:
    anchors = Anchors(0.4, 2.2) if start == "above" else Anchors(2.0, 2.5)
    values = dict.fromkeys(MODEL.weights, 0.0) | {
        "people_just_now": 40.0,
        "days": 9.0,
        "explorers": 30.0,
    }
    explained = explain(values, 62.5, MODEL, anchors)
    assert (explained.base > 0) == (start == "above")
    segments = parts([("ann", explained)], COLORS)["layer"][0]["data"]["values"]
    assert max(segment["x1"] for segment in segments) == 62.5
    assert min(segment["x0"] for segment in segments) == round(min(explained.base, 0), 3)


def test_a_person_has_each_signal_of_all_accounts_in_one_segment() -> None:
    values = dict.fromkeys(MODEL.weights, 0.0) | {"people_just_now": 40.0, "days": 9.0}
    one = explain(values, 62.5, MODEL, Anchors(0.4, 2.2))
    halves = tuple(replace(part, points=part.points / 2) for part in one.contributions)
    both = replace(one, contributions=(*halves, *halves))
    drawn = [parts([("ann", found)], COLORS)["layer"][0]["data"]["values"] for found in (one, both)]
    assert drawn[0] == drawn[1]


def test_names_are_level_with_their_points() -> None:
    spec = contest([("ours", 0.7, 0.6, 0.8), ("theirs", 0.5, 0.4, 0.6)])
    names = [layer["encoding"]["y"]["value"] for layer in spec["layer"]
             if layer["data"]["values"] and "text" in layer["data"]["values"][0]
             and "value" in layer["encoding"]["y"]]  # fmt: skip
    step = spec["height"] / 2
    assert names == [step / 2, step * 3 / 2]


def test_names_in_the_scatter_hide_neither_dots_nor_one_another() -> None:
    chance = np.random.default_rng(7)
    order = np.sort(chance.uniform(20, 90, 300))[::-1]
    points = Points(order, order / 3, order / 4 + chance.uniform(0, 9, 300), order / 9)
    spec = scatter(points, [f"somebody{n}" for n in range(40)])
    labels = [
        layer
        for layer in spec["layer"]
        if str(layer["data"]["values"][0].get("text", "")).startswith("some")
    ]
    assert len(labels) >= 3
    places = [
        (layer["encoding"]["x"]["value"], layer["encoding"]["y"]["value"]) for layer in labels
    ]
    assert len(set(places)) == len(places)
    assert all(0 <= y <= spec["height"] for _, y in places)
