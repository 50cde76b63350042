"""Who moves whom, and the posts that did: what a network's part of the page says of them."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from openclout.report.charts.lettering import clean
from openclout.snapshot.influence import influencees, influencers
from openclout.snapshot.moment import Moment, Mover, read_moments
from openclout.snapshot.reader import Row, Snapshot

_MOMENTS = 8  # of a network
_EACH = 2  # of one account
_TIES = 4  # names on each side of a leader
_LONGEST = 240  # letters of a text


@dataclass(frozen=True, slots=True)
class Tied:
    """A leader with those it moves (share of its points) and those who move it (of its attention).

    Shares are 0 to 1.
    """

    name: str
    moves: tuple[tuple[str, float], ...]
    moved_by: tuple[tuple[str, float], ...]


def read_ties(snapshot: Snapshot, leaders: Sequence[Row]) -> list[Tied]:
    """Ask the snapshot for the ties of the leaders."""
    return [
        Tied(
            clean(row["label"]),
            tuple((clean(one.label), one.share) for one in influencees(snapshot, row, _TIES)),
            tuple((clean(one.label), one.share) for one in influencers(snapshot, row, _TIES)),
        )
        for row in leaders
    ]


def best_moments(snapshot: Snapshot, network: str) -> list[Moment]:
    """Ask the snapshot for a network's moments, ready to be shown."""
    return [_shown(moment) for moment in read_moments(snapshot, None, _MOMENTS, network, _EACH)]


def _shown(moment: Moment) -> Moment:
    text = " ".join((moment.text or "").split())
    if len(text) > _LONGEST:
        text = text[:_LONGEST].rstrip() + " …"
    return replace(
        moment,
        label=clean(moment.label),
        text=clean(text) if text else None,
        moved=tuple(_named(mover) for mover in moment.moved),
    )


def _named(mover: Mover) -> Mover:
    return replace(mover, label=clean(mover.label))
