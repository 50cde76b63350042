"""Experts: does the topic score tell whose answers will be accepted, on the beer Stack Exchange?"""

import tempfile
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from benchmarks.sets import DATA
from openclout.consent import Ledger
from openclout.evaluation.metric import Order, Ranking, ndcg
from openclout.pipeline.importing import ImportOptions, import_path
from openclout.pipeline.scoring import Run, score
from openclout.pipeline.topics import make_topics
from openclout.scoring.model import load_model
from openclout.settings import read_settings
from openclout.topics.matcher import Matcher
from openclout.topics.vocabulary import load_vocabulary
from openclout.vocabulary.period import Period
from openclout.warehouse.engine import Engine
from openclout.warehouse.store import Warehouse

CUTS = tuple(
    datetime(year, month, 1, tzinfo=UTC) for year in range(2015, 2020) for month in (1, 7)
)[:9]
WINDOW, LATER = timedelta(days=720), timedelta(days=365)
LEAST_ACCEPTED = 2
_AT = 10
_DRAWS = 2000
WAYS = ("topic score", "whole score", "votes", "votes in the topic", "topic and whole score, added")
_SIZES = ((2, 4), (5, 9), (10, 10_000))
Floats = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Pair:
    """One date and topic: NDCG by way of ranking, and how many answers were accepted later."""

    topic: str
    accepted: int
    ndcg: tuple[float, ...]


def judge_cut(engine: Engine, run: Run) -> Iterator[Pair]:
    """Judge the topics of one date; needs what make_topics made."""
    later = _accepted_later(engine, run.period)
    people = [row[0] for row in engine.rows("select account from scored order by account")]
    place = {account: number for number, account in enumerate(people)}
    whole = _by_account(engine, "select account, score from scored", place)
    votes = _by_account(engine, f"{_VOTES} group by 1", place)
    for topic, gains in sorted(later.items()):
        gain = np.zeros(len(people))
        for account, count in gains.items():
            if account in place:
                gain[place[account]] = count
        if gain.sum() < LEAST_ACCEPTED:
            continue
        number = engine.value("select topic from topic_names where slug = ?", (topic,))
        mine = f"select account, score from topic_scores where topic = {number}"
        within = f"{_VOTES} and a.object in (select post from post_topics where topic = {number})"
        own = _by_account(engine, mine, place)
        voted = _by_account(engine, f"{within} group by 1", place)
        values = (own, whole, votes, voted, own + whole)
        yield Pair(topic, int(gain.sum()), tuple(_ndcg(value, gain) for value in values))


_VOTES = (
    "select a.target, sum(a.count)::double from acts a where a.kind = 'like'"
    " and a.target is not null"
)


def _by_account(engine: Engine, sql: str, place: Mapping[int, int]) -> Floats:
    found = np.zeros(len(place))
    for account, value in engine.rows(sql):
        if account in place:
            found[place[account]] = value
    return found


def _ndcg(values: Floats, gain: Floats) -> float:
    ones = np.ones(len(values))
    return ndcg(Ranking(Order.of(values), ones), Ranking(Order.of(gain), ones), gain, _AT)


def _accepted_later(engine: Engine, period: Period) -> dict[str, dict[int, int]]:
    """Count accepted answers after the date, by topic of the question's tags and by author."""
    rows = engine.rows(
        "select n.slug, i.target, count(*) from interactions i join posts a on a.post = i.object"
        " join posts q on q.post = a.in_reply_to, unnest(q.tags) t(tag)"
        " join topic_tags k on k.tag = t.tag join topic_names n on n.slug = k.topic"
        " where i.kind = 'accept' and i.published > ? and i.published <= ?"
        " and i.target is not null group by 1, 2",
        (period.as_of.replace(tzinfo=None), (period.as_of + LATER).replace(tzinfo=None)),
    )
    found: dict[str, dict[int, int]] = {}
    for topic, account, count in rows:
        found.setdefault(topic, {})[account] = count
    return found


def _load_tags(engine: Engine, matcher: Matcher) -> None:
    """Make `topic_tags`: the topic that each tag in use means."""
    tags = [row[0] for row in engine.rows("select distinct unnest(tags) from posts order by 1")]
    known = [(tag, found[0][0]) for tag in tags if (found := matcher.match(None, (tag,), None))]
    columns = zip(*known, strict=True)
    names = ("tag", "topic")
    engine.load("topic_tags", {name: np.array(column, object)
                               for name, column in zip(names, columns, strict=True)})  # fmt: skip


@contextmanager
def opened_beer(folder: Path) -> Iterator[Engine]:
    """Import the beer set into a new folder."""
    data, scratch = folder / "data", folder / "scratch"
    scratch.mkdir()
    warehouse = Warehouse(data, read_settings(data), Ledger(data), scratch)
    file = DATA / "stackexchange/beer-2020.tar.xz"
    import_path(file, warehouse, ImportOptions(), datetime.now(UTC), _silent)
    yield warehouse.engine
    warehouse.close()


def judge_all() -> list[Pair]:
    """Judge every date."""
    found: list[Pair] = []
    with tempfile.TemporaryDirectory() as folder, opened_beer(Path(folder)) as engine:
        for cut in CUTS:
            period = Period(cut, WINDOW)
            run = score(engine, period, load_model(), _silent, band=False)
            vocabulary = make_topics(engine, run, load_vocabulary())
            _load_tags(engine, Matcher(vocabulary))
            found.extend(judge_cut(engine, run))
    return found


def _silent(_text: str) -> None:
    """Say nothing."""


def expert_figures() -> dict[str, str]:
    """Measure; give the figures by their names on the page."""
    pairs = judge_all()
    values = np.array([pair.ndcg for pair in pairs])
    topics = np.unique([pair.topic for pair in pairs], return_inverse=True)[1]
    rows = [f"| {WAYS[0]} | {values[:, 0].mean():.3f} | |"]
    for number, way in enumerate(WAYS[1:], start=1):
        better = values[:, 0] - values[:, number]
        low, high = _interval(better, topics)
        rows.append(
            f"| {way} | {values[:, number].mean():.3f} |"
            f" {better.mean():+.3f} ({low:+.3f} to {high:+.3f}) |"
        )
    return {
        "cuts": str(len(CUTS)),
        "window": str(WINDOW.days),
        "pairs": f"{len(pairs):,}",
        "least_accepted": str(LEAST_ACCEPTED),
        "experts": "\n".join(rows),
        "sizes": "\n".join(_size_row(pairs, values, least, most) for least, most in _SIZES),
    }


def _interval(values: Floats, groups: NDArray[np.int64]) -> tuple[float, float]:
    """Give the 95 % interval of the mean, by drawing topics with all of their dates."""
    count = int(groups.max()) + 1
    sums = np.bincount(groups, values, count)
    sizes = np.bincount(groups, minlength=count)
    drawn = np.random.default_rng(1).integers(0, count, (_DRAWS, count))
    means = sums[drawn].sum(axis=1) / sizes[drawn].sum(axis=1)
    low, high = np.quantile(means, (0.025, 0.975))
    return float(low), float(high)


def _size_row(pairs: Sequence[Pair], values: Floats, least: int, most: int) -> str:
    chosen = np.array([least <= pair.accepted <= most for pair in pairs])
    name = f"{least} to {most}" if most < _SIZES[-1][1] else f"{least} or more"
    means = " | ".join(f"{value:.3f}" for value in values[chosen].mean(axis=0))
    return f"| {name} | {chosen.sum()} | {means} |"
