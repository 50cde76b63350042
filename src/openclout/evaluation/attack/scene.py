"""The scene of an attack: what an attacker can see of a network, who is there and how they act."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from openclout.vocabulary.period import Period
from openclout.warehouse.engine import Engine, quoted

MOST_PATTERNS = 200_000  # acts that attackers copy their manners from; more would teach no more
_TALK = ("reply", "mention", "quote")
DAY = 86_400_000  # milliseconds

Times = NDArray[np.int64]


class Act(NamedTuple):
    """One act, real or injected; `time` in Unix milliseconds, `source` None for nobody named.

    A plain tuple, because attacks have hundreds of thousands.
    """

    source: str | None
    target: str
    time: int
    kind: str
    object: str | None = None
    value: float | None = None
    repeats: int = 1


@dataclass(frozen=True, slots=True)
class Target:
    """An account that somebody wants to see higher, with what is public of it in the window.

    `number` is the warehouse's for it; `group` says which group of targets it stands for, `posts`
    what others acted upon, `addressed` whom it acted upon itself, `own_acts` how often.
    """

    account: str
    number: int
    group: str
    posts: tuple[str, ...] = ()
    addressed: tuple[str, ...] = ()
    engagers: frozenset[str] = frozenset()
    own_acts: int = 0


@dataclass(frozen=True, slots=True)
class Scene:
    """One network in one window, in an order that no import can change.

    `people` are all accounts; `patterns` are real acts of the window, `talk` those of them that
    address somebody (all, where none does), and `past` acts of before it. `answer_rate` is the
    share of strangers who act back within h of a first act upon them, `return_rate` the share of
    acts between acquaintances that are returned, `first_share` that of first acts upon somebody.
    """

    network: str
    start: int
    as_of: int
    people: list[str]
    patterns: tuple[Act, ...]
    talk: tuple[Act, ...]
    past: tuple[Act, ...]
    object_share: float
    answer_rate: float
    return_rate: float
    first_share: float
    usual_acts: float
    created: Times
    times: Times
    known: frozenset[str] = field(default_factory=frozenset, repr=False)

    @property
    def h(self) -> int:
        """A quarter of the window, in milliseconds."""
        return (self.as_of - self.start) // 4

    @property
    def tenth(self) -> int:
        """A tenth of the accounts: what an attack uses where there are too few people for it."""
        return max(len(self.people) // 10, 1)


def read_scene(engine: Engine, period: Period, network: str) -> Scene:
    """Read a network's scene from a warehouse."""
    _prepare(engine, period, network)
    patterns = _patterns(engine, "age < 4")
    h = int(period.h.total_seconds() * 1000)
    answered, returned, first, usual = engine.rows(_RATES.format(h=h))[0]
    known = [row[0] for row in engine.rows(f"select id from accounts where {_mine(network)}"
                                           " order by id")]  # fmt: skip
    created = engine.rows(
        f"select epoch_ms(created) from accounts where {_mine(network)} and created is not null"
        " order by 1"
    )
    return Scene(
        network,
        _milliseconds(period.start),
        _milliseconds(period.as_of),
        known,
        patterns,
        tuple(act for act in patterns if act.kind in _TALK) or patterns,
        _patterns(engine, "age >= 4"),
        float(np.mean([act.object is not None for act in patterns])) if patterns else 0.0,
        float(answered),
        float(returned),
        float(first),
        float(usual),
        np.array([row[0] for row in created], dtype=np.int64),
        np.array(sorted(act.time for act in patterns), dtype=np.int64),
        frozenset(known),
    )


def read_targets(engine: Engine, chosen: Sequence[tuple[int, str]]) -> tuple[Target, ...]:
    """Read what is public of the accounts chosen, each with its group; after `read_scene`."""
    return tuple(_target(engine, number, group) for number, group in chosen)


def _target(engine: Engine, number: int, group: str) -> Target:
    account = engine.value("select id from accounts where account = ?", (number,))

    def names(column: str, who: str) -> list[str]:
        sql = (f"select distinct {column} from scene_acts where {who} = ? and age < 4"
               f" and {column} is not null order by 1")  # fmt: skip
        return [row[0] for row in engine.rows(sql, (account,))]

    own = engine.value("select count(*) from scene_acts where source = ? and age < 4", (account,))
    return Target(
        account,
        number,
        group,
        tuple(names("object", "target")),
        tuple(names("target", "source")),
        frozenset(names("source", "target")),
        int(own),
    )


def _prepare(engine: Engine, period: Period, network: str) -> None:
    """Make `scene_acts`: the named acts on the network up to the moment, with names and ages."""
    h = int(period.h.total_seconds() * 1000)
    engine.run(
        "create or replace temp table scene_acts as select s.id as source, t.id as target,"
        " p.id as object, i.kind::varchar as kind, i.value, epoch_ms(i.published) as time,"
        f" ({_milliseconds(period.as_of)} - epoch_ms(i.published)) / {h}::double as age"
        " from interactions i join accounts s on s.account = i.source"
        " join accounts t on t.account = i.target left join posts p on p.post = i.object"
        f" where t.network = {quoted(network)} and s.network = t.network and s.id <> t.id"
        " and s.id[1] <> '~' and t.id[1] <> '~' and i.kind <> 'view'"
        f" and (i.value is null or i.value > 0) and epoch_ms(i.published)"
        f" <= {_milliseconds(period.as_of)}"
    )


def _patterns(engine: Engine, condition: str) -> tuple[Act, ...]:
    """Give acts to copy from: all of them or, of very many, those whose hash comes first."""
    rows = engine.rows(
        "select source, target, time, kind, object, value from scene_acts"
        f" where {condition} order by hash(time, source, target, kind, object), time, source,"
        f" target, kind, object, value limit {MOST_PATTERNS}"
    )
    return tuple(Act(*row) for row in rows)


_RATES = """
with pairs as (
    select source, target, min(time) as first, max(age) as oldest,
        count(*) filter (where age < 4) as acts
    from scene_acts group by 1, 2
), mutual as (
    select p.*, r.first as returned, coalesce(r.acts, 0) as back
    from pairs p left join pairs r on r.source = p.target and r.target = p.source
), cold as (
    select returned - first <= {h} as answered
    from mutual where returned is null or returned > first
)
select
    (select (count(*) filter (where answered) + 1) / (count(*) + 2) from cold),
    (select coalesce(sum(least(acts, back)) / nullif(sum(acts), 0), 0) from mutual),
    (select coalesce(count(*) filter (where oldest < 4) / nullif(sum(acts), 0), 1) from mutual),
    (select coalesce(median(n), 1) from
        (select count(*) as n from scene_acts where age < 4 group by source))
"""


def _mine(network: str) -> str:
    return f"network = {quoted(network)} and id[1] <> '~'"


def _milliseconds(moment: Any) -> int:
    return int(moment.timestamp() * 1000)
