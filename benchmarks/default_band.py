"""Learn the model's own band from the real sets: for networks without three earlier windows.

    .venv/bin/python -m benchmarks.default_band

Every set is scored at windows short enough to have earlier ones, on a curve of its own; the pairs
of consecutive windows of all sets are drawn from in equal number, and the band fitted on them is
printed as TOML for scoring/model.toml, with each set's anchors.
"""

import tempfile
from datetime import UTC, datetime
from pathlib import Path

import numpy as np

from benchmarks.sets import DATA, SETS, RealSet
from openclout.consent import Ledger
from openclout.pipeline.importing import ImportOptions, import_path
from openclout.pipeline.measuring import measure, read_evidence
from openclout.pipeline.scoring import latest_period
from openclout.scoring.calibrate import find_anchors
from openclout.scoring.interval import Pairs, fit_band, join
from openclout.scoring.model import load_model
from openclout.scoring.run import earlier_pairs, totals
from openclout.settings import read_settings
from openclout.vocabulary.period import read_window
from openclout.warehouse.store import Warehouse

WINDOWS = {"higgs": "1d", "beer": "360d", "balancer": "90d", "tracer": "28d", "core-gui": "360d",
           "college": "28d", "bitcoin-otc": "300d"}  # fmt: skip
EARLIER = 5
DRAWN = 4000  # pairs of each set


def set_pairs(chosen: RealSet, folder: Path) -> Pairs:
    """Give a set's pairs over EARLIER + 1 windows, on the anchors of all of them together."""
    settings, model = read_settings(folder / "data"), load_model()
    warehouse = Warehouse(settings.data, settings, Ledger(settings.data), folder)
    options = ImportOptions(columns=chosen.columns)
    import_path(DATA / chosen.path, warehouse, options, datetime.now(UTC), lambda _text: None)
    engine = warehouse.engine
    period = latest_period(engine, None, read_window(WINDOWS[chosen.name]), datetime.now(UTC))
    windows = []
    for steps in range(EARLIER + 1):
        measure(engine, period.earlier(steps), model.counted)
        windows.append(read_evidence(engine, model.counted))
    network = int(np.bincount(np.concatenate([w.network for w in windows])).argmax())
    together = np.concatenate([totals(w, model)[w.network == network] for w in windows])
    anchors = find_anchors(together, model)
    if anchors is None:
        raise SystemExit(f"{chosen.name} has too few scored accounts for a curve")
    print(f"# {chosen.name}: middle {anchors.middle:.3f}, top {anchors.top:.3f} of {len(together)}")
    warehouse.close()
    return earlier_pairs(windows, network, model, anchors)


def drawn(pairs: Pairs, seed: int = 1) -> Pairs:
    """Draw the same number of pairs from every set, with repetition."""
    places = np.random.default_rng(seed).integers(0, len(pairs.score), DRAWN)
    return Pairs(pairs.score[places], pairs.evidence[places], pairs.quiet[places],
                 pairs.later[places])  # fmt: skip


def main() -> None:
    """Print the band as TOML."""
    found = []
    for chosen in SETS:
        if chosen.name in WINDOWS:
            with tempfile.TemporaryDirectory() as folder:
                found.append(drawn(set_pairs(chosen, Path(folder))))
    for row in fit_band(join(found)):
        print(f"\n[[band]]\nevidence = {row.evidence}\nquiet = {str(row.quiet).lower()}")
        print(f"low = {row.low:.1f}\nhigh = {row.high:.1f}")


if __name__ == "__main__":
    main()
