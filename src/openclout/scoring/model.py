"""Model: a named, dated set of weights and a curve, read from TOML."""

import tomllib
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from openclout.errors import ModelError, NotFound
from openclout.signal import load_signals

Floats = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Anchors:
    """Where the curve is fixed: the sums R at which a score is `low` and `high` on the curve."""

    middle: float
    top: float
    origin: str = "own"
    """own: of this network; pooled: of all networks here; model: of the sets it was fitted on."""


@dataclass(frozen=True, slots=True)
class BandRow:
    """What accounts with such evidence kept of their points above nobody's: see interval.py.

    `evidence` is the least number of people; nine in ten kept a share from `least` to `most`.
    `kept` are the middles of equal parts of all shares, rising, for the chance of a difference.
    """

    evidence: float
    quiet: bool
    least: float
    most: float
    kept: tuple[float, ...]


_PROFILES_LARGER = 5.0


@dataclass(frozen=True, slots=True)
class Model:
    """Weights of log1p(signal / scale), not negative, that sum to 1; how a sum becomes a score.

    A signal of a few units moves a score little, one of many times its scale by its logarithm;
    profile counters have the scale 1.
    """

    name: str
    date: str
    about: str
    weights: dict[str, float]
    scales: dict[str, float]
    profile_weights: dict[str, float]
    middle_score: float
    top_score: float
    top_quantile: float
    provisional_below: float
    anchors: Anchors
    band: tuple[BandRow, ...]

    @property
    def profile_anchors(self) -> Anchors:
        """Give the anchors of a network of few profiles: counters are larger than people moved."""
        return Anchors(
            _PROFILES_LARGER * self.anchors.middle, _PROFILES_LARGER * self.anchors.top, "model"
        )

    def shape(self, names: Sequence[str]) -> tuple[Floats, Floats]:
        """Give the weights and the scales of some signals, in their order."""
        weights = np.array([self.weights[name] for name in names])
        return weights, np.array([self.scales.get(name, 1.0) for name in names])

    @property
    def counted(self) -> tuple[str, ...]:
        """The signals with a weight above 0, heaviest first."""
        some = [name for name, weight in self.weights.items() if weight > 0]
        return tuple(sorted(some, key=lambda name: (-self.weights[name], name)))


@cache
def load_model(name: str = "") -> Model:
    """Load the current model, an older one by name, or a model file by path."""
    current = files("openclout.scoring") / "model.toml"
    if not name:
        return read_model(current.read_text(encoding="utf-8"), "model.toml")
    if name.endswith(".toml"):
        path = Path(name)
        if not path.is_file():
            raise NotFound(f'there is no model file "{name}"', fix="check the path")
        return read_model(path.read_text(encoding="utf-8"), name)
    for entry in [current, *(files("openclout.scoring") / "old").iterdir()]:
        if entry.name.endswith(".toml"):
            model = read_model(entry.read_text(encoding="utf-8"), entry.name)
            if model.name == name:
                return model
    raise NotFound(f'there is no model "{name}"', fix="openclout model lists them")


def read_model(text: str, place: str) -> Model:
    """Read a model and check that it holds together; raises ModelError where it does not."""
    try:
        raw = tomllib.loads(text)
        model = _built(raw)
    except (tomllib.TOMLDecodeError, KeyError, TypeError, ValueError) as error:
        raise ModelError(f"it cannot be read ({error})", place=place, fix="mend the file") from None
    _check(model, place)
    return model


def _built(raw: dict[str, Any]) -> Model:
    curve = raw["curve"]
    return Model(
        name=raw["name"],
        date=str(raw["date"]),
        about=raw["about"],
        weights={name: float(weight) for name, weight in raw["weights"].items()},
        scales={name: float(scale) for name, scale in raw.get("scales", {}).items()},
        profile_weights={name: float(weight) for name, weight in raw["profile_weights"].items()},
        middle_score=float(curve["middle_score"]),
        top_score=float(curve["top_score"]),
        top_quantile=float(curve["top_quantile"]),
        provisional_below=float(raw["provisional_below"]),
        anchors=Anchors(float(curve["middle"]), float(curve["top"]), "model"),
        band=tuple(
            BandRow(
                float(row["evidence"]),
                bool(row["quiet"]),
                float(row["least"]),
                float(row["most"]),
                tuple(float(share) for share in row["kept"]),
            )
            for row in raw["band"]
        ),
    )


def _check(model: Model, place: str) -> None:
    known = set(load_signals())
    unknown = sorted((set(model.weights) | set(model.scales) | set(model.profile_weights)) - known)
    if unknown:
        raise ModelError(f'"{unknown[0]}" is no signal', place=place, fix="openclout signals")
    for weights in (model.weights, model.profile_weights):
        if min(weights.values()) < 0 or abs(sum(weights.values()) - 1) > 1e-6:
            raise ModelError(
                f"the weights sum to {sum(weights.values()):.6f}, the least is"
                f" {min(weights.values())}",
                place=place,
                fix="weights are 0 or more and sum to 1",
            )
    if min(model.scales.values(), default=1.0) <= 0:
        raise ModelError("a scale is not above 0", place=place, fix="mend [scales]")
    if len({len(row.kept) for row in model.band}) != 1 or not model.band[0].kept:
        raise ModelError("the band's rows are not alike", place=place, fix="mend [[band]]")
    if not model.anchors.top > model.anchors.middle:
        raise ModelError("the curve's top is not above its middle", place=place, fix="mend [curve]")
