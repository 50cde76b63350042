"""Bought crowds through the command line: a guarded network hears ten thousand like one."""

from typing import Any

import numpy as np
import orjson
import pytest
from tests.system.conftest import HEADER, Clout, Write

PEOPLE = 40
DAYS = 200


def year(seed: int) -> list[str]:
    """Give the acts of a community: on each day some people act upon some others."""
    rng = np.random.default_rng(seed)
    rows = []
    for day in range(DAYS):
        for source, target in rng.integers(PEOPLE, size=(25, 2)):
            if source != target:
                when = np.datetime64("2026-01-01") + np.timedelta64(int(day), "D")
                rows.append(f"net,like,p{source},p{target},{when},,,,,,\n")
    return rows


def score_of(clout: Clout, who: str) -> dict[str, Any]:
    """Score anew, and give somebody's row."""
    clout.run("score", "--window", "90d", code=0)
    found: dict[str, Any] = orjson.loads(clout.run("show", f"net:{who}", "--json", code=0).out)
    return found


@pytest.mark.parametrize("fakes", [10, 3000])
def test_fakes_move_nobody_where_there_is_a_past(clout: Clout, write: Write, fakes: int) -> None:
    clout.bring(write("year.csv", HEADER + "".join(year(1))), "--as", "interactions")
    before = score_of(clout, "p7")
    bought = [f"net,like,fake{n},p7,2026-07-{1 + n % 19:02d},,,,,,\n" for n in range(fakes)]
    ring = [f"net,like,fake{n},fake{(n + 1) % fakes},2026-07-02,,,,,,\n" for n in range(fakes)]
    clout.bring(write("bought.csv", HEADER + "".join(bought + ring)), "--as", "interactions")
    after = score_of(clout, "p7")
    assert not before["unguarded"]
    assert after["engagers"] >= fakes  # they are shown
    assert abs(after["score"] - before["score"]) < 3  # and hardly heard


def test_without_a_past_scores_say_unguarded(clout: Clout, write: Write) -> None:
    clout.bring(write("week.csv", HEADER + "".join(year(2)[-150:])), "--as", "interactions")
    assert score_of(clout, "p7")["unguarded"]
    assert "unguarded" in clout.run("show", "net:p7", code=0).out
