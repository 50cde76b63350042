"""Write docs/reference/signals.md from the signals and the current model.

python -m tests.reference.signals
"""

from tests.conftest import ROOT

from openclout.scoring.model import load_model
from openclout.signal import FAMILIES, load_signals

PAGE = ROOT / "docs/reference/signals.md"
HEAD = """# Signals

One number per account and period, each the answer to one question. A signal is a file in
`src/openclout/signals/`; `openclout signals` prints this list. Ages are in units of h, a quarter of
the window, so that one model serves 7 days and 365. Every tie has a weight m (1 in this release).
Weight 0 means: shown, not counted. Every signal rises, or stays, with a received act, but for those
of the family activity, which no model counts; and no two say the same on the real sets
(`tests/signals/test_monotony.py`, `test_distinct.py`). No network that is read tells countries:
languages, servers and hours of the day stand in for them.
"""


def page() -> str:
    """Give the page's text."""
    model = load_model()
    parts = [HEAD]
    for family in FAMILIES:
        parts.append(f"\n## {family.capitalize()}\n")
        for signal in load_signals().values():
            if signal.family == family:
                weight = model.weights[signal.name]
                counted = f"weight {weight:.3f}" if weight else "not counted"
                parts.append(
                    f"\n### `{signal.name}`\n\n{signal.question}\n\n"
                    f"In {signal.unit}; {counted}; over {signal.over}.\n\n"
                    f"```sql\n{signal.expression}\n```\n"
                )
    return "".join(parts)


if __name__ == "__main__":
    PAGE.write_text(page(), encoding="utf-8")
