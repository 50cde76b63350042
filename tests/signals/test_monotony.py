"""No received act ever lowers a signal or a score: in random worlds one more act is received.

It comes from anybody, or from somebody without a name, upon a post or not, at any time of the
window. Posts have tags and languages, answer one another, some are older than the window. Two
thirds of the worlds have a past, in which three of the six were known: there counts who is sure, by
coming back or by coming unasked. Two partners in common are a circle, as there are but six people.
"""

from datetime import UTC, datetime, timedelta

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from numpy.typing import NDArray
from tests.conftest import World

from openclout import credibility
from openclout.pipeline.measuring import measure, read_evidence
from openclout.scoring.model import load_model
from openclout.scoring.run import totals
from openclout.signal import load_signals
from openclout.vocabulary.interaction import KINDS
from openclout.vocabulary.period import Period
from openclout.warehouse.engine import Engine

NAMES = ("ann", "bob", "cat", "dan", "eve", "fay")
PERIOD = Period(datetime(2026, 1, 5, tzinfo=UTC), timedelta(days=4))
SIGNALS = tuple(name for name, signal in load_signals().items() if signal.family != "activity")
LANGUAGES = ("de", "en", "fr")
OLDER = 12  # accounts that made the past
BEFORE = 5 * 86400  # seconds before the moment: before the window

kinds = st.sampled_from(KINDS)
sources = st.sampled_from([*range(len(NAMES)), None])
targets = st.sampled_from(range(len(NAMES)))
posts = st.sampled_from([None, 1, 2, 3])
ages = st.integers(0, 4 * 24 - 1).map(lambda hours: hours * 3600 + 60)
acts = st.tuples(kinds, sources, targets, posts, ages)
Act = tuple[str, int | None, int, int | None, int]


@st.composite
def worlds(draw: st.DrawFn) -> tuple[list[Act], Act]:
    """Draw acts and one more: half of these from somebody to somebody who is among them already."""
    rows = draw(st.lists(acts, min_size=4, max_size=25))
    more = draw(acts)
    if draw(st.booleans()):
        _, source, target, _, _ = draw(st.sampled_from(rows))
        more = (more[0], source, target, *more[3:])
    return rows, more


def post_number(post: int, author: int) -> int:
    """Give the number of one of an author's posts."""
    return post * 10 + author


def written(engine: Engine, numbers: list[int]) -> None:
    """Let everybody write three posts: the second answers another's first, the third is old."""
    for author, account in enumerate(numbers):
        for post in (1, 2, 3):
            day = datetime(2025, 12, 30) if post == 3 else datetime(2026, 1, post, 7)  # noqa: DTZ001
            answered = post_number(1, (author + 1) % len(NAMES)) if post == 2 else None
            engine.run(
                "insert into posts values (?, 'net', ?, ?, ?, null, ?, ?, ?, null, null)",
                (post_number(post, author), f"{post}/{author}", account, day,
                 ["tea", f"t{author}"][: post % 3], LANGUAGES[author % 3], answered),
            )  # fmt: skip


def make_past(engine: Engine, numbers: list[int], older: list[int], times: int) -> None:
    """Keep a past apart in which everybody older acted on one another, and some on three more.

    On several days where `times` is two: there, coming back is the custom.
    """
    pairs = [(one, two) for one in older for two in older if one != two]
    pairs += [(one, number) for one in older[:5] for number in numbers[:3]]
    engine.run(f"create or replace table history{times} as from interactions limit 0")
    for row, (source, target) in enumerate(pairs * times):
        age = timedelta(seconds=BEFORE, days=row % 7 + row // len(pairs))
        engine.run(
            f"insert into history{times}"
            " values ('like', ?, ?, null, ?, 1, null, null, 1, ?, null, null)",
            (source, target, PERIOD.as_of.replace(tzinfo=None) - age, 1000 + row),
        )


def values(
    engine: Engine, numbers: list[int], rows: list[Act], past: int
) -> list[NDArray[np.float64]]:
    """Give R and every signal of every account of a world that consists of these acts."""
    engine.run("delete from interactions")
    if past:
        engine.run(f"insert into interactions from history{past}")
    for row, (kind, source, target, post, age) in enumerate(rows):
        engine.run(
            "insert into interactions values (?, ?, ?, ?, ?, 1, null, null, 1, ?, null, null)",
            (kind, None if source is None else numbers[source], numbers[target],
             post and post_number(post, target),
             PERIOD.as_of.replace(tzinfo=None) - timedelta(seconds=age), row),
        )  # fmt: skip
    measure(engine, PERIOD, SIGNALS)
    evidence = read_evidence(engine, SIGNALS)
    sums = totals(evidence, load_model())
    found = dict(zip(evidence.account.tolist(),
                     np.column_stack([sums, evidence.signals]), strict=True))  # fmt: skip
    return [found.get(number, np.zeros(1 + len(SIGNALS))) for number in numbers]


@pytest.mark.slow
def test_one_more_received_act_never_lowers_a_signal_or_a_score(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(credibility, "_circle", lambda _closed: 1.0)
    header = "kind,source,target,published\n"
    older = [f"older{number}" for number in range(OLDER)]
    everybody = "".join(f"like,{name},{NAMES[0]}x,2026-01-01\n" for name in (*NAMES, *older))
    engine = world(header + everybody).engine
    known = dict(engine.rows("select id, account from accounts"))
    numbers = [known[name] for name in NAMES]
    written(engine, numbers)
    for times in (1, 2):
        make_past(engine, numbers, [known[name] for name in older], times)

    @settings(max_examples=80, deadline=None, suppress_health_check=list(HealthCheck))
    @given(worlds(), st.sampled_from((0, 1, 2)))
    def one_more(drawn: tuple[list[Act], Act], past: int) -> None:
        rows, more = drawn
        target = more[2]
        before = values(engine, numbers, rows, past)[target]
        after = values(engine, numbers, [*rows, more], past)[target]
        lower = [name for name, one, two in zip(("R", *SIGNALS), before, after, strict=True)
                 if two < one - 1e-8]  # fmt: skip
        assert lower == []

    one_more()
