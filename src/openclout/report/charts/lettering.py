"""Lettering: names and numbers as they stand in drawings, where no browser can wrap them.

Widths are estimated, not measured, so that they do not depend on the fonts of this machine.
"""

import math
import unicodedata

_JOINERS = "\u200c\u200d"  # parts of many scripts and emoji, and harmless
_EM = 12.0  # pixels: the size of a drawing's letters
_NARROW, _WIDE = 0.56, 1.0  # of an em, on average


def clean(name: str) -> str:
    """Give a name without control characters and marks that turn the direction of the page."""
    kept = "".join(letter for letter in name if letter.isprintable() or letter in _JOINERS)
    return kept.strip() or "(no name)"


def width(text: str) -> float:
    """Estimate the width of a text in pixels."""
    wide = sum(unicodedata.east_asian_width(letter) in "WF" for letter in text)
    return _EM * (_WIDE * wide + _NARROW * (len(text) - wide))


def cut(name: str, most: float) -> str:
    """Cut a name so that it is at most so many pixels wide."""
    name = clean(name)
    if width(name) <= most:
        return name
    kept = name
    while kept and width(kept + "…") > most:
        kept = kept[:-1]
    return kept.rstrip() + "…"


def compact(count: float) -> str:
    """Write a count in few letters: 940, 2.1k, 12k, 3.4M."""
    for unit, letter in ((1e6, "M"), (1e3, "k")):
        if count >= unit:
            return f"{count / unit:.{1 if count < 10 * unit else 0}f}{letter}"
    return f"{count:.0f}"


def ticks(most: float, about: int = 4) -> list[float]:
    """Give at most so many round values, evenly from 0 on, that do not exceed `most`."""
    step = _round_step(max(most, 1e-9) / about)
    return [round(place * step, 6) for place in range(math.floor(most / step + 1e-9) + 1)]


def _round_step(rough: float) -> float:
    """Give the least of 1, 2, 5 times a power of ten that is not below `rough`."""
    power = 10.0 ** math.floor(math.log10(rough))
    return next(power * times for times in (1, 2, 5, 10) if power * times >= rough * (1 - 1e-9))
