"""Scores per topic: the same model, curves and bands; rank and percentile among a topic's people.

The anchors of the network stay: a topic score is what the acts upon posts of that topic alone would
earn, so it is comparable from topic to topic and never above the score (docs/decisions/).
"""

from collections.abc import Mapping

import numpy as np
from numpy.typing import NDArray

from openclout.scoring.cohort import percentiles, ranks
from openclout.scoring.model import Model
from openclout.scoring.run import Curve, Evidence, score_network

Columns = dict[str, NDArray[np.generic]]
LEAST_PEOPLE = 10
"""A topic with fewer scored people has no ranks and no percentiles: there is nobody to compare."""
_KEPT = ("score", "low", "high", "provisional", "quiet", "evidence")


def score_topics(
    evidence: Evidence, topic: NDArray[np.int64], model: Model, curves: Mapping[int, Curve]
) -> Columns:
    """Score pairs of account and topic; arrays of one length, sorted by account and topic.

    `curves` are by the network's number; networks without one are left out. Gives `account`,
    `topic`, the score's fields, and `rank`, `percentile` (NaN where there is none), `people`.
    """
    nobody = {-1: Curve(model.anchors, model.band, False)}  # the same columns, no row
    tables = []
    for number, curve in sorted(curves.items() or nobody.items()):
        mine = evidence.network == number
        scored = score_network(evidence.only(mine), model, curve)
        tables.append({"account": scored["account"], "topic": topic[mine],
                       **{name: scored[name] for name in _KEPT}})  # fmt: skip
    names = ("account", "topic", *_KEPT)
    found = {name: np.concatenate([table[name] for table in tables]) for name in names}
    return {**found, **_places(found["topic"], found["score"], found["provisional"])}


def _places(
    topic: NDArray[np.generic], score: NDArray[np.generic], provisional: NDArray[np.generic]
) -> Columns:
    """Give rank and percentile among the people of each topic, and how many these are."""
    scores, unsure = score.astype(np.float64), provisional.astype(bool)
    rank, percentile = np.full(len(scores), np.nan), np.full(len(scores), np.nan)
    people = np.zeros(len(scores), np.int64)
    order = np.argsort(topic, kind="stable")
    bounds = np.flatnonzero(np.diff(topic[order].astype(np.int64))) + 1
    for members in np.split(order, bounds):
        people[members] = len(members)
        if len(members) >= LEAST_PEOPLE:
            sure = members[~unsure[members]]
            rank[sure] = ranks(scores[sure])
            percentile[members] = percentiles(scores[members])
    percentile[unsure] = np.nan
    return {"rank": rank, "percentile": percentile, "people": people}
