"""A contest: several orders of the same accounts, judged by who was acted upon afterwards."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from openclout.evaluation.cut import Cut
from openclout.evaluation.metric import Order, Ranking, found, ndcg, spearman
from openclout.scoring.model import Model

Floats = NDArray[np.float64]

FIGURES = ("ndcg_20", "ndcg_100", "spearman_all", "spearman_active", "top_found")
LABELS = ("NDCG@20", "NDCG@100", "Spearman all", "active", "top found")
OURS = "OpenClout"
PLAIN = "OpenClout, no defence"
RESAMPLES = 200
_MOST_DRAWN = 2_000_000  # accounts drawn for one cut, at most; large cuts vary little
_SEED = 20261124
_TOP_SHARE, _MOST_TOP = 0.1, 100
_DIGITS = 4


@dataclass(frozen=True, slots=True)
class Entry:
    """A contestant's view of one cut: `values` by which it orders, `shown` as it presents them."""

    values: Floats
    shown: Floats


Contestant = Callable[[Cut], Entry]


@dataclass(frozen=True, slots=True)
class Figure:
    """A mean over cuts with its 90 % bootstrap interval over accounts; NaN where undefined."""

    value: float
    low: float
    high: float


@dataclass(frozen=True, slots=True)
class Verdict:
    """What a contest found: draws (1 + resamples, contestants, figures), the first as observed."""

    contestants: tuple[str, ...]
    draws: Floats

    def figure(self, contestant: str, name: str) -> Figure:
        """Give one figure of one contestant."""
        return _figure(self._column(contestant, name))

    def margin(self, contestant: str, name: str) -> Figure:
        """Give how far OpenClout is above a contestant, on the same resamples."""
        return _figure(self._column(OURS, name) - self._column(contestant, name))

    def value(self, contestant: str, name: str = "ndcg_100") -> float:
        """Give one figure without its interval."""
        return float(self._column(contestant, name)[0])

    def _column(self, contestant: str, name: str) -> Floats:
        return self.draws[:, self.contestants.index(contestant), FIGURES.index(name)]


def _figure(draws: Floats) -> Figure:
    known = draws[1:][~np.isnan(draws[1:])]
    low, high = np.quantile(known, [0.05, 0.95]) if len(known) else (np.nan, np.nan)
    value, low, high = (round(float(x), _DIGITS) for x in (draws[0], low, high))
    return Figure(value, low, high)


def by_model(model: Model, defended: bool = True) -> Contestant:
    """Give the contestant that is our score by a model; the quiet are one group below the rest.

    Nobody acted on them lately, and the score claims no order of them in what comes next.
    """

    def enter(cut: Cut) -> Entry:
        total = cut.total(model, defended)
        return Entry(total, np.where(cut.quiet, -1.0, total))

    return enter


def by_lens(name: str) -> Contestant:
    """Give the contestant that is a lens."""

    def enter(cut: Cut) -> Entry:
        values = cut.lenses[name]
        return Entry(values, values)

    return enter


def judge(cuts: Sequence[Cut], contestants: Mapping[str, Contestant]) -> Verdict:
    """Judge contestants over cuts: each figure is a mean of its values in the cuts."""
    by_cut = [_judged(cut, contestants, number) for number, cut in enumerate(cuts)]
    return Verdict(tuple(contestants), _mean(by_cut))


def overall(verdicts: Sequence[Verdict]) -> Verdict:
    """Give the mean over sets, each with the same say."""
    return Verdict(verdicts[0].contestants, _mean([one.draws for one in verdicts]))


def _mean(parts: Sequence[Floats]) -> Floats:
    """Average what is defined; a figure that no part defines stays NaN."""
    stacked = np.stack(parts)
    known = ~np.isnan(stacked)
    total: Floats = np.where(known, stacked, 0.0).sum(axis=0)
    count = known.sum(axis=0)
    return np.where(count > 0, total / np.maximum(count, 1), np.nan)


def _judged(cut: Cut, contestants: Mapping[str, Contestant], seed: int) -> Floats:
    """Give the draws of one cut: as observed, then over resamples of its accounts."""
    n = len(cut.later)
    truth = Order.of(cut.gain)
    entries = [contestant(cut) for contestant in contestants.values()]
    orders = [_orders(entry) for entry in entries]
    rng = np.random.default_rng((_SEED, seed))
    resamples = max(min(RESAMPLES, _MOST_DRAWN // n), 20)
    draws = np.empty((RESAMPLES + 1, len(orders), len(FIGURES)))
    for number in range(resamples + 1):
        times = _drawn(rng, n) if number else np.ones(n)
        draws[number] = _figures(orders, truth, cut, times)
    draws[resamples + 1 :] = draws[1 + np.arange(RESAMPLES - resamples) % resamples]
    return draws


def _orders(entry: Entry) -> tuple[Order, Order]:
    order = Order.of(entry.values)
    return order, order if entry.shown is entry.values else Order.of(entry.shown)


def _drawn(rng: np.random.Generator, n: int) -> Floats:
    """Tell how often each of n accounts stands in a resample of n."""
    return np.bincount(rng.integers(n, size=n), minlength=n).astype(np.float64)


def _figures(
    orders: Sequence[tuple[Order, Order]], truth: Order, cut: Cut, times: Floats
) -> list[list[float]]:
    """Give the FIGURES of each order (by value, as shown); `times`: how often accounts count."""
    k = max(min(int(_TOP_SHARE * len(times)), _MOST_TOP), 1)
    ideal, active = Ranking(truth, times), Ranking(truth, times * ~cut.quiet)
    rows = []
    for order, shown in orders:
        ranking = Ranking(order, times)
        rows.append([
            ndcg(ranking, ideal, cut.gain, 20),
            ndcg(ranking, ideal, cut.gain, 100),
            spearman(ranking if shown is order else Ranking(shown, times), ideal),
            spearman(Ranking(order, active.times), active),
            found(ranking, ideal, k),
        ])  # fmt: skip
    return rows


def quality(cuts: Sequence[Cut], model: Model) -> float:
    """Give the mean NDCG@100 of a model over cuts, without an interval."""
    return float(np.mean([values_quality(cut, cut.total(model)) for cut in cuts]))


def values_quality(cut: Cut, values: Floats) -> float:
    """Give the NDCG@100 of values over the accounts of one cut."""
    once = np.ones(len(values))
    ideal = Ranking(Order.of(cut.gain), once)
    return ndcg(Ranking(Order.of(values), once), ideal, cut.gain, 100)
