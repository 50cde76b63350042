"""The backtest: a model and every lens, judged on cuts by who was acted upon after them."""

from openclout.errors import InputError
from openclout.evaluation.cut import LEAST_ACCOUNTS, candidate_signals
from openclout.evaluation.fitting import (
    Groups,
    Progress,
    Rules,
    judge_sets,
    learn,
    leave_one_out,
    shared,
)
from openclout.evaluation.proof import Proof, set_rows
from openclout.scoring.model import Model


def backtest(groups: Groups, model: Model, apart: bool, progress: Progress) -> Proof:
    """Judge a model on every group of cuts, or with `apart` weights fitted on the other groups.

    Raises InputError where there is no cut to judge by, or no other group to learn from.
    """
    if not groups:
        raise InputError(
            f"there is nothing to judge by: no cut has a window of data before it,"
            f" {LEAST_ACCOUNTS} scored accounts in it and three of them acted upon after it",
            fix="bring more data, or a shorter --window",
        )
    if apart and len(groups) < 2:
        raise InputError(
            "one set has no others to learn from", place="--leave-one-out", fix="name more sets"
        )
    if apart:
        progress("fitting")
        rules = Rules(model, shared(groups, candidate_signals()))
        models = leave_one_out(learn(groups, rules), rules)
    else:
        models = dict.fromkeys(groups, model)
    proof: Proof = {"kind": "backtest", "model": "left out" if apart else model.name}
    return proof | set_rows(groups, judge_sets(groups, models, progress))
