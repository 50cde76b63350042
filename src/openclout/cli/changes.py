"""What the verbs that change a curve or a model print: old and new, and who moves how far."""

from collections.abc import Sequence

import click
import numpy as np
from rich.table import Table

from openclout.cli.console import console
from openclout.pipeline.calibrating import QUANTILES, Change

_BAR = 40
_STEPS = (-100, -20, -10, -5, -2, -0.5, 0.5, 2, 5, 10, 20, 100)


def print_changes(changes: Sequence[Change]) -> None:
    """Print the curves side by side, the quantiles of the change, and a histogram of it."""
    table = Table(title="Curves, and points that scores move", title_justify="left", box=None,
                  pad_edge=False)  # fmt: skip
    heads = ("network", "scored", "middle", "top", *(_head(q) for q in QUANTILES))
    for place, head in enumerate(heads):
        table.add_column(head, justify="right" if place else "left")
    for change in changes:
        moved = np.quantile(change.moved, QUANTILES)
        table.add_row(
            change.network, f"{len(change.moved):,}",
            f"{change.old.middle:.3f} → {change.new.middle:.3f}",
            f"{change.old.top:.3f} → {change.new.top:.3f}", *(f"{m:+.1f}" for m in moved),
        )  # fmt: skip
    console().print(table)
    click.echo("\nAccounts by the points they move\n" + _histogram(changes))


def _head(quantile: float) -> str:
    named = {0.0: "least", 0.5: "median", 1.0: "most"}
    return named.get(quantile, f"{100 * quantile:g} %")


def _histogram(changes: Sequence[Change]) -> str:
    moved = np.concatenate([change.moved for change in changes])
    counts, _ = np.histogram(moved, _STEPS)
    lines = []
    for low, high, count in zip(_STEPS, _STEPS[1:], counts, strict=False):
        bar = "█" * int(np.ceil(_BAR * count / max(counts.max(), 1)))
        words = f"{low:+g} to {high:+g}"
        lines.append(f"{words:>14}  {bar:<{_BAR}}  {count:,}".rstrip())
    return "\n".join(lines)
