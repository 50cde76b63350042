"""Styling: where everybody stands on the axes of style, and which of the 16 styles that is."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from openclout.habit import LEAST_DAYS, Doings, Ladder, Stand, find_ladders, follow, stands
from openclout.scoring.model import Model
from openclout.style import AXES, load_usual, styles_at
from openclout.vocabulary.period import Period
from openclout.warehouse.engine import Columns, Engine
from openclout.warehouse.habits import Habits, keep_ladders, kept_ladders
from openclout.warehouse.styled import make_styles

POOLED = ""  # the name under which the ladders of all networks together are kept


@dataclass(frozen=True, slots=True)
class Network:
    """One network: what its people did, and what the data lack so that no style can be told."""

    name: str
    doings: Doings
    lacking: str | None


def style_all(engine: Engine, period: Period, model: Model) -> None:
    """Make the view `styles`: a row per account, see make_styles. Needs `persons`.

    The ladders are set once per network, window and model, and kept in the warehouse.
    """
    networks = [Network(*found) for found in Habits(engine, period).networks()]
    ladders = _ladders(engine, period, model, networks)
    tables = []
    lacks: dict[str, str] = {}
    for network in networks:
        mine = ladders.get(network.name)
        lacking = network.lacking or (None if mine else "alike")
        if lacking or not mine:
            lacks[network.name] = str(lacking)
        else:
            tables.append(_styled(network.doings, mine))
    make_styles(engine, tables, lacks)


def renew_ladders(engine: Engine, period: Period, model: Model) -> list[str]:
    """Set the ladders of every network with people enough anew, as the next version; name them."""
    networks = [Network(*found) for found in Habits(engine, period).networks()]
    found = {network.name: network for network in networks if not network.lacking}
    renewed = []
    for name, stand in _measured(list(found.values())).items():
        ladders = find_ladders(stand)
        if ladders and all(ladders):
            _keep(engine, period, model, name, ladders, stand)
            renewed.append(name)
    return [name for name in renewed if name != POOLED]


def _ladders(
    engine: Engine, period: Period, model: Model, networks: Sequence[Network]
) -> dict[str, list[Ladder]]:
    """Give each network's ladders: kept ones, else its own, else the pooled, else the usual.

    A network on which nearly all do the same on an axis has none.
    """
    kept = kept_ladders(engine, model.name, period.window)
    able = [network for network in networks if not network.lacking]
    missing = [network for network in able if network.name not in kept]
    found: dict[str, list[Ladder] | None] = dict(kept)
    for name, stand in _measured(missing).items() if missing else ():
        ladders = find_ladders(stand)
        if ladders is None or name in kept:
            continue
        whole = [ladder for ladder in ladders if ladder]
        found[name] = whole if len(whole) == len(AXES) else None
        if found[name]:
            _keep(engine, period, model, name, ladders, stand)
    pooled = found.get(POOLED) or load_usual()
    given = {network.name: found.get(network.name, pooled) for network in able}
    return {name: ladders for name, ladders in given.items() if ladders}


def _measured(networks: Sequence[Network]) -> Mapping[str, Stand]:
    """Give where the people of each network stand now and, under POOLED, those of all."""
    now = {network.name: _last(network.doings) for network in networks}
    if now:
        every = list(now.values())
        now[POOLED] = Stand(*(np.concatenate([getattr(one, part) for one in every])
                              for part in ("account", "share", "amount", "days")))  # fmt: skip
    return now


def _last(doings: Doings) -> Stand:
    *_, last = stands(doings)
    return last


def _keep(
    engine: Engine,
    period: Period,
    model: Model,
    name: str,
    ladders: Sequence[Ladder | None],
    stand: Stand,
) -> None:
    named = {axis: ladder for axis, ladder in zip(AXES, ladders, strict=True) if ladder}
    keep_ladders(engine, model.name, name, period, named, int(stand.enough.sum()))


def _styled(doings: Doings, ladders: list[Ladder]) -> Columns:
    """Give the table of one network: `account`, `style`, `why` and the places on the axes."""
    course = follow(doings, ladders)
    nothing = np.array(None, dtype=object)
    aimless = ~course.measured & (course.days >= LEAST_DAYS)
    return {
        "account": np.unique(doings.account),
        "style": np.where(course.shown, styles_at(course.sides), nothing),
        "why": np.where(course.shown, nothing, np.where(aimless, "aimless", "few")),
        **dict(zip(AXES, course.places.T, strict=True)),
    }
