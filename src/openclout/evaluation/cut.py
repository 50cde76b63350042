"""A cut: one network at one moment, what was known before it, and who was acted upon after it."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

import numpy as np
from numpy.typing import NDArray

from openclout.lenses import Lens
from openclout.pipeline.measuring import measure, read_evidence
from openclout.pipeline.persons import join_persons
from openclout.scoring import combine
from openclout.scoring.model import Model
from openclout.scoring.run import Evidence
from openclout.signal import load_signals
from openclout.vocabulary.period import Period
from openclout.warehouse.engine import Columns, Engine
from openclout.warehouse.measure import make_later, network_names, newest, oldest_by_network

Floats = NDArray[np.float64]
LEAST_ACCOUNTS = 20
"""Fewer scored accounts, or fewer than _LEAST_MOVED acted upon later, prove nothing."""
_LEAST_MOVED = 3
_FULL = 0.75  # of the first window; an archive rarely begins at a convenient moment
UNTIMED = ("profiles", "views")
"""Relations of what a profile or a post shows today: nobody knows what it showed at the moment."""
ONE_SUFFICES = frozenset(
    ("freshness", "since", "quarters", "share_that_moves", "typical_post", "prompt")
)
"""Signals with a ceiling that one or two engagers reach. They foretell well and would carry the
score, which then would jump by many points when a single person acts."""


@dataclass(frozen=True, slots=True)
class Cut:
    """The scored accounts of one network at `as_of`: arrays of one length, in one order of ids.

    `signals` (accounts, k) follow `names` and hold only what was public before `as_of`; `plain` are
    the same where everybody counts in full, without the defence. `later` counts the different named
    people who act on the account within `h` after it, never weighted; `unseen` tells how many
    accounts were acted upon after it that nobody had acted on before.
    """

    set: str
    network: str
    as_of: datetime
    h: timedelta
    names: tuple[str, ...]
    signals: Floats
    plain: Floats
    quiet: NDArray[np.bool_]
    later: Floats
    lenses: Mapping[str, Floats]
    unseen: int

    def total(self, model: Model, defended: bool = True) -> Floats:
        """Give R, the weighted sum of scaled log1p signals, of every account."""
        names = model.counted
        return combine.raw_sum(self.columns(names, defended), *model.shape(names))

    def columns(self, names: Sequence[str], defended: bool = True) -> Floats:
        """Give some of the signals, in the order of their names."""
        signals = self.signals if defended else self.plain
        return signals[:, [self.names.index(name) for name in names]]

    @property
    def gain(self) -> Floats:
        """What finding an account is worth: log1p of the people who act on it later."""
        gain: Floats = np.log1p(self.later)
        return gain


def candidate_signals() -> tuple[str, ...]:
    """Give the signals that a model may count: defended, known as of a moment, not of own acts."""
    return tuple(
        name
        for name, one in load_signals().items()
        if one.over not in UNTIMED
        and one.family != "activity"
        and one.defended
        and name not in ONE_SUFFICES
    )


def moments(first: datetime, last: datetime, window: timedelta, most: int) -> list[datetime]:
    """Give up to `most` moments, the latest first: the last disjoint horizons of the data.

    Each horizon h (a quarter of the window) begins where the next earlier one ends, the last one
    ends with the data, and before each lies a window at least three quarters of which has data.
    """
    h = window / 4
    found = [last - step * h for step in range(1, most + 1)]
    return [moment for moment in found if moment - first >= _FULL * window]


def make_cuts(
    engine: Engine,
    name: str,
    window: timedelta,
    most: int,
    lenses: Sequence[Lens],
    progress: Callable[[str], None],
) -> list[Cut]:
    """Measure the last `most` cuts of every network in a warehouse, the latest first."""
    join_persons(engine)
    last, oldest = newest(engine), oldest_by_network(engine)
    if last is None or not oldest:
        return []
    times = moments(min(oldest.values()), last, window, most)
    cuts: list[Cut] = []
    for number, moment in enumerate(times, start=1):
        progress(f"{name}: measuring cut {number} of {len(times)}")
        period = Period(moment.replace(tzinfo=UTC), window)
        found = _measured(engine, name, period, lenses)
        cuts.extend(cut for cut in found if _fills(oldest, cut, period))
    return cuts


def _fills(oldest: Mapping[str, datetime], cut: Cut, period: Period) -> bool:
    """Tell whether a network's own data fill the window, and it has accounts enough to judge by."""
    begun = oldest[cut.network].replace(tzinfo=UTC)
    enough = len(cut.later) >= LEAST_ACCOUNTS and np.count_nonzero(cut.later) >= _LEAST_MOVED
    return bool(enough) and period.as_of - begun >= _FULL * period.window


def _measured(engine: Engine, name: str, period: Period, lenses: Sequence[Lens]) -> list[Cut]:
    """Measure one moment, and give a cut per network."""
    names = candidate_signals()
    measure(engine, period, names)
    make_later(engine, period)
    evidence = read_evidence(engine, names)
    measure(engine, period, names, guarded=False)
    plain = _like(evidence, read_evidence(engine, names))
    later = engine.columns("select account, people as value from later order by account")
    seen = {lens.label: lens.values(engine, period) for lens in lenses}
    order = _order_of_ids(engine, evidence.account)
    cuts = []
    for number, network in enumerate(network_names(engine)):
        chosen = order[evidence.network[order] == number]
        account = evidence.account[chosen]
        cuts.append(
            Cut(
                name, network, period.as_of, period.h, names,
                evidence.signals[chosen], plain[chosen], evidence.quiet[chosen],
                matched(account, later),
                {lens: matched(account, values) for lens, values in seen.items()},
                _unseen(engine, network),
            )
        )  # fmt: skip
    return cuts


def _like(evidence: Evidence, other: Evidence) -> Floats:
    """Give another measurement's signals for the same accounts, both sorted by account."""
    place = np.searchsorted(other.account, evidence.account)
    return other.signals[place]


def _order_of_ids(engine: Engine, account: NDArray[np.int64]) -> NDArray[np.int64]:
    """Give the places of accounts (rising numbers) by their ids: an order no import can change."""
    named = engine.columns(
        "select account from accounts semi join measured using (account) order by network, id"
    )["account"].astype(np.int64)
    scored = named[np.isin(named, account)]
    return np.searchsorted(account, scored)


def _unseen(engine: Engine, network: str) -> int:
    return int(
        engine.value(
            "select count(*) from later join accounts a using (account)"
            " anti join measured using (account) where a.network = ? and a.id[1] <> '~'",
            (network,),
        )
    )


def matched(account: NDArray[np.int64], columns: Columns) -> Floats:
    """Give a value per account, 0 where `columns` (account, value) does not name it."""
    known = columns["account"].astype(np.int64)
    if not len(known):
        return np.zeros(len(account))
    order = np.argsort(known, kind="stable")
    place = np.minimum(np.searchsorted(known, account, sorter=order), len(known) - 1)
    chosen = order[place]
    value = np.nan_to_num(columns["value"].astype(np.float64))[chosen]
    return np.where(known[chosen] == account, value, 0.0)


def by_set(cuts: Sequence[Cut]) -> dict[str, list[Cut]]:
    """Group cuts by set and network, each group the latest first, named as shortly as is clear."""
    networks: dict[str, set[str]] = {}
    for cut in cuts:
        networks.setdefault(cut.set, set()).add(cut.network)
    groups: dict[str, list[Cut]] = {}
    for cut in cuts:
        alone = cut.set and len(networks[cut.set]) == 1
        name = cut.set if alone else "/".join(filter(None, (cut.set, cut.network)))
        groups.setdefault(name, []).append(cut)
    return groups
