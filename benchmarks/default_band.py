"""Learn the model's own band from the real sets: for networks without three earlier windows.

    .venv/bin/python -m benchmarks.default_band

Every set is measured at windows short enough to have earlier ones, on a curve of its own; the pairs
of consecutive windows of all sets are drawn from in equal number, and the band fitted on them is
printed as TOML for scoring/model.toml.
"""

from benchmarks.coverage import borrowed_band, set_pasts
from openclout.scoring.model import load_model
from openclout.scoring.record import band_text


def main() -> None:
    """Print the band as TOML."""
    model = load_model()
    print(band_text(borrowed_band([pasts[0] for pasts in set_pasts(model)], model)))


if __name__ == "__main__":
    main()
