"""No two signals say the same, on the real sets.

Two are too alike where log1p of them correlates (Pearson, over the scored accounts of a set) above
0.99 on every set on which both vary, and these are at least two; or where it does so over all sets
together, each set's values standardised first, so that sets which differ in size alone do not make
signals alike. On a set with one kind of act signals must coincide (on one of messages alone talk is
people): so a single set never decides. Sets of which no act is known (elections) have no signals.
"""

from datetime import UTC, datetime
from itertools import combinations
from pathlib import Path

import numpy as np
import pytest
from benchmarks.sets import SETS, RealSet
from numpy.typing import NDArray

from openclout.consent import Ledger
from openclout.pipeline.importing import ImportOptions, import_path
from openclout.pipeline.measuring import measure, read_evidence
from openclout.pipeline.scoring import latest_period
from openclout.settings import GIB, Settings
from openclout.signal import load_signals
from openclout.vocabulary.period import read_window
from openclout.warehouse.store import Warehouse

MOST = 0.99
NAMES = tuple(load_signals())
NOW = datetime(2026, 7, 1, tzinfo=UTC)


def standardised(chosen: RealSet, data: Path, folder: Path) -> NDArray[np.float64]:
    """Give log1p of every signal, mean 0 and deviation 1 (or 0), shape (accounts, signals)."""
    home = folder / chosen.name
    warehouse = Warehouse(home, Settings(home, 2, 2 * GIB), Ledger(home), folder)
    options = ImportOptions(columns=chosen.columns)
    import_path(data / chosen.path, warehouse, options, NOW, lambda _text: None)
    engine = warehouse.engine
    measure(engine, latest_period(engine, None, read_window(chosen.window), NOW), NAMES)
    found: NDArray[np.float64] = np.log1p(read_evidence(engine, NAMES).signals)
    warehouse.close()
    found -= found.mean(axis=0)
    found /= np.maximum(found.std(axis=0), 1e-12)
    return found


def alike(sets: list[NDArray[np.float64]]) -> list[tuple[int, int]]:
    """Give the pairs of signals that are too alike, by the rule above."""
    cosines = [found.T @ found / len(found) for found in sets]
    together = np.concatenate(sets)
    lengths = np.sqrt((together**2).sum(axis=0))
    pooled = (together.T @ together) / np.maximum(np.outer(lengths, lengths), 1e-9)
    found = []
    for a, b in combinations(range(together.shape[1]), 2):
        each = [one[a, b] for one in cosines if one[a, a] > 0.5 and one[b, b] > 0.5]
        if pooled[a, b] > MOST or (len(each) > 1 and min(each) > MOST):
            found.append((a, b))
    return found


def test_signals_that_say_the_same_are_found() -> None:
    random = np.random.default_rng(1)
    one, two = random.normal(size=(500, 3)), random.normal(size=(500, 3))
    nothing = np.zeros((500, 1))
    assert alike([one, two]) == []
    assert alike([np.c_[one, one[:, 0]], np.c_[two, two[:, 0]]]) == [(0, 3)]
    assert alike([np.c_[one, one[:, 0]], np.c_[two, random.normal(size=500)]]) == []
    assert alike([np.c_[one, one[:, 0]], np.c_[two, nothing]]) == []


@pytest.mark.slow
@pytest.mark.shared
def test_no_two_signals_say_the_same_on_the_real_sets(shared: Path, tmp_path: Path) -> None:
    known = [chosen for chosen in SETS if chosen.name != "elections"]
    sets = [standardised(chosen, shared, tmp_path) for chosen in known]
    assert [(NAMES[a], NAMES[b]) for a, b in alike(sets)] == []
    assert len(NAMES) > 55
