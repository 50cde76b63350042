"""Topic bands: do they hold the topic score of the next window, on the beer Stack Exchange?"""

import tempfile
from datetime import UTC, datetime, timedelta
from itertools import pairwise
from pathlib import Path

import numpy as np

from benchmarks.topic_experts import opened_beer
from openclout.pipeline.scoring import score
from openclout.pipeline.topics import make_topics
from openclout.scoring.model import load_model
from openclout.scoring.run import nobodys
from openclout.scoring.topics import LEAST_PEOPLE
from openclout.topics.vocabulary import load_vocabulary
from openclout.vocabulary.period import Period
from openclout.warehouse.engine import Engine

WINDOW = timedelta(days=180)
LAST = datetime(2020, 5, 1, tzinfo=UTC)
_WINDOWS = 4
Places = dict[tuple[int, str], tuple[float, float, float, int]]
"""By account and topic: score, low, high, and the topic's people."""


def read_places(engine: Engine, period: Period) -> tuple[Places, float]:
    """Score the topics of one window; give them, and the score of one whom nobody moves."""
    run = score(engine, period, load_model(), lambda _text: None)
    make_topics(engine, run, load_vocabulary())
    rows = engine.rows(
        "select s.account, n.slug, s.score, s.low, s.high, s.people from topic_scores s"
        " join topic_names n using (topic)"
    )
    [curve] = run.curves.values()
    found = {(account, topic): (value, low, high, people)
             for account, topic, value, low, high, people in rows}  # fmt: skip
    return found, nobodys(run.model, curve.anchors)


def band_figures() -> dict[str, str]:
    """Judge the bands of some windows, each by the next; give the figures for the page."""
    with tempfile.TemporaryDirectory() as folder, opened_beer(Path(folder)) as engine:
        periods = [Period(LAST - n * WINDOW, WINDOW) for n in reversed(range(_WINDOWS))]
        windows = [read_places(engine, period) for period in periods]
    held, width = [], []
    for (before, _nobody), (after, nobody) in pairwise(windows):
        for key, (_score, low, high, people) in before.items():
            if people >= LEAST_PEOPLE:
                later = after[key][0] if key in after else nobody
                held.append(low - 1e-9 <= later <= high + 1e-9)
                width.append((high - low) / 2)
    return {
        "band_pairs": f"{len(held):,}",
        "band_days": str(WINDOW.days),
        "band_held": f"{100 * np.mean(held):.0f}",
        "band_width": f"{np.mean(width):.1f}",
    }
