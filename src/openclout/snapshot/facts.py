"""Facts: what a snapshot says of itself, kept beside its tables as JSON."""

from dataclasses import asdict, dataclass
from datetime import datetime, timedelta
from typing import Any

import orjson

from openclout.scoring.model import Anchors, BandRow, Model


@dataclass(frozen=True, slots=True)
class NetworkFacts:
    """A network's curve and band, whether the band is its own, how many accounts are scored.

    `profiles`: nothing but profile counters is known there; `guarded`: its past tells people from
    fakes.
    """

    anchors: Anchors
    band_calibrated: bool
    scored: int
    profiles: bool
    band: tuple[BandRow, ...]
    guarded: bool


@dataclass(frozen=True, slots=True)
class Facts:
    """When, over what window, with which model, and what was found."""

    as_of: datetime
    window: timedelta
    model: Model
    networks: dict[str, NetworkFacts]
    accounts: int
    scored: int

    def anchors(self, network: str) -> Anchors:
        """Give the curve of a network; a person's row stands on the model's."""
        known = self.networks.get(network)
        return known.anchors if known else self.model.anchors


def write_facts(facts: Facts) -> bytes:
    """Write facts as JSON."""
    content = asdict(facts)
    content["window"] = facts.window.total_seconds()
    return orjson.dumps(content, option=orjson.OPT_INDENT_2)


def read_facts(content: bytes) -> Facts:
    """Read facts; the model is the one that scored, whatever is current now."""
    raw: dict[str, Any] = orjson.loads(content)
    networks = {
        name: NetworkFacts(
            Anchors(**row["anchors"]),
            row["band_calibrated"],
            row["scored"],
            row["profiles"],
            _rows(row["band"]),
            row["guarded"],
        )
        for name, row in raw["networks"].items()
    }
    return Facts(
        datetime.fromisoformat(raw["as_of"]),
        timedelta(seconds=raw["window"]),
        read_model_facts(raw["model"]),
        networks,
        raw["accounts"],
        raw["scored"],
    )


def read_model_facts(raw: dict[str, Any]) -> Model:
    """Read a model as `asdict` wrote it."""
    parts = {"anchors": Anchors(**raw["anchors"]), "band": _rows(raw["band"])}
    return Model(**(raw | parts))


def _rows(raw: list[dict[str, Any]]) -> tuple[BandRow, ...]:
    return tuple(BandRow(**(row | {"kept": tuple(row["kept"])})) for row in raw)
