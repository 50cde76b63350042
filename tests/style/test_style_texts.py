"""The 16 styles: each cell once, each with texts of its own in both languages."""

import itertools

import numpy as np
import pytest
from tests.conftest import ROOT

from openclout.cli.matrix import draw_matrix
from openclout.errors import InputError
from openclout.report.charts.matrix import matrix
from openclout.style import (
    AXES,
    LANGUAGES,
    find_language,
    load_axes,
    load_reasons,
    load_styles,
    load_usual,
    styles_at,
)

NAMES = {
    "Curator", "Broadcaster", "Syndicator", "Feeder", "Tastemaker", "Celebrity", "Thought Leader",
    "Pundit", "Dabbler", "Conversationalist", "Observer", "Explorer", "Socializer", "Networker",
    "Activist", "Specialist",
}  # fmt: skip


def test_each_name_is_there_and_each_cell_is_taken_once() -> None:
    styles = load_styles().values()
    assert {style.name["en"] for style in styles} == NAMES
    assert {(style.row, style.column) for style in styles} == set(
        itertools.product(range(4), repeat=2)
    )
    assert {style.high for style in styles} == set(itertools.product((False, True), repeat=4))


def test_neighbours_differ_in_one_axis() -> None:
    at = {(style.row, style.column): style.high for style in load_styles().values()}
    for (row, column), high in at.items():
        for other in ((row + 1, column), (row, column + 1)):
            if other in at:
                assert sum(a != b for a, b in zip(high, at[other], strict=True)) == 1


def test_the_key_of_a_combination_is_that_of_its_style() -> None:
    high = np.array([style.high for style in load_styles().values()])
    assert list(styles_at(high)) == list(load_styles())


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_text_is_its_own(language: str) -> None:
    styles = load_styles().values()
    for part in ("name", "says", "helps"):
        texts = [getattr(style, part)[language] for style in styles]
        assert all(texts)
        assert len(set(texts)) == 16
    assert all(axis.question[language] for axis in load_axes().values())
    assert all(why[language] for why in load_reasons().values())


def test_the_languages_differ() -> None:
    for style in load_styles().values():
        assert style.says["en"] != style.says["de"]
    with pytest.raises(InputError, match=r'no texts in "fr".*one of en, de'):
        find_language("fr")


def test_the_usual_ladders_rise() -> None:
    assert len(load_usual()) == len(AXES)
    for first, middle, third in load_usual():
        assert 0 < first < middle < third < 1


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("width", [60, 80, 160])
def test_the_matrix_in_letters_fits_and_marks_one_cell(language: str, width: int) -> None:
    for key, style in load_styles().items():
        lines = draw_matrix(key, language, width).plain.splitlines()
        assert max(map(len, lines)) <= width
        marked = [line for line in lines if "●" in line]
        assert len(marked) == 1
        assert style.name[language][:4] in marked[0].partition("●")[2]


def test_the_drawing_escapes_what_it_is_given() -> None:
    drawn = matrix({"curator": 3}, [("curator", "<b>1")], 'of "net" <x>')
    assert "<b>" not in drawn
    assert "<x>" not in drawn
    assert "&lt;b&gt;1" in drawn


def test_the_usual_ladders_are_those_that_were_measured() -> None:
    page = (ROOT / "docs/explanation/styles.md").read_text(encoding="utf-8")
    for axis, ladder in zip(AXES, load_usual(), strict=True):
        assert f"    {axis} = [{', '.join(f'{rung:.3f}' for rung in ladder)}]" in page
