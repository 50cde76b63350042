"""Measuring: the relations that signals are over, for one period, and signals run over them."""

from collections.abc import Collection, Mapping
from datetime import datetime
from importlib.resources import files

import numpy as np
from numpy.typing import NDArray

from openclout.vocabulary.interaction import KINDS
from openclout.vocabulary.period import Period
from openclout.vocabulary.voice import BOUNDS, FREE_OF_A_POST
from openclout.warehouse.engine import Columns, Engine, quoted
from openclout.warehouse.spark import Spark

_UNIT = 1 << 30
_BITS = {kind: 1 << number for number, kind in enumerate(KINDS)}
_WAYS = {
    "nodded": ("like", "endorse", "follow"),
    "talked": ("reply", "mention"),
    "shared": ("share", "quote"),
    "followed": ("follow",),
    "linked": ("link",),
    "enlisted": ("list",),
    "accepted": ("accept",),
    "replied": ("reply",),
    "quoted": ("quote",),
}
"""The ways in which an engager acted, each a set of kinds."""
_WAY_BITS = {way: sum(_BITS[kind] for kind in kinds) for way, kinds in _WAYS.items()}
_RELATIONS = (
    "standing", "engagers", "posts", "days", "hours", "views", "profiles", "written", "unprompted",
    "languages", "servers", "subjects", "echoes", "endorsements",
)  # fmt: skip
"""What stands on the ranks, in the order of making: all but standing and posts are views."""
_EXPLAINING = ("standing", "engagers", "posts")


class Measurement:
    """The relations of one period in one engine."""

    def __init__(
        self, engine: Engine | Spark, period: Period, wanted: Collection[str] = _RELATIONS
    ) -> None:
        """Make the acts, pairs and crowd of the period.

        `wanted` are the relations to make of those that stand on these; what explains a score
        (standing, engagers, posts) is made in any case.
        """
        self.engine, self.period, self.guarded = engine, period, False
        self._relations = [one for one in _RELATIONS if one in _EXPLAINING or one in wanted]
        self._not_oneself = not_oneself(engine)
        self._not_endorsing = _not_endorsing(engine, period)
        self._make_acts("acts")
        self._make("pairs")
        self._make("crowd")

    def past(self) -> tuple[Columns, Columns] | None:
        """Give what happened before the window as a graph; None where nothing did.

        Edges have `weight` log1p(c) and the flags of relations/past.sql: see read_graph.
        """
        self._make_acts("before", before=True)
        if not self.engine.value("select 1 from before limit 1"):
            return None
        self._make("past")
        self._make("closed", among="(select source, target from past where recent)")
        return read_graph(
            self.engine,
            "select p.* exclude (first), coalesce(c.closed, 0) as closed,"
            " coalesce(b.first >= p.first, false) as asked from past p"
            " left join past b on b.source = p.target and b.target = p.source"
            " left join closed c on c.source = p.source and c.target = p.target",
        )

    def guard(self, established: NDArray[np.int64], norms: Columns) -> NDArray[np.int64]:
        """Weigh the ties by who was `established` before the window, and by the networks' norms.

        `norms` has a row per network: `network` (name), whether it is `guarded` and coming back is
        the `custom`, how closed a `circle` may be, and how many times the vouched and the sure all
        may be (`silent`, `unsure`). Gives the accounts that are vouched for.
        """
        self.guarded = True
        self.engine.load("established", {"account": established})
        self.engine.load("norms", norms)
        self._make("vouchers")
        self._make("closed", among="pairs")
        self._make("weighed")
        self._make("ties")
        return self.engine.columns("select account from vouchers")["account"].astype(np.int64)

    def leave_open(self) -> None:
        """Let everybody count in full: there is no past to tell people from fakes by."""
        self._make("open_ties")

    def graph(self) -> tuple[Columns, Columns]:
        """Give the ties as a graph, each weighing log1p(c): see read_graph."""
        return read_graph(
            self.engine, "select source, target, ln(1 + acts)::double as weight from pairs"
        )

    def rank(self, accounts: NDArray[np.int64], ranks: NDArray[np.float64]) -> None:
        """Take in the ranks of accounts, and make what stands on them."""
        self.engine.load("ranks", {"account": accounts, "rank": ranks})
        for relation in self._relations:
            self._make(relation)

    def run(self, fused: Mapping[str, str], only: int | None = None) -> None:
        """Make `measured`: one row per account acted upon, or of `only` one, a column per signal.

        `fused` gives the SELECT over each relation; its first column is `target`. That over the
        engagers also has `latest` and `evidence`: see ASKED.
        """
        slices = self.engine.slices(_MEASURED_BYTES) if only is None else [(only, only)]
        whole = only is None and len(slices) == 1
        for number, (first, last) in enumerate(slices):
            some = "" if whole else f"where target between {first} and {last}"
            select = self._measured_sql({over: within(sql, some) for over, sql in fused.items()})
            start = "insert into" if number else "create or replace temp table"
            self.engine.run(f"{start} measured{'' if number else ' as'} {select}")

    def _measured_sql(self, fused: Mapping[str, str]) -> str:
        parts = [sql for over, sql in fused.items() if over != "engagers"]
        names = [
            f"r{number}.{name}" for number, sql in enumerate(parts) for name in self._names(sql)
        ]
        joins = " ".join(
            f"left join ({sql}) r{number} on r{number}.target = e.target"
            for number, sql in enumerate(parts)
        )
        others = "".join(f", coalesce({name}, 0) as {name.partition('.')[2]}" for name in names)
        acted = fused["engagers"]
        return (
            f"select a.account, a.network, e.* exclude (target){others} from ({acted}) e"
            f" join accounts a on a.account = e.target {joins} where not starts_with(a.id, '~')"
        )

    def _names(self, sql: str) -> list[str]:
        """Give a fused SELECT's columns; asked once, for the text alone decides them."""
        if sql not in _NAMES:
            _NAMES[sql] = [name for name in self.engine.types(sql) if name != "target"]
        return _NAMES[sql]

    def _make_acts(self, view: str, before: bool = False) -> None:
        make_acts(self.engine, self.period, view, before, self._not_endorsing)

    def _make(self, relation: str, **more: str) -> None:
        given = {"not_oneself": self._not_oneself, **_flags(self.guarded), **more}
        self.engine.run(relation_sql(relation, self.period, given))


_NAMES: dict[str, list[str]] = {}
_MEASURED_BYTES = 4000  # of an account, about, while its signals are summed: with room for the ties


def within(fused: str, condition: str) -> str:
    """Bound a fused SELECT to some targets."""
    before, grouped, after = fused.rpartition(" group by target")
    return f"{before} {condition}{grouped}{after}"


ASKED = {"latest": "min(age)", "evidence": "voices(1) + least(sum(half), sum(vouch))"}
"""What is asked of the engagers beside the signals: the age of the last act, and how many people
vouch for the account, the anonymous ones bounded by the named."""
_BEGINNING = "1900-01-01"
_TIES = "select target, source, vouched, sure, silent, unsure from ties"


def _flags(guarded: bool) -> dict[str, str]:
    """Give what relations say of the people behind a day or a post: everything where it is open."""
    if not guarded:
        flags = dict.fromkeys(BOUNDS, "true")
        norms = dict.fromkeys(BOUNDS.values(), "1.0::double")
        return {**flags, **norms, "with_ties": "", "post_ties": "", "people": "count(*)"}
    bounded = ", ".join(
        f"max({times}) * count_if({flag}) + {FREE_OF_A_POST[flag]}"
        for flag, times in BOUNDS.items()
    )
    return {
        **{flag: f"bool_or(t.{flag})" for flag in BOUNDS},
        **{times: f"max(t.{times})" for times in BOUNDS.values()},
        "with_ties": f"join ({_TIES}) t on t.target = a.target and t.source = a.source",
        "post_ties": f"join ({_TIES}) using (target, source)",
        "people": f"least(count(*), {bounded})",
    }


def make_acts(
    engine: Engine | Spark,
    period: Period,
    view: str,
    before: bool = False,
    not_endorsing: str = "",
) -> None:
    """Make a view of the acts of a period, as `acts` is of the measured one, or of all before it.

    Ages before a period count from its start. `not_endorsing` is a condition that leaves acts out.
    """
    given = {"view": view, "not_oneself": not_oneself(engine), "not_endorsing": not_endorsing}
    if before:
        given |= {"as_of": f"{period.start:%Y-%m-%d %H:%M:%S.%f}", "start": _BEGINNING}
    engine.run(relation_sql("acts", period, given))


def not_oneself(engine: Engine | Spark) -> str:
    """Leave out acts between accounts of one person, where any are proved."""
    if not engine.value("select count(*) from proofs"):
        return ""
    return (
        "and not exists (select 1 from persons p join persons q on p.person = q.person"
        " where p.account = i.source and q.account = i.target)"
    )


def _not_endorsing(engine: Engine | Spark, period: Period) -> str:
    """Leave endorsements out on networks where most acts before the period were something else."""
    if not engine.value("select count(*) from interactions where kind = 'endorse'"):
        return ""
    other = engine.columns(
        "select a.network from interactions i join accounts a on a.account = i.target"
        f" where i.published <= timestamp '{period.start:%Y-%m-%d %H:%M:%S.%f}'"
        " and i.source is not null"
        " group by a.network having 2 * count_if(i.kind = 'endorse') < count(*) order by 1"
    )["network"]
    networks = ", ".join(quoted(str(name)) for name in other)
    return (
        "and not (i.kind = 'endorse' and i.target in"
        f" (select account from accounts where network in ({networks})))"
        if networks
        else ""
    )


def read_graph(engine: Engine | Spark, ties: str) -> tuple[Columns, Columns]:
    """Read a query for `source`, `target`, `weight` (accounts, one row a pair) as a graph.

    Gives its nodes (`account`, `network` by number) and its edges, whose `source` and `target` are
    places among the nodes. Places follow the accounts' names, an order that imports cannot change.
    """
    edges = engine.columns(ties)
    home = engine.home if isinstance(engine, Spark) else engine
    named = home.columns(
        f"select account, {network_numbers('network')}::integer as network from accounts"
        " order by accounts.network, id"
    )
    count = int(named["account"].max(initial=-1)) + 1
    tied = np.zeros(count, bool)
    for end in ("source", "target"):
        tied[edges[end]] = True
    nodes = {name: column[tied[named["account"]]] for name, column in named.items()}
    place = np.zeros(count, np.int32)
    place[nodes["account"]] = np.arange(len(nodes["account"]), dtype=np.int32)
    for end in ("source", "target"):
        edges[end] = place[edges[end]]
    return nodes, edges


def make_moments(engine: Engine, period: Period, posts: int, movers: int) -> None:
    """Make `best_posts`, so many an account, their `tallies`, and `moments`: whom they moved.

    Needs `scored` and the relations of this period, which was measured last.
    """
    make_acts(engine, period, "acts", not_endorsing=_not_endorsing(engine, period))
    given = {"posts": str(posts), "movers": str(movers)}
    for relation in ("best_posts", "touched", "moments"):
        engine.run(relation_sql(relation, period, given))
    found = [row[0] for row in engine.rows("select distinct kind::varchar from touched order by 1")]
    sums = {kind: f"sum(case when kind = '{kind}' then acts else 0 end)" for kind in found or KINDS}
    named = ", ".join(f'"{kind}" := {total}::integer' for kind, total in sums.items())
    engine.run(relation_sql("tallies", period, {"tallies": named}))


def kinds_among(bits: int) -> list[str]:
    """Give the kinds of which a tie or a moment consists, from its `kinds`."""
    return [kind for kind, bit in _BITS.items() if bits & bit]


def make_later(engine: Engine, period: Period) -> None:
    """Make `later`: by account, the people who act upon it within h after the period."""
    given = {"not_oneself": not_oneself(engine)}
    engine.run(relation_sql("later", period, given))


def newest(engine: Engine) -> datetime | None:
    """Tell when the newest act, or else the newest post, happened, UTC without a zone.

    A +K of our own site is none of these: it must not make an archive of 2012 one of today.
    """
    found: datetime | None = engine.value(
        "select coalesce((select max(published) from interactions where file not in"
        " (select file from files where format = 'openclout')),"
        " (select max(published) from posts))"
    )
    return found


def network_names(engine: Engine) -> list[str]:
    """Give the networks' names, sorted; their places are their numbers."""
    return [row[0] for row in engine.rows("select distinct network from accounts order by 1")]


def network_numbers(column: str) -> str:
    """Give the SQL for a network's number."""
    return (
        f"(list_position((select list(distinct network order by network) from accounts), {column})"
        " - 1)"
    )


def oldest_act(engine: Engine) -> datetime | None:
    """Tell when the oldest act of all happened, UTC without a zone."""
    found: datetime | None = engine.value("select min(published) from interactions")
    return found


def oldest_by_network(engine: Engine) -> dict[str, datetime]:
    """Tell when the oldest act on each network happened."""
    return dict(
        engine.rows(
            "select network, min(first) from (select target as account, min(published) as first"
            " from interactions where target is not null group by 1) join accounts using (account)"
            " group by 1"
        )
    )


def profile_columns(engine: Engine, names: tuple[str, ...]) -> dict[str, Columns]:
    """Give the profile counters of each network of which no act is known at all."""
    given = " or ".join(f"{name} is not null" for name in names)
    if not engine.value(f"select count(*) from accounts where {given}"):
        return {}
    networks = engine.rows(
        f"select distinct network from accounts where ({given}) and network not in (select"
        " a.network from accounts a semi join interactions i on i.target = a.account) order by 1"
    )
    values = ", ".join(f"coalesce({name}, 0)::double as {name}" for name in names)
    return {
        network: engine.columns(
            f"select account, {values} from accounts where network = {quoted(network)}"
            f" and ({given}) order by account"
        )
        for (network,) in networks
    }


def measured_relation(relation: str, period: Period) -> str:
    """Give the SQL that makes a relation of a measured period, over the ties that it left."""
    return relation_sql(relation, period, _flags(guarded=True))


def engagers_sql() -> str:
    """Give the SQL that makes the relation `engagers` out of ties, standing and crowd."""
    return _filled("engagers", {})


def relation_sql(relation: str, period: Period, given: Mapping[str, str]) -> str:
    """Give the SQL of a relation for a period."""
    return _filled(
        relation,
        {
            "as_of": f"{period.as_of:%Y-%m-%d %H:%M:%S.%f}",
            "start": f"{period.start:%Y-%m-%d %H:%M:%S.%f}",
            "until": f"{period.as_of + period.h:%Y-%m-%d %H:%M:%S.%f}",
            "h": str(int(period.h.total_seconds() * 1_000_000)),
            **given,
        },
    )


def _filled(relation: str, given: Mapping[str, str]) -> str:
    path = files("openclout.warehouse") / "relations" / f"{relation}.sql"
    text = path.read_text(encoding="utf-8")
    values = {
        **given,
        "unit": str(_UNIT),
        "bits": " ".join(f"when '{kind}' then {bit}" for kind, bit in _BITS.items()),
        "ways": ", ".join(f"(t.kinds & {bits}) > 0 as {way}" for way, bits in _WAY_BITS.items())
        + ", bit_count(t.kinds) as ways",
        **{way: str(bits) for way, bits in _WAY_BITS.items()},
    }
    for name, value in values.items():
        text = text.replace(f"{{{name}}}", value)
    return text
