"""One network's part of the page: what is asked of the snapshot, ready to be set and drawn."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

import numpy as np
from markupsafe import Markup
from numpy.typing import NDArray

from openclout.report.charts.canvas import both
from openclout.report.charts.course import Course, Moved, course, moved
from openclout.report.charts.lettering import clean
from openclout.report.charts.matrix import matrix
from openclout.report.charts.parts import parts
from openclout.report.charts.rarity import rarity
from openclout.report.charts.scatter import MOST, Points, scatter
from openclout.report.charts.spread import spread
from openclout.report.palette import Color, family_colors
from openclout.report.ties import Tied, best_moments, read_ties
from openclout.scoring.explain import Explanation
from openclout.scoring.model import Model
from openclout.signal import FAMILIES, Signal, load_signals
from openclout.snapshot.facts import NetworkFacts
from openclout.snapshot.moment import Moment
from openclout.snapshot.reader import Row, Snapshot
from openclout.snapshot.series import SPANS, Past
from openclout.style import load_reasons, load_styles

Floats = NDArray[np.float64]
LEADERS = 25
EXPLAINED = 15
TIED = 10
_UNSURE = 5
"""How many of those without a place are named after the leaders; without leaders, LEADERS."""
_LEAST_SPREAD = 10
"""Fewer scored accounts are no distribution."""
_FOLLOWED = 12  # of the best, whose days are drawn
_TOPICS, _OF_TOPIC = 15, 3  # topics of a network, and people of each
_NAMED = 40  # of the best, who may be labelled in the scatter


@dataclass(frozen=True, slots=True)
class Part:
    """One signal that counts: its weight in the model, and its colour."""

    signal: Signal
    weight: float
    color: Color


@dataclass(frozen=True, slots=True)
class Explained:
    """A leader's score as shown parts that add up to it."""

    name: str
    score: float
    base: float
    points: tuple[float, ...]


@dataclass(frozen=True, slots=True)
class Styles:
    """The styles of a network: the drawing, who leads with which, and why many have none."""

    chart: Markup
    people: int
    leaders: Sequence[tuple[str, str, str]]
    reasons: Sequence[tuple[str, int]]


@dataclass(frozen=True, slots=True)
class Section:
    """What the page says of one network. Charts are empty where there are too few accounts.

    `since` is the day, about a week ago, that the changes are told from, where it was kept.
    """

    key: str
    network: str
    population: Row
    facts: NetworkFacts | None
    leaders: Sequence[Row]
    unsure: Sequence[Row]
    topics: Sequence[Row]
    explained: Sequence[Explained]
    charts: Mapping[str, Markup]
    since: date | None
    sampled: bool
    styles: Styles
    moments: Sequence[Moment]
    ties: Sequence[Tied]


def counted_parts(model: Model) -> list[Part]:
    """Give the signals that count, by family and weight, in their colours."""
    signals = load_signals()
    found = []
    for family in FAMILIES:
        mine = [name for name in model.counted if signals[name].family == family]
        shades = family_colors(family, len(mine))
        found += [
            Part(signals[name], model.weights[name], color)
            for name, color in zip(mine, shades, strict=True)
        ]
    return found


def read_section(snapshot: Snapshot, population: Row, key: str) -> Section:
    """Ask the snapshot for one network, and draw its charts."""
    network: str = population["network"]
    shown = clean(network)
    unsure = _UNSURE if population["ranked"] else LEADERS
    known = snapshot.facts.networks.get(network)
    facts = None if known is None or known.profiles else known
    rows = snapshot.scores(network)
    leaders = snapshot.top(network, LEADERS)
    explained = [(clean(row["label"]), snapshot.explain(row)) for row in leaders[:EXPLAINED]]
    counted = counted_parts(snapshot.facts.model)
    past, since = past_charts(snapshot, leaders[:_FOLLOWED], counted, [one for _, one in explained])
    return Section(
        key=key,
        network=shown,
        population=population,
        facts=facts,
        leaders=[named(row) for row in leaders],
        unsure=[named(row) for row in snapshot.provisional(network, unsure)],
        topics=[_of_topic(row) for row in snapshot.topics.board(network, _TOPICS, _OF_TOPIC)],
        explained=[_shown(name, found, counted) for name, found in explained],
        charts=_charts(shown, rows, explained, counted, snapshot.facts.model, facts) | past,
        since=since,
        sampled=len(rows) > MOST,
        styles=_styles(snapshot, network, leaders),
        moments=best_moments(snapshot, network),
        ties=read_ties(snapshot, leaders[:TIED]),
    )


def _styles(snapshot: Snapshot, network: str, leaders: Sequence[Row]) -> Styles:
    counts, known = snapshot.style_counts(network), load_styles()
    people = sum(counts.get(key, 0) for key in known)
    held = [(row, snapshot.style(row)["style"]) for row in leaders]
    marks = [(key, str(row["rank"])) for row, key in held if key]
    label = (
        f"Matrix of 16 styles, how many of {people:,} accounts on {clean(network)} are of each;"
        " the table below names the leaders"
    )
    reasons = [(why["en"], counts[key]) for key, why in load_reasons().items() if key in counts]
    return Styles(
        Markup("").join(matrix(counts, marks, label, narrow=narrow) for narrow in (False, True)),
        people,
        [
            (str(row["rank"]), clean(row["label"]), known[key].name["en"] if key else "–")
            for row, key in held
        ],
        sorted(reasons, key=lambda reason: -reason[1]),
    )


def named(row: Row) -> Row:
    """Give a row with a label that is safe to set."""
    return {**row, "label": clean(row["label"])}


def _of_topic(row: Row) -> Row:
    return {**row, "en": clean(row["en"]), "named": [named(one) for one in row["named"] or ()]}


def read_persons(snapshot: Snapshot, network: str | None) -> list[Row]:
    """Ask the snapshot for the highest persons, each with its `accounts`: what they bring."""
    return [
        {**named(row), "accounts": [named(one) for one in snapshot.members(row)]}
        for row in snapshot.persons(network, LEADERS)
    ]


def _shown(name: str, explained: Explanation, counted: Sequence[Part]) -> Explained:
    points = {part.signal.name: part.shown for part in explained.contributions}
    shown = tuple(points.get(part.signal.name, 0.0) for part in counted)
    return Explained(name, explained.score, explained.base_shown, shown)


def _charts(
    network: str,
    rows: Sequence[Row],
    explained: Sequence[tuple[str, Explanation]],
    counted: Sequence[Part],
    model: Model,
    facts: NetworkFacts | None,
) -> dict[str, Markup]:
    charts = _distribution(network, rows, model, facts) if len(rows) >= _LEAST_SPREAD else {}
    if explained:
        colors = {part.signal.name: part.color for part in counted}
        charts["parts"] = both(
            lambda narrow: parts(explained, colors, narrow),
            f"Stacked bars: what the {len(explained)} highest scores on {network} are made of;"
            " the table below has the numbers",
        )
    return charts


def _distribution(
    network: str, rows: Sequence[Row], model: Model, facts: NetworkFacts | None
) -> dict[str, Markup]:
    """Draw spread and rarity, and the scatter where more than profiles is known of the network."""
    score = _column(rows, "score")
    provisional = np.array([row["provisional"] for row in rows], bool)
    anchors, fixed = (facts.anchors, model) if facts else (None, None)
    own = facts is not None and facts.anchors.origin == "own"
    charts = {
        "spread": both(
            lambda narrow: spread(score, provisional, fixed, own, narrow),
            f"Histogram: how the {len(rows):,} scored accounts on {network} are spread by score;"
            f" half lie below {np.median(score):.1f}, the highest at {score.max():.1f}",
        ),
        "rarity": both(
            lambda narrow: rarity(score, model, anchors, narrow),
            f"Line: one in how many accounts on {network} reaches a score, from everybody at"
            f" {score.min():.1f} to one in {len(rows):,} at {score.max():.1f}",
        ),
    }
    if facts:
        charts["scatter"] = _scattered(network, rows, score)
    return charts


def _scattered(network: str, rows: Sequence[Row], score: Floats) -> Markup:
    names = ["" if row["provisional"] else clean(row["label"]) for row in rows[:_NAMED]]
    columns = (_column(rows, name) for name in ("reach", "amplification", "network_points"))
    points = Points(score, *columns)
    return both(
        lambda narrow: scatter(points, names, narrow),
        f"Scatter plot: reach against amplification of the scored accounts on {network}",
    )


def past_charts(
    snapshot: Snapshot, leaders: Sequence[Row], counted: Sequence[Part], now: Sequence[Explanation]
) -> tuple[dict[str, Markup], date | None]:
    """Draw the leaders' kept days, and what moved them since about a week ago; tell that day."""
    lines = [_course(row, snapshot.history.line(row)) for row in leaders]
    told = [line for line in lines if len(line.days) > 1]
    charts = {}
    if told:
        charts["course"] = both(
            lambda narrow: course(told, narrow),
            f"Lines: the scores of the {len(told)} highest over the kept days",
        )
    kept = snapshot.history.run_before(SPANS["week"])
    if kept is None or kept.rules != snapshot.history.rules:
        return charts, None
    pairs = zip(leaders, now, strict=False)
    people = [_moved(row, snapshot.history.at(row, kept), one) for row, one in pairs]
    moving = [one for one in people if one]
    if moving:
        colors = {part.signal.name: part.color for part in counted}
        charts["moved"] = both(
            lambda narrow: moved(moving, colors, narrow),
            f"Bars: what moved the scores of the {len(moving)} highest since {kept.day}",
        )
    return charts, kept.day if moving else None


def _course(row: Row, line: Sequence[Past]) -> Course:
    """Give an account's kept days, counted back from the last."""
    name, known = clean(row["label"]), [past for past in line if past.score is not None]
    last = known[-1].kept.as_of if known else None
    days = [(past.kept.as_of - last) / timedelta(days=1) for past in known if last]
    return Course(name, days, [past.score or 0.0 for past in known])


def _moved(row: Row, past: Past, now: Explanation) -> Moved | None:
    """Give what each signal changed since a kept run; None where there was no score then."""
    if past.score is None:
        return None
    points = {
        part.signal.name: part.points - past.points.get(part.signal.name, 0.0)
        for part in now.contributions
    }
    rest = now.score - past.score - sum(points.values())
    return Moved(clean(row["label"]), points, rest if abs(rest) > _LEAST_REST else 0.0)


_LEAST_REST = 0.01  # points; less is the rounding of what was kept


def _column(rows: Sequence[Row], name: str) -> Floats:
    return np.array([row[name] for row in rows], np.float64)
