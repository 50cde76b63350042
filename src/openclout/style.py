"""The type Style: how somebody takes part, one of 16 cells of a matrix, by four measured axes.

Rows of the matrix go from sharing to creating, columns from listening to participating; in each
quarter the corner is focused and consistent, and two neighbours differ in one axis only. Texts and
cells stand in styles/styles.toml, in English and German.
"""

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from itertools import product
from typing import Any

import numpy as np
from numpy.typing import NDArray

from openclout.errors import InputError

AXES = ("creating", "participating", "focused", "consistent")
"""The axes by their high ends; a place on one is 0 to 1, with half of a network below 0.5."""
LANGUAGES = ("en", "de")
SIDE = 4
"""Rows of the matrix, and columns."""
Sides = tuple[bool, bool, bool, bool]
Texts = Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Style:
    """One cell: on which axes it is at the high end, and its texts by language."""

    key: str
    high: Sides
    name: Texts
    says: Texts
    helps: Texts

    @property
    def row(self) -> int:
        """The row, 0 to 3: sharing and focused, sharing and broad, creating and broad, focused."""
        creating, _, focused, _ = self.high
        return (3 if focused else 2) if creating else (0 if focused else 1)

    @property
    def column(self) -> int:
        """The column, 0 to 3: listening and consistent, casual, participating and casual, ..."""
        _, participating, _, consistent = self.high
        return (3 if consistent else 2) if participating else (0 if consistent else 1)


@dataclass(frozen=True, slots=True)
class Axis:
    """One axis: its ends and its question, by language."""

    key: str
    low: Texts
    high: Texts
    question: Texts


@cache
def load_styles() -> dict[str, Style]:
    """Give the styles by key, row by row."""
    found = [_read_style(raw) for raw in _content()["style"]]
    found.sort(key=lambda style: (style.row, style.column))
    return {style.key: style for style in found}


@cache
def load_axes() -> dict[str, Axis]:
    """Give the axes in their order."""
    raw = _content()["axis"]
    return {
        key: Axis(key, *(_by_language(raw[key], part) for part in ("low", "high", "question")))
        for key in AXES
    }


@cache
def load_reasons() -> dict[str, Texts]:
    """Give, by key, why somebody has no style, by language."""
    return dict(_content()["why"])


@cache
def load_usual() -> list[tuple[float, float, float]]:
    """Give the quartiles of each axis where a network has too few people for its own."""
    return [tuple(_content()["usual"][axis]) for axis in AXES]


def styles_at(sides: NDArray[np.bool_]) -> NDArray[Any]:
    """Give the keys of the styles of (accounts, 4) high ends."""
    by_sides: dict[tuple[bool, ...], str] = {}
    by_sides |= {style.high: style.key for style in load_styles().values()}
    keys = [by_sides[sides] for sides in product((False, True), repeat=len(AXES))]
    bits = 1 << np.arange(len(AXES))[::-1]
    return np.array(keys, dtype=object)[sides @ bits]


def find_language(text: str) -> str:
    """Give a language that there are texts in, or say which there are."""
    if text not in LANGUAGES:
        raise InputError(
            f'there are no texts in "{text}"', place="--lang", fix=f"one of {', '.join(LANGUAGES)}"
        )
    return text


@cache
def _content() -> dict[str, Any]:
    path = files("openclout.styles") / "styles.toml"
    return tomllib.loads(path.read_text(encoding="utf-8"))


def _read_style(raw: Mapping[str, Any]) -> Style:
    creating, participating, focused, consistent = (axis in raw["high"] for axis in AXES)
    texts = (_by_language(raw, part) for part in ("name", "says", "helps"))
    return Style(raw["key"], (creating, participating, focused, consistent), *texts)


def _by_language(raw: Mapping[str, Any], part: str) -> Texts:
    return {language: raw[language][part] for language in LANGUAGES}
