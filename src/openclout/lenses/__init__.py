"""The same people seen by other scores' rules: one file a lens, listed here."""

from openclout.errors import NotFound
from openclout.lenses.engagers import ENGAGERS, ENGAGERS_LATELY, INTERACTIONS
from openclout.lenses.followers import FOLLOWERS
from openclout.lenses.h_index import H_INDEX
from openclout.lenses.klout2011 import KLOUT2011
from openclout.lenses.kred import KRED
from openclout.lenses.lens import Entry, Lens
from openclout.lenses.openrank import OPENRANK
from openclout.lenses.pagerank import PAGERANK
from openclout.lenses.peerindex import PEERINDEX

LENSES: tuple[Lens, ...] = (
    FOLLOWERS, ENGAGERS, ENGAGERS_LATELY, INTERACTIONS, PAGERANK, H_INDEX, KRED, PEERINDEX,
    KLOUT2011, OPENRANK,
)  # fmt: skip

__all__ = ["LENSES", "Entry", "Lens", "lens"]


def lens(name: str) -> Lens:
    """Find a lens by its name; raises NotFound with the names there are."""
    for known in LENSES:
        if known.name == name:
            return known
    names = ", ".join(known.name for known in LENSES)
    raise NotFound(f'there is no lens "{name}"', fix=f"use one of {names}")
