"""Attack the real sets and write the report card, docs/explanation/attack-report.md.

    .venv/bin/python -m benchmarks.attacks

Every set with at least 1,000 accounts, every attack, twenty targets of each group. Seeds 1 to 3 are
for tuning a defence: the one here must not be used for that. Targets are attacked several in one
copy, which is quicker and moves a gain by some tenths of a point.
"""

import argparse
import tempfile
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

import numpy as np

from benchmarks.detection import section
from benchmarks.sets import DATA, SETS, RealSet
from openclout.consent import Ledger
from openclout.evaluation.attack.card import Line, summarise
from openclout.evaluation.attack.catalogue import ATTACKS, Attack, choose
from openclout.evaluation.attack.stage import GROUPS, Stage, play, set_stage
from openclout.evaluation.attack.trial import Arena, Gain, Progress
from openclout.pipeline.importing import ImportOptions, import_path
from openclout.pipeline.scoring import latest_period
from openclout.scoring.model import load_model
from openclout.settings import read_settings
from openclout.vocabulary.period import read_window
from openclout.warehouse.store import Warehouse

ROOT = Path(__file__).resolve().parents[1]
PAGE = ROOT / "docs" / "explanation" / "attack-report.md"
SEEDS = (11,)
TARGETS = 20  # of each group, for each seed
TOGETHER = {"higgs": 20}  # targets attacked in one copy; it has 300,000 accounts
FEW_TOGETHER = 10
LARGE = ("higgs", "beer", "college", "bitcoin-otc")  # those with at least 1,000 accounts


@dataclass(frozen=True, slots=True)
class Result:
    """One set: its size, and a line for each attack."""

    name: str
    accounts: int
    scored: int
    lines: list[Line]


def attack_set(chosen: RealSet, attacks: Sequence[Attack], seeds: Sequence[int], count: int
) -> Result:  # fmt: skip
    """Attack one set with every seed's own targets."""
    found: dict[Attack, list[Gain]] = {attack: [] for attack in attacks}
    with tempfile.TemporaryDirectory() as folder:
        base = _imported(chosen, Path(folder))
        together = TOGETHER.get(chosen.name, FEW_TOGETHER)
        for seed in seeds:
            stage = _staged(chosen, base, Path(folder), count, seed)
            for attack, gains in play(stage, attacks, seed, _say(chosen.name, seed), together):
                found[attack] += gains
    lines = [summarise(attack, gains) for attack, gains in found.items()]
    return Result(chosen.name, len(stage.scene.people), len(stage.clean.scores.account), lines)


def _imported(chosen: RealSet, folder: Path) -> Path:
    settings = read_settings(folder / "base")
    warehouse = Warehouse(settings.data, settings, Ledger(settings.data), folder)
    options = ImportOptions(columns=chosen.columns)
    import_path(DATA / chosen.path, warehouse, options, datetime.now(UTC), lambda _text: None)
    warehouse.close()
    return settings.data


def _staged(chosen: RealSet, base: Path, scratch: Path, count: int, seed: int) -> Stage:
    settings = read_settings(base)
    warehouse = Warehouse(base, settings, Ledger(base), scratch)
    try:
        window = read_window(chosen.window)
        period = latest_period(warehouse.engine, None, window, datetime.now(UTC))
        arena = Arena(base, settings, scratch, period, load_model())
        return set_stage(arena, warehouse, count, seed, lambda _text: None)
    finally:
        warehouse.close()


def _say(name: str, seed: int) -> Progress:
    started = datetime.now(UTC)

    def say(text: str) -> None:
        print(f"{name}, seed {seed}, {(datetime.now(UTC) - started).seconds} s: {text}", flush=True)

    return say


def table(result: Result) -> str:
    """Write one set's table."""
    head = ["attack", "what is done", *GROUPS, "places", "worst", "aim", "met"]
    rows = [_row(line) for line in result.lines]
    met = sum(line.met for line in result.lines)
    return (
        f"## {result.name}\n\n{result.accounts:,} accounts, {result.scored:,} scored;"
        f" {met} of {len(result.lines)} aims met.\n\n"
        f"| {' | '.join(head)} |\n|---|---|---:|---:|---:|---:|---:|---|\n" + "\n".join(rows)
    )


def _row(line: Line) -> str:
    attack = line.attack
    gains = [f"{line.points[group]:.1f} ({line.percentiles[group]:+.0f})" for group in GROUPS]
    aim = f"{attack.limit:g}" + (f", worst {attack.worst:g}" if attack.worst else "")
    met = "yes" if line.met else "**no**"
    cells = [attack.name, attack.about, *gains, line.places_text, f"{line.worst:.1f}", aim, met]
    return f"| {' | '.join(cells)} |"


def lens_table(results: Sequence[Result]) -> str:
    """Write what each attack brings under every lens, the mean of all sets and targets."""
    names = list(dict.fromkeys(name for result in results for name in result.lines[0].lenses))
    rows = [
        f"| attack | openclout | {' | '.join(names)} |",
        "|---" + "|---:" * (len(names) + 1) + "|",
    ]
    for lines in zip(*(result.lines for result in results), strict=True):
        ours = np.mean([np.mean(list(line.points.values())) for line in lines])
        theirs = [_mean([line.lenses[name] for line in lines if name in line.lenses])
                  for name in names]  # fmt: skip
        rows.append(f"| {lines[0].attack.name} | {ours:.1f} | {' | '.join(theirs)} |")
    return "\n".join(rows)


def _mean(points: Sequence[float]) -> str:
    return f"{np.mean(points):.1f}"


def page(results: Sequence[Result], seeds: Sequence[int], count: int) -> str:
    """Write the whole page."""
    missed = sum(not line.met for result in results for line in result.lines)
    of = sum(len(result.lines) for result in results)
    said = f"**{of - missed} of {of} aims are met.**" if missed else "All aims are met."
    numbers = f"Model {load_model().name}, seeds {', '.join(map(str, seeds))},"
    left = [name for name in LARGE if name not in [result.name for result in results]]
    absent = f" Not in this run: {', '.join(left)}." if left else ""
    return "\n\n".join([
        f"{HEAD}\n{said} {numbers} {count * len(seeds)} targets of each group on each set.{absent}",
        *(table(result) for result in results),
        "## Under other scores' rules\n\nPoints on a curve like ours (25 at the median, 75 at one"
        " in a thousand of the clean values), mean of all sets that have the lens, and of all"
        " targets.\n\n" + lens_table(results),
        section(),
    ])  # fmt: skip


HEAD = """# The attack report card

Can this score be bought? Every attack known to us is imported into a copy of a real set that was
scored before, and the copy is scored again. Written by `.venv/bin/python -m benchmarks.attacks`;
`openclout attack` does the same on your own data.

- A gain is in points, with percentiles of the clean set in brackets, the mean over the targets of a
  group: accounts drawn among those nearest to the median, and to the 90th percentile. *Places* are
  those won by either group among the scored accounts; *worst* is the largest gain of any target.
- An aim is met when the mean of both groups stays within it, and the worst where one is set.
- Fakes have ids, times, kinds and manners drawn from the set. Where a set has fewer people than an
  attack needs, a tenth of its accounts take part.
- Scores end at 100: a gain of 75 from the median is all there is to gain.
"""


def main() -> None:
    """Attack the sets and write the page, or a try of it elsewhere."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--sets", default=",".join(LARGE))
    parser.add_argument("--attacks", default="")
    parser.add_argument("--seeds", default=",".join(map(str, SEEDS)))
    parser.add_argument("--targets", type=int, default=TARGETS)
    parser.add_argument("--out", type=Path, default=PAGE)
    given = parser.parse_args()
    attacks = choose(given.attacks) if given.attacks else ATTACKS
    seeds = [int(seed) for seed in given.seeds.split(",")]
    chosen = [one for one in SETS if one.name in given.sets.split(",")]
    results = [attack_set(one, attacks, seeds, given.targets) for one in chosen]
    given.out.write_text(page(results, seeds, given.targets), encoding="utf-8")


if __name__ == "__main__":
    main()
