"""A proof as plain data: what was judged, how each contestant did, where it fell short.

It holds counts and figures only, no account: so it may be kept and shown whoever opts out.
"""

from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np

from openclout.evaluation.contest import FIGURES, OURS, Figure, Verdict, overall
from openclout.evaluation.cut import Cut

Proof = dict[str, Any]


def set_rows(groups: Mapping[str, Sequence[Cut]], verdicts: Mapping[str, Verdict]) -> Proof:
    """Give `sets` (by name: its cuts, and a row per contestant) and the rows of their `mean`."""
    sets = {
        name: {"cuts": [_cut_facts(cut) for cut in cuts], "rows": rows(verdicts[name])}
        for name, cuts in groups.items()
    }
    return {"sets": sets, "mean": rows(overall(list(verdicts.values())))}


def rows(verdict: Verdict) -> list[dict[str, Any]]:
    """Give a row per contestant: OpenClout first, then by NDCG@100; null where undefined."""
    others = [name for name in verdict.contestants if name != OURS]
    others.sort(key=lambda name: (-np.nan_to_num(verdict.value(name), nan=-1.0), name))
    return [_row(verdict, name) for name in [OURS, *others]]


def _row(verdict: Verdict, name: str) -> dict[str, Any]:
    row: dict[str, Any] = {"who": name}
    row |= {figure: _numbers(verdict.figure(name, figure)) for figure in FIGURES}
    row["margin"] = _numbers(verdict.margin(name, "ndcg_100"))
    return row


def _numbers(figure: Figure) -> list[float] | None:
    """Give value, low and high; JSON has no NaN."""
    found = [figure.value, figure.low, figure.high]
    return None if np.isnan(found).any() else found


def _cut_facts(cut: Cut) -> dict[str, Any]:
    return {
        "as_of": cut.as_of.isoformat(timespec="seconds"),
        "horizon_days": round(cut.h.total_seconds() / 86400, 4),
        "scored": len(cut.later),
        "active": int((~cut.quiet).sum()),
        "acted_upon_later": int(np.count_nonzero(cut.later)),
        "unseen_before": cut.unseen,
    }
