"""Judge the bands on the real sets, by windows unseen: docs/explanation/intervals.md.

    .venv/bin/python -m benchmarks.coverage

Every set is judged at windows short enough to have five of them, each with three earlier ones to
learn from, and at longer ones where there are enough. The model's own band is judged beside: as it
is, and learnt anew on the other sets only.
"""

import tempfile
from collections.abc import Iterator, Sequence
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import numpy as np

from benchmarks.sets import DESCRIPTION
from openclout.evaluation.coverage import (
    Past,
    cover_sets,
    join_judged,
    judge_past,
    measure_pasts,
    past_pairs,
    summarise,
)
from openclout.evaluation.dataset import opened, read_sets
from openclout.scoring.interval import Pairs, fit_band, join
from openclout.scoring.model import BandRow, Model, load_model
from openclout.settings import read_settings
from openclout.vocabulary.period import read_window

WINDOWS = {"higgs": ("16h", "1d"), "beer": ("180d", "360d"), "balancer": ("60d", "90d"),
           "tracer": ("21d", "14d"), "core-gui": ("180d", "360d"), "college": ("21d", "28d"),
           "bitcoin-otc": ("150d", "300d")}  # fmt: skip
JUDGED = 5  # windows
DRAWN = 4000  # pairs of each set, for the model's own band
TEMPLATE = Path(__file__).with_suffix(".md.in")
PAGE = Path(__file__).parents[1] / "docs/explanation/intervals.md"


def set_pasts(model: Model) -> Iterator[list[Past]]:
    """Measure the real sets one by one; give each at its windows, the shortest history first."""
    for chosen in read_sets(DESCRIPTION):
        if chosen.name not in WINDOWS:
            continue
        with tempfile.TemporaryDirectory() as folder:
            scratch = Path(folder)
            settings = read_settings(scratch / "data")
            with opened(chosen, settings, scratch, datetime.now(UTC), print) as engine:
                yield [
                    largest(
                        measure_pasts(
                            engine, chosen.name, read_window(window), JUDGED, model, print
                        )
                    )
                    for window in WINDOWS[chosen.name]
                ]


def largest(pasts: Sequence[Past]) -> Past:
    """Give the network of most accounts: sets beside the project have one that matters."""
    return max(pasts, key=lambda past: len(past.windows[0].account))


def drawn(pairs: Pairs, seed: int = 1) -> Pairs:
    """Draw the same number of pairs from every set, with repetition, in an order of their own."""
    order = np.lexsort((pairs.later, pairs.quiet, pairs.evidence, pairs.score))
    places = order[np.random.default_rng(seed).integers(0, len(order), DRAWN)]
    return Pairs(pairs.score[places], pairs.evidence[places], pairs.quiet[places],
                 pairs.later[places], pairs.nobody[places])  # fmt: skip


def borrowed_band(pasts: Sequence[Past], model: Model) -> tuple[BandRow, ...]:
    """Fit the model's own band on some sets, each with the same weight."""
    return fit_band(join([drawn(past_pairs(past, model)) for past in pasts]))


def main() -> None:
    """Measure, and write the page."""
    model = load_model()
    sets = list(set_pasts(model))
    found = cover_sets([past for pasts in sets for past in pasts], model, JUDGED)
    firsts = [pasts[0] for pasts in sets]
    for number, past in enumerate(firsts):
        others = borrowed_band(firsts[:number] + firsts[number + 1 :], model)
        found.setdefault("borrowed", []).append(
            {
                "set": past.set,
                "left_out": summarise(join_judged(judge_past(past, model, JUDGED, others))),
                "shipped": summarise(join_judged(judge_past(past, model, JUDGED, model.band))),
            }
        )
    PAGE.write_text(page(found), encoding="utf-8", newline="\n")
    print(f"Written to {PAGE.name}")


def page(found: dict[str, Any]) -> str:
    """Write the page."""
    return TEMPLATE.read_text(encoding="utf-8").format(
        model=found["model"],
        own="\n".join(_own(found["sets"])),
        thirds="\n".join(_thirds(found["sets"])),
        differences="\n".join(_differences(found["sets"])),
        borrowed="\n".join(_borrowed(found["borrowed"])),
    )


def _share(value: float | None) -> str:
    return "–" if value is None else f"{100 * value:.1f} %"


def _own(sets: Sequence[dict[str, Any]]) -> Iterator[str]:
    for one in sets:
        row = one["rows"][0]
        windows = " ".join(f"{100 * share:.0f}" for share in one["by_window"])
        yield (
            f"| {one['set']} | {one['window_days']:.3g} | {one['own']} of {one['windows']} |"
            f" {row['accounts']:,} | {_share(row['coverage'])} | {windows} |"
            f" {_share(row['least_possible'])} | {row['half_width']:.1f} |"
            f" {row['interval_score']:.1f} |"
        )


def _thirds(sets: Sequence[dict[str, Any]]) -> Iterator[str]:
    for one in sets:
        for row in one["rows"][1:]:
            yield (
                f"| {one['set']} | {one['window_days']:.3g} | {row['who']} | {row['accounts']:,} |"
                f" {row['evidence']:.0f} | {_share(row['coverage'])} | {row['half_width']:.1f} |"
                f" {row['relative']:.2f} | {row['interval_score']:.1f} |"
            )


def _differences(sets: Sequence[dict[str, Any]]) -> Iterator[str]:
    for one in sets:
        found = one["differences"]
        chances = ", ".join(
            f"{100 * part['chance']:.0f} → {100 * part['came']:.0f}" for part in found["by_chance"]
        )
        yield (
            f"| {one['set']} | {one['window_days']:.3g} | {found['pairs']:,} | {chances} |"
            f" {_share(found['called'])} | {_share(found['called_right'])} |"
            f" {_share(found['reversed'])} |"
        )


def _borrowed(sets: Sequence[dict[str, Any]]) -> Iterator[str]:
    for one in sets:
        cells = [
            f"{_share(one[kind][0]['coverage'])} | "
            + " ".join(f"{100 * row['coverage']:.0f}" for row in one[kind][1:])
            + f" | {one[kind][0]['half_width']:.1f} | {one[kind][0]['interval_score']:.1f}"
            for kind in ("left_out", "shipped")
        ]
        yield f"| {one['set']} | {' | '.join(cells)} |"


if __name__ == "__main__":
    main()
