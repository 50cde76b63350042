"""Fit on the real sets, judge each by the others, and write docs/explanation/validity.md.

    .venv/bin/python -m benchmarks.validity [--black-box] [any option of openclout fit]

The fitted model is left in benchmarks/results/model.toml: to ship it, move scoring/model.toml to
scoring/old/ under its name, and this one to scoring/model.toml. With --black-box the ceiling is
measured too, and its log written to benchmarks/results/black-box.csv.
"""

import json
import subprocess
import sys
from pathlib import Path
from typing import Any

import vl_convert

from benchmarks.sets import DESCRIPTION
from openclout.evaluation.ceiling import NAME as CEILING
from openclout.evaluation.contest import FIGURES, LABELS, OURS, PLAIN
from openclout.report.charts.contest import contest
from openclout.report.proof import standings
from openclout.signal import load_signals

ROOT = Path(__file__).resolve().parents[1]
OPENCLOUT = ROOT / ".venv" / "bin" / "openclout"
RESULTS = ROOT / "benchmarks" / "results"
PAGE = ROOT / "docs" / "explanation" / "validity.md"
PICTURES = PAGE.with_suffix("")
LEAST_MARGIN, MOST_BEHIND, MOST_BELOW_CEILING = 0.05, 0.02, 0.005

Proof = dict[str, Any]


def fitted(options: list[str]) -> Proof:
    """Fit on the real sets; give the report."""
    out = RESULTS / "model.toml"
    command = [str(OPENCLOUT), "fit", str(DESCRIPTION), "--out", str(out), *options]
    subprocess.run([*command, "--json"], check=True, stdout=subprocess.DEVNULL)
    log = out.with_suffix(".black-box.csv")
    if log.exists():
        log.replace(RESULTS / "black-box.csv")
    found: Proof = json.loads(out.with_suffix(".json").read_text(encoding="utf-8"))
    return found


def value(rows: list[dict[str, Any]], who: str, figure: str = "ndcg_100") -> float:
    """Give one figure of one contestant."""
    return float(next(row for row in rows if row["who"] == who)[figure][0])


def lenses(rows: list[dict[str, Any]]) -> list[str]:
    """Give the lenses, the best first."""
    return [row["who"] for row in rows if row["who"] not in (OURS, PLAIN, CEILING)]


def targets(proof: Proof) -> str:
    """Say whether what was promised holds."""
    mean = proof["mean"]
    fixed = lenses(mean)[0]
    margin = value(mean, OURS) - value(mean, fixed)
    behind = {
        name: value(found["rows"], lenses(found["rows"])[0]) - value(found["rows"], OURS)
        for name, found in proof["sets"].items()
    }
    worst = max(behind, key=lambda name: behind[name])
    average = (
        f"- On average it is {margin:+.3f} above the best fixed lens ({fixed}); promised:"
        f" {LEAST_MARGIN:+.2f}. {_kept(margin >= LEAST_MARGIN)}"
    )
    least = (
        f"- On its worst set, {worst}, it is {-behind[worst]:+.3f} from the lens that is best there"
        f" in hindsight; promised: no worse than {-MOST_BEHIND:+.2f}."
        f" {_kept(behind[worst] <= MOST_BEHIND)}"
    )
    lines = [average, least]
    if any(row["who"] == CEILING for row in mean):
        below = value(mean, CEILING) - value(mean, OURS)
        lines.append(
            f"- It is {-below:+.3f} from the black box; promised: no worse than"
            f" {-MOST_BELOW_CEILING:+.3f}. {_kept(below <= MOST_BELOW_CEILING)}"
        )
    else:
        lines.append("- The black box was not measured for this page.")
    return "\n".join(lines)


def _kept(holds: bool) -> str:
    return "Kept." if holds else "**Missed.**"


def shortfalls(proof: Proof) -> str:
    """List every set and figure in which a lens is above the score."""
    found = []
    for name, one in [*proof["sets"].items(), ("the mean of all sets", {"rows": proof["mean"]})]:
        rows = one["rows"]
        for figure, label in zip(FIGURES, LABELS, strict=True):
            ours = value(rows, OURS, figure)
            better = [
                f"{row['who']} {row[figure][0]:.3f}"
                for row in rows
                if row["who"] not in (OURS, PLAIN, CEILING)
                and row[figure]
                and row[figure][0] > ours
            ]
            if better:
                found.append(f"- {name}, {_named(label)}: {ours:.3f}, behind {', '.join(better)}")
    return "\n".join(found) or "- Nowhere."


def _named(label: str) -> str:
    return "Spearman among the active" if label == "active" else label


def picture(name: str, rows: list[dict[str, Any]]) -> str:
    """Draw who foretells best, and give the link to the drawing."""
    PICTURES.mkdir(parents=True, exist_ok=True)
    path = PICTURES / f"{name}.svg"
    spec = {**contest(standings(rows)), "background": "#ffffff"}
    path.write_text(vl_convert.vegalite_to_svg(spec, allowed_base_urls=[]), encoding="utf-8")
    return f"![NDCG@100 with 90 % intervals, {name}]({PICTURES.name}/{path.name})"


def table(rows: list[dict[str, Any]]) -> str:
    """Write the figures with their intervals."""
    heads = ["", *(_named(label) for label in LABELS), "OpenClout's lead in NDCG@100"]
    lines = [f"| {' | '.join(heads)} |", "|---" * len(heads) + "|"]
    for row in rows:
        cells = [_cell(row[figure]) for figure in (*FIGURES, "margin")]
        cells[-1] = "" if row["who"] == OURS else cells[-1]
        lines.append(f"| {row['who']} | {' | '.join(cells)} |")
    return "\n".join(lines)


def _cell(found: list[float] | None) -> str:
    return "–" if found is None else f"{found[0]:.3f} ({found[1]:.2f} to {found[2]:.2f})"


def set_part(name: str, found: Proof) -> str:
    """Write one set's part."""
    cuts = found["cuts"]
    days = ", ".join(cut["as_of"][:10] for cut in cuts)
    count = f"{sum(cut['scored'] for cut in cuts) / len(cuts):,.0f}"
    moved = f"{sum(cut['acted_upon_later'] for cut in cuts) / len(cuts):,.0f}"
    unseen = f"{sum(cut['unseen_before'] for cut in cuts) / len(cuts):,.0f}"
    return (
        f"### {name}\n\n{len(cuts)} cuts ({days}), horizon {cuts[0]['horizon_days']:g} d. On"
        f" average {count} scored accounts, {moved} of them acted upon in the horizon; {unseen}"
        " more were acted upon whom nobody had acted on in the window before: no order can name"
        f" them.\n\n{picture(name, found['rows'])}\n\n{table(found['rows'])}\n"
    )


def weights(proof: Proof) -> str:
    """Write what counts, what it costs to leave out, and how it varies with the sets."""
    signals, apart = load_signals(), [one["weights"] for one in proof["sets"].values()]
    lines = ["| signal | family | weight | without one set | cost of leaving it out |",
             "|---|---|---|---|---|"]  # fmt: skip
    for name, weight in proof["weights"].items():
        each = [one.get(name, 0.0) for one in apart]
        cost = proof["costs"].get(name)
        lines.append(
            f"| {signals[name].label} | {signals[name].family} | {weight:.3f} |"
            f" {min(each):.3f} to {max(each):.3f} | {'' if cost is None else f'{cost:+.4f}'} |"
        )
    return "\n".join(lines)


_JUDGED = """## How it is judged
A *cut* is a moment of the past. Signals and lenses are made from what was public before it, in a
window of 4 h; right is who finds those on whom most different named people act in the h after it.
Cuts are the last disjoint horizons of each set (at most five), each with a window before it that
data fill to three quarters or more. Nothing after a cut enters what is known at it (a property
test). Whoever acts counts once, never weighted by our own credibility; views, anonymous acts,
distrust and acts upon oneself do not count. The accounts are all on whom somebody acted in the
window; those whom a lens does not name have its lowest value. Equal values have no order: each
figure is the mean over all ways to break ties. Profile counters (followers, lists) and views are
left out of the score's signals, because an archive shows those of its last day; the *Followers*
lens has them, and in a look back knows the future where a set has them.

- **NDCG@k**: how much of what could be gained among the first k was gained; gain is log1p of the
  people who act later.
- **Spearman**: rank correlation over all accounts, and among the active ones. OpenClout shows
  accounts on whom nobody acted in the last quarter of the window as *quiet*: over all accounts they
  are one group below the others, without an order. NDCG and the top are by score alone.
- **Top found**: the share of the true top tenth (100 at most) that stands in one's own.
- In brackets: 90 % bootstrap intervals over accounts. The lead is on the same resamples."""

_COUNTS = """## What counts
Non-negative least squares of the log1p signals on log1p(later people) and a non-negative Poisson
regression, averaged; an intercept a cut, the same say for every set; the lightest signals dropped
and the rest fitted again. The cost is in mean NDCG@100, each set again judged by the others; a
negative one says that the figure would be better without."""

_CEILING = """## The ceiling
Gradient boosting (LightGBM) on the same signals and, as it likes, on their ranks within a cut. It
may see more than the weights: the other sets, and the set's own cuts before the one it is judged
on. 50 configurations, drawn at random, each judged on the last two cuts of every set and trained
on all but these; for a set the one is taken that did best on the others. The log is
`benchmarks/results/black-box.csv`. Trees do not reach beyond what they have seen: on a set with far
larger numbers than all others a weighted sum of logarithms does better."""


def page(proof: Proof, options: list[str]) -> str:
    """Write the page."""
    command = " ".join([".venv/bin/python -m benchmarks.validity", *options])
    parts = (
        "# Does the score predict?",
        (
            f"Written by `{command}`; nothing here is set by hand.\nEach set is judged by weights"
            " fitted on the *other* sets only: what a network gets whose data we never saw."
        ),
        _JUDGED,
        f"## What was promised\n{targets(proof)}",
        f"## Mean of {len(proof['sets'])} sets\n{picture('mean', proof['mean'])}",
        table(proof["mean"]),
        f"## Where another order did better\n{shortfalls(proof)}",
        _COUNTS,
        weights(proof),
        _CEILING,
        "## Set by set",
        *(set_part(name, found) for name, found in proof["sets"].items()),
    )
    return "\n\n".join(part.strip() for part in parts) + "\n"


def main() -> None:
    """Fit, judge, and write the page."""
    options = sys.argv[1:]
    proof = fitted(options)
    PAGE.write_text(page(proof, options), encoding="utf-8")
    print(targets(proof))


if __name__ == "__main__":
    main()
