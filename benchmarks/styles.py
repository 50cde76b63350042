"""Measure on the real sets how stable styles are from week to week: docs/explanation/styles.md.

    .venv/bin/python -m benchmarks.styles

Every set is gone through week by week, with the window of 90 days, as if a run had been made at
each: the ladders are set by the first run that can and kept, as in a warehouse of one's own.
"""

import tempfile
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path

import numpy as np

from benchmarks.sets import DESCRIPTION
from openclout.evaluation.dataset import DataSet, opened, read_sets
from openclout.pipeline.persons import join_persons
from openclout.pipeline.styling import style_all
from openclout.scoring.model import load_model
from openclout.settings import read_settings
from openclout.style import AXES, SIDE, load_reasons, load_styles
from openclout.vocabulary.period import Period
from openclout.warehouse.engine import Engine
from openclout.warehouse.habits import kept_ladders
from openclout.warehouse.measure import make_acts

WINDOW, WEEK = timedelta(days=90), timedelta(days=7)
PROMISED = 0.85
TEMPLATE = Path(__file__).with_suffix(".md.in")
PAGE = Path(__file__).parents[1] / "docs/explanation/styles.md"


@dataclass(slots=True)
class Measured:
    """What was seen on one set; people are counted once a week.

    `active` people (acted upon in the last quarter of the window), those of them `styled`, and of
    these who have the `same` style a week later or `none` any more.
    """

    name: str
    days: float
    weeks: int = 0
    active: int = 0
    styled: int = 0
    same: int = 0
    none: int = 0
    used: Counter[str] = field(default_factory=Counter)
    without: Counter[str] = field(default_factory=Counter)
    ladders: list[tuple[float, float, float]] = field(default_factory=list)


def measure_set(chosen: DataSet) -> Measured:
    """Go through a set week by week."""
    with tempfile.TemporaryDirectory() as folder:
        scratch = Path(folder)
        settings = read_settings(scratch / "data")
        with opened(chosen, settings, scratch, datetime.now(UTC), print) as engine:
            join_persons(engine)
            first, last = _span(engine)
            found = Measured(chosen.name, (last - first) / timedelta(days=1))
            before: tuple[set[int], dict[int, str]] | None = None
            for moment in _weeks(first, last):
                now = _look(engine, Period(moment, WINDOW), found)
                if before:
                    _compare(found, before, now[1])
                before = now
            found.ladders = next(iter(kept_ladders(engine, load_model().name, WINDOW).values()), [])
            return found


def _span(engine: Engine) -> tuple[datetime, datetime]:
    times = " union all ".join(
        f"select published from {name}" for name in ("interactions", "posts")
    )
    [(first, last)] = engine.rows(f"select min(published), max(published) from ({times})")
    return first.replace(tzinfo=UTC), last.replace(tzinfo=UTC)


def _weeks(first: datetime, last: datetime) -> list[datetime]:
    """Give the weekly moments before which there are 90 days, the last one last."""
    count = int((last - first - WINDOW) / WEEK) if last - first >= WINDOW else -1
    return [last - step * WEEK for step in range(count, -1, -1)]


def _look(engine: Engine, period: Period, found: Measured) -> tuple[set[int], dict[int, str]]:
    """Give who is active at a moment, and who has which style."""
    style_all(engine, period, load_model())
    make_acts(engine, period, "lately")
    rows = engine.rows("select distinct target from lately where age <= 1")
    styles = dict(engine.rows("select number, style from styles where style is not null"))
    found.used.update(styles.values())
    found.without = Counter(
        dict(engine.rows("select why, count(*) from styles where why is not null group by 1"))
    )
    return {row[0] for row in rows}, styles


def _compare(found: Measured, before: tuple[set[int], dict[int, str]], now: dict[int, str]) -> None:
    active, styles = before
    held = active & styles.keys()
    found.weeks += 1
    found.active += len(active)
    found.styled += len(held)
    found.same += sum(now.get(number) == styles[number] for number in held)
    found.none += sum(number not in now for number in held)


def main() -> None:
    """Measure, and write the page."""
    sets = [measure_set(chosen) for chosen in read_sets(DESCRIPTION)]
    PAGE.write_text(page(sets), encoding="utf-8", newline="\n")
    for one in sets:
        print(one.name, one.styled, f"{one.same / one.styled:.3f}" if one.styled else "-")
    print(f"Written to {PAGE.name}")


def page(sets: Sequence[Measured]) -> str:
    """Write the page."""
    used = sum((one.used for one in sets), Counter[str]())
    return TEMPLATE.read_text(encoding="utf-8").format(
        promised=f"{100 * PROMISED:.0f}",
        stability="\n".join(_stability(sets)),
        reasons="\n".join(_reasons(sets)),
        used="\n".join(_matrix(used)),
        many=len(used),
        usual="\n".join(_usual([one.ladders for one in sets if one.ladders])),
    )


def _stability(sets: Sequence[Measured]) -> Iterator[str]:
    for one in sets:
        if not one.styled:
            continue
        share = one.same / one.styled
        yield (
            f"| {one.name} | {one.days:,.0f} | {one.weeks} | {one.active:,} | {one.styled:,} |"
            f" **{100 * share:.1f} %** | {one.styled - one.same - one.none:,} | {one.none:,} |"
            f" {'kept' if share >= PROMISED else 'missed'} |"
        )


def _reasons(sets: Sequence[Measured]) -> Iterator[str]:
    texts = load_reasons()
    for one in sets:
        why = [f"{texts[key]['en']} ({count:,})" for key, count in one.without.most_common()]
        short = f"{one.days:.0f} days, less than the window of 90"
        yield f"| {one.name} | {one.days:,.0f} | {'; '.join(why) or short} |"


def _matrix(used: Counter[str]) -> Iterator[str]:
    styles = list(load_styles().values())
    for row in range(SIDE):
        cells = styles[SIDE * row : SIDE * (row + 1)]
        yield "| " + " | ".join(f"{one.name['en']} {used[one.key]:,}" for one in cells) + " |"


def _usual(ladders: Sequence[Sequence[tuple[float, float, float]]]) -> Iterator[str]:
    means = np.mean(np.array(ladders), axis=0)
    for axis, ladder in zip(AXES, means, strict=True):
        yield f"    {axis} = [{', '.join(f'{rung:.3f}' for rung in ladder)}]"


if __name__ == "__main__":
    main()
