"""The palette: readable on both grounds, and told apart by people who see few hues."""

from itertools import combinations

import numpy as np
import pytest
from numpy.typing import NDArray

from openclout.report.palette import CARD, FIXED, INK, MUTED, PAPER, Color, family_colors
from openclout.report.section import counted_parts
from openclout.scoring.model import load_model

Floats = NDArray[np.float64]
GROUNDS = ("light", "dark")
AA = 4.5  # WCAG 2.2, success criterion 1.4.3: contrast of text
APART = 0.09  # distance in OKLab; two adjoining shades of one family are about 0.05 apart

# Machado, Oliveira and Fernandes 2009: how a colour looks without one kind of cone, linear RGB
SIGHTS = {
    "all cones": np.eye(3),
    "no red": np.array([[0.152286, 1.052583, -0.204868], [0.114503, 0.786281, 0.099216],
                        [-0.003882, -0.048116, 1.051998]]),
    "no green": np.array([[0.367322, 0.860646, -0.227968], [0.280085, 0.672501, 0.047413],
                          [-0.011820, 0.042940, 0.968881]]),
    "no blue": np.array([[1.255528, -0.076749, -0.178779], [-0.078411, 0.930809, 0.147602],
                         [0.004733, 0.691367, 0.303900]]),
}  # fmt: skip
# Ottosson 2020, OKLab: linear RGB to cones, and their cube roots to lightness and two hues
TO_CONES = np.array([[0.4122214708, 0.5363325363, 0.0514459929],
                     [0.2119034982, 0.6806995451, 0.1073969566],
                     [0.0883024619, 0.2817188376, 0.6299787005]])  # fmt: skip
TO_LAB = np.array([[0.2104542553, 0.7936177850, -0.0040720468],
                   [1.9779984951, -2.4285922050, 0.4505937099],
                   [0.0259040371, 0.7827717662, -0.8086757660]])  # fmt: skip


def linear(color: str) -> Floats:
    parts = np.array([int(color[place : place + 2], 16) / 255 for place in (1, 3, 5)])
    return np.where(parts <= 0.04045, parts / 12.92, ((parts + 0.055) / 1.055) ** 2.4)


def contrast(one: str, other: str) -> float:
    """Give the contrast ratio of WCAG 2.2."""
    light = sorted(float(linear(color) @ [0.2126, 0.7152, 0.0722]) for color in (one, other))
    return (light[1] + 0.05) / (light[0] + 0.05)


def seen(color: str, sight: Floats) -> Floats:
    found: Floats = TO_LAB @ np.cbrt(TO_CONES @ np.clip(sight @ linear(color), 0, 1))
    return found


@pytest.mark.parametrize("ground", GROUNDS)
def test_text_is_readable(ground: str) -> None:
    for text in (INK, MUTED):
        for paper in (PAPER, CARD):
            assert contrast(getattr(text, ground), getattr(paper, ground)) >= AA


@pytest.mark.parametrize("ground", GROUNDS)
@pytest.mark.parametrize("sight", SIGHTS)
def test_families_are_told_apart(ground: str, sight: str) -> None:
    families: dict[str, list[Color]] = {}
    for part in counted_parts(load_model()):
        families.setdefault(part.signal.family, []).append(part.color)
    assert set(families) == {"reach", "amplification", "network"}
    for mine, others in combinations(families.values(), 2):
        for one in mine:
            for other in others:
                pair = (getattr(one, ground), getattr(other, ground))
                distance = np.linalg.norm(
                    seen(pair[0], SIGHTS[sight]) - seen(pair[1], SIGHTS[sight])
                )
                assert distance >= APART, pair


def test_every_colour_is_found_again_by_its_light_value() -> None:
    shades = [color for family in ("reach", "amplification", "network", "activity")
              for color in family_colors(family, 12)]  # fmt: skip
    every = [*FIXED, *shades]
    assert (
        len({color.light for color in every}) == len({color.name for color in every}) == len(every)
    )
