"""Styling: where everybody stands on the axes of style, and which of the 16 styles that is."""

from collections.abc import Mapping, Sequence

import numpy as np

from openclout.habit import LEAST_DAYS, Doings, Ladder, Stand, find_ladders, follow, last_stand
from openclout.scoring.model import Model
from openclout.style import AXES, load_usual, styles_at
from openclout.vocabulary.period import Period
from openclout.warehouse.engine import Columns, Engine
from openclout.warehouse.habits import Habits, keep_ladders, kept_ladders
from openclout.warehouse.styled import make_styles

POOLED = ""  # the name under which the ladders of all networks together are kept


def style_all(engine: Engine, period: Period, model: Model) -> None:
    """Make the view `styles`: a row per account, see make_styles. Needs `persons`.

    The ladders are set once per network, window and model, and kept in the warehouse.
    """
    habits = Habits(engine, period)
    networks = dict(habits.networks())
    ladders = _ladders(engine, period, model, networks)
    alike = {name: "alike" for name in networks if name not in ladders}
    tables = [_styled(networks[name], mine) for name, mine in ladders.items()]
    make_styles(engine, tables, habits.lacks | alike)


def renew_ladders(engine: Engine, period: Period, model: Model) -> list[str]:
    """Set the ladders of every network with people enough anew, as the next version; name them."""
    renewed = []
    for name, stand in _measured(dict(Habits(engine, period).networks())).items():
        ladders = find_ladders(stand)
        if ladders and all(ladders):
            _keep(engine, period, model, name, ladders, stand)
            renewed.append(name)
    return [name for name in renewed if name != POOLED]


def _ladders(
    engine: Engine, period: Period, model: Model, networks: Mapping[str, Doings]
) -> dict[str, list[Ladder]]:
    """Give each network's ladders: kept ones, else its own, else the pooled, else the usual.

    A network on which nearly all do the same on an axis has none.
    """
    found: dict[str, list[Ladder] | None] = {**kept_ladders(engine, model.name, period.window)}
    missing = {name: doings for name, doings in networks.items() if name not in found}
    for name, stand in _measured(missing).items():
        ladders = None if name in found else find_ladders(stand)
        if ladders is None:
            continue
        whole = [ladder for ladder in ladders if ladder]
        found[name] = whole if len(whole) == len(AXES) else None
        if found[name]:
            _keep(engine, period, model, name, ladders, stand)
    pooled = found.get(POOLED) or load_usual()
    given = {name: found.get(name, pooled) for name in networks}
    return {name: ladders for name, ladders in given.items() if ladders}


def _measured(networks: Mapping[str, Doings]) -> Mapping[str, Stand]:
    """Give where the people of each network stand now and, under POOLED, those of all."""
    now = {name: last_stand(doings) for name, doings in networks.items()}
    if now:
        every = list(now.values())
        now[POOLED] = Stand(*(np.concatenate([getattr(one, part) for one in every])
                              for part in ("account", "share", "amount", "days")))  # fmt: skip
    return now


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
        "account": course.account,
        "style": np.where(course.shown, styles_at(course.sides), nothing),
        "why": np.where(course.shown, nothing, np.where(aimless, "aimless", "few")),
        **dict(zip(AXES, course.places.T, strict=True)),
    }
