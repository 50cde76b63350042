"""Persons: the accounts that are proved to belong together, measured and scored as one."""

from collections.abc import Mapping

import numpy as np
from numpy.typing import NDArray

from openclout.person import join_accounts
from openclout.pipeline.measuring import fused_signals
from openclout.scoring import pool
from openclout.scoring.model import Anchors, Model
from openclout.scoring.run import Curve, Evidence, totals
from openclout.signal import RELATIONS
from openclout.warehouse.engine import Columns, Engine
from openclout.warehouse.measure import network_names, network_numbers
from openclout.warehouse.pooling import make_pooled

Floats = NDArray[np.float64]
_FAMILIES = ("reach", "amplification", "network_points")


def join_persons(engine: Engine) -> None:
    """Make `persons` (person, account) out of the proofs; the numbers of persons mean nothing."""
    proofs = engine.columns("select account, other from proofs")
    person, account = join_accounts(
        proofs["account"].astype(np.int64), proofs["other"].astype(np.int64)
    )
    engine.load("persons", {"person": person, "account": account})


def score_persons(
    engine: Engine,
    model: Model,
    curves: Mapping[str, Curve],
    reference: Anchors,
    evidence: Evidence,
    names: tuple[str, ...],
) -> None:
    """Make `person_scored` (a row per person) and `brought` (a row per scored account of one).

    Needs `scored` and the relations of the window just measured; `reference` are the anchors of the
    curve on which accounts of several networks are added. `names` are the signals that were
    measured.
    """
    if not engine.value("select count(*) from persons"):
        return
    make_pooled(engine, fused_signals(names), RELATIONS)
    found = engine.columns(
        f"select p.person, s.* exclude (curve), {network_numbers('a.network')} as network"
        " from persons p join scored s using (account) join accounts a using (account)"
        " order by p.person, a.network, a.id"
    )
    known = [curves.get(name) for name in network_names(engine)]
    anchors = [curve.anchors if curve else reference for curve in known]
    members = _members(found, pool.line_of(model, anchors), _totals(found, evidence, model))
    keys = np.unique(found["person"])
    seen = _seen(engine, keys, model)
    done = pool.pool(members, totals(seen, model), pool.line_of(model, [reference]))
    origins = np.array([one.origin for one in anchors])[found["network"]]
    rows = _rows(found, members, done, seen, model.provisional_below)
    rows |= {"person": keys, "curve": origins[done.best], **_places(engine, rows)}
    engine.load("person_scored", rows)
    brought = {"account": found["account"], "worth": done.worth, "brings": done.brings}
    engine.load("brought", brought)


def _members(found: Columns, line: pool.Line, total: Floats) -> pool.Members:
    """Give the members, with each network's `line` at its number."""
    network = found["network"]
    _keys, person = np.unique(found["person"], return_inverse=True)
    return pool.Members(
        person.astype(np.int64),
        found["score"],
        found["low"],
        found["high"],
        found["score"] - found["base"],
        total,
        pool.Line(line.start[network], line.slope[network]),
    )


def _totals(found: Columns, evidence: Evidence, model: Model) -> Floats:
    """Give R of the accounts found, 0 where nobody acted."""
    place = np.searchsorted(evidence.account, found["account"])
    known = np.append(evidence.account, -1)[place] == found["account"]
    return np.where(known, np.append(totals(evidence, model), 0.0)[place], 0.0)


def _seen(engine: Engine, keys: NDArray[np.int64], model: Model) -> Evidence:
    """Give the pooled signals of the persons `keys`, in their order; zeros where nobody acted."""
    names = model.counted
    values = ", ".join(f'coalesce("{name}", 0)::double as "{name}"' for name in names)
    engine.load("person_keys", {"person": keys})
    found = engine.columns(
        f"select coalesce(evidence, 0)::double as evidence, coalesce(latest, 0)::double as latest,"
        f" {values} from person_keys left join pooled using (person) order by person"
    )
    signals = np.column_stack([found[name] for name in names]).reshape(-1, len(names))
    nowhere = np.zeros(len(keys), np.int64)
    return Evidence(keys, nowhere, signals, names, found["evidence"], found["latest"])


def _rows(
    found: Columns, members: pool.Members, done: pool.Pooled, seen: Evidence, least: float
) -> Columns:
    """Give a row per person; with evidence of fewer than `least` people it is provisional."""
    return {
        "best": found["account"][done.best],
        "score": done.score,
        "low": done.low,
        "high": done.high,
        "provisional": seen.evidence < least,
        "quiet": seen.quiet,
        "uncalibrated": found["uncalibrated"][done.best],
        "unguarded": found["unguarded"][done.best],
        "evidence": seen.evidence,
        "base": found["base"][done.best],
        **_families(found, members, done),
    }


def _places(engine: Engine, rows: Columns) -> Columns:
    """Give the places among all persons, accounts that no proof joins among them."""
    others = engine.columns(
        "select score, provisional from scored anti join persons using (account)"
    )
    ranked = others["score"][~others["provisional"].astype(bool)]
    return dict(pool.places(rows["score"], rows["provisional"], others["score"], ranked))


def _families(found: Columns, members: pool.Members, done: pool.Pooled) -> dict[str, Floats]:
    """Give the points per family: each account's own, as far as they count for the person."""
    counts = np.divide(
        done.brings, members.points, out=np.zeros(len(done.brings)), where=members.points > 0
    )
    return {
        name: np.bincount(members.person, counts * found[name], members.persons).astype(float)
        for name in _FAMILIES
    }
