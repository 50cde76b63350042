"""Write docs/reference/lenses.md from the lenses.

python -m tests.reference.lenses
"""

from tests.conftest import ROOT

from openclout.lenses import LENSES, Lens

PAGE = ROOT / "docs/reference/lenses.md"
HEAD = """# Lenses

A lens looks at the same people by another score's published rules. `openclout score --lens NAME`
ranks everybody by it, `openclout explain HANDLE --lens NAME` says what a number is made of, and
`openclout backtest` compares them all with the score. A lens is a file in `src/openclout/lenses/`.

Which acts count is the same for all: acts of the window upon somebody else (not upon another
account of the same person), no distrust, no views. Scales that say "of the network" are made of the
accounts of one network in the data at hand; the scores of old knew all of Twitter. What no source
that we could read settles is said under *Ours*; a name with *-like* says that this is much.
"""


def page() -> str:
    """Give the page's text."""
    return HEAD + "".join(_section(lens) for lens in LENSES)


def _section(lens: Lens) -> str:
    parts = f"- Parts: {', '.join(lens.parts)}.\n" if lens.parts else ""
    return (
        f"\n## {lens.label} (`{lens.name}`)\n\n{lens.about}\n\n"
        f"- Unit: {lens.unit}.\n"
        f"{parts}- Formula: {lens.formula}.\n"
        f"- Source: {lens.source}.\n"
        f"- Ours: {lens.ours.rstrip('.')}.\n"
    )


if __name__ == "__main__":
    PAGE.write_text(page(), encoding="utf-8")
