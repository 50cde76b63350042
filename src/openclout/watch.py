"""Watch: rules about scores, and what became of them since one looked last.

A rule is a sentence: `moved 5 points in a week`, `rose 10 points in 3 days on mastodon`, `new in
the top 20 of #tea`. What was told is remembered, so that a move is told once in its span, and
somebody new in a list once. Provisional scores are never told of: they are guesses.
"""

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any, Protocol

from openclout.consent import Ledger
from openclout.errors import InputError, NotFound
from openclout.notebook import Notebook

KEPT = "watches.json"
Row = dict[str, Any]
Key = tuple[str, str]
"""(network, id)"""

_SPANS = {"hour": timedelta(hours=1), "day": timedelta(days=1), "week": timedelta(weeks=1),
          "month": timedelta(days=30)}  # fmt: skip
_ON = r"(?: on (?P<network>\S+))?"
_MOVED = re.compile(
    r"(?P<way>moved|rose|fell) (?P<points>\d+(?:\.\d+)?) points? in"
    rf" (?:(?P<count>\d+)|an?|one) (?P<unit>hour|day|week|month)s?{_ON}"
)
_TOP = re.compile(rf"new in the top (?P<count>\d+)(?: of #(?P<topic>\S+))?{_ON}")
_EXAMPLES = '"moved 5 points in a week" or "new in the top 20 of #tea"'


@dataclass(frozen=True, slots=True)
class Moved:
    """Somebody's score moved by so many points within a span, up or down or either way."""

    way: str
    points: float
    span: timedelta
    network: str | None

    def meets(self, change: float) -> bool:
        """Tell whether a change is one to tell of."""
        if abs(change) < self.points:
            return False
        return self.way == "moved" or (change > 0) == (self.way == "rose")


@dataclass(frozen=True, slots=True)
class Newcomer:
    """Somebody is among the first so many, of all or of a topic, who was not before."""

    count: int
    topic: str | None
    network: str | None


def read_rule(text: str) -> Moved | Newcomer:
    """Read a rule; raises InputError with examples."""
    words = _words(text)
    if found := _MOVED.fullmatch(words):
        span = _SPANS[found["unit"]] * int(found["count"] or 1)
        rule = Moved(found["way"], float(found["points"]), span, found["network"])
        if rule.points > 0 and timedelta(0) < span <= timedelta(days=3653):
            return rule
    if found := _TOP.fullmatch(words):
        newcomer = Newcomer(int(found["count"]), found["topic"], found["network"])
        if 1 <= newcomer.count <= 10_000:
            return newcomer
    raise InputError(f'"{text}" is no rule', place="RULE", fix=f"e.g. {_EXAMPLES}")


@dataclass(frozen=True, slots=True)
class Told:
    """Of whom was told, and at which moment's score."""

    network: str
    account: str
    at: datetime


@dataclass(frozen=True, slots=True)
class Watch:
    """A rule that is kept: where it is told, and what was told or seen of it.

    `seen` is who was in the list (network, id); None: nobody looked yet.
    """

    rule: str
    webhook: str = ""
    secret: str = ""
    allow_local: bool = False
    told: tuple[Told, ...] = ()
    seen: tuple[Key, ...] | None = None


class Watches:
    """The rules of one data folder."""

    def __init__(self, data: Path, ledger: Ledger) -> None:
        """Name the folder; `ledger` says of whom nothing is kept."""
        self._book = Notebook(data / KEPT, _read_watch)
        self._ledger = ledger

    def all(self) -> list[Watch]:
        """Give the rules in the order in which they were added."""
        return self._book.load()

    def add(self, watch: Watch) -> None:
        """Keep a rule; raises InputError where it is kept already."""
        with self._book.changing() as watches:
            if any(one.rule == watch.rule for one in watches):
                raise InputError(f'"{watch.rule}" is kept already', place="RULE",
                                 fix="openclout watch list")  # fmt: skip
            watches.append(watch)

    def remove(self, text: str) -> Watch:
        """Take a rule away, by its words or its number in the list; raises NotFound."""
        with self._book.changing() as watches:
            for number, watch in enumerate(watches, 1):
                if _words(text) in (watch.rule, str(number)):
                    watches.remove(watch)
                    return watch
        raise NotFound(f'there is no rule "{text}"', fix="openclout watch list")

    def remember(self, looked: Watch) -> None:
        """Keep what was told and seen of a rule, unless it was taken away meanwhile."""
        with self._book.changing() as watches:
            for place, watch in enumerate(watches):
                if watch.rule == looked.rule:
                    watches[place] = replace(watch, told=looked.told, seen=looked.seen)

    def forget(self) -> None:
        """Erase what was told and seen of those who opted out."""
        if not self._ledger.tombstones or not self._book.load():
            return
        with self._book.changing() as watches:
            watches[:] = [self._without(watch) for watch in watches]

    def _without(self, watch: Watch) -> Watch:
        told = (one for one in watch.told if not self._ledger.holds(one.network, one.account))
        seen = watch.seen
        if seen is not None:
            seen = tuple(key for key in seen if not self._ledger.holds(*key))
        return replace(watch, told=tuple(told), seen=seen)


class Movements(Protocol):
    """What a rule asks of the history: see snapshot/series.py."""

    def changes(self, span: timedelta, network: str | None = None) -> list[Row]:
        """Give everybody's change since about a span before, the largest first."""
        ...


Lists = Callable[[str | None, str | None, int], list[Row]]
"""Gives, of a topic or all, of a network or all, the first so many, best first."""


def look(
    watch: Watch, moment: datetime, movements: Movements, lists: Lists
) -> tuple[list[Row], Watch]:
    """Tell what happened by a rule, and the watch as it is once that was told."""
    rule = read_rule(watch.rule)
    if isinstance(rule, Moved):
        return _moves(watch, rule, moment, movements)
    rows = lists(rule.topic, rule.network, rule.count)
    events = [] if watch.seen is None else _newcomers(rows, set(watch.seen))
    return events, replace(watch, seen=tuple(sorted(map(_key, rows))))


def _moves(
    watch: Watch, rule: Moved, moment: datetime, movements: Movements
) -> tuple[list[Row], Watch]:
    fresh = {_key_of(one): one for one in watch.told if moment - one.at < rule.span}
    events = [
        {
            **{name: row[name] for name in ("network", "account", "label", "before", "score")},
            "change": round(row["change"], 2),
        }
        for row in movements.changes(rule.span, rule.network)
        if not row["provisional"] and rule.meets(row["change"]) and _key(row) not in fresh
    ]
    told = fresh | {_key(event): Told(*_key(event), moment) for event in events}
    return events, replace(watch, told=tuple(told[key] for key in sorted(told)))


def _newcomers(rows: Sequence[Row], seen: set[Key]) -> list[Row]:
    return [
        {
            **{name: row[name] for name in ("network", "account", "label", "score")},
            "place": place,
        }
        for place, row in enumerate(rows, 1)
        if _key(row) not in seen
    ]


def _key(row: Row) -> Key:
    return row["network"], row["account"]


def _key_of(told: Told) -> Key:
    return told.network, told.account


def _words(text: str) -> str:
    return " ".join(text.split())


def _read_watch(raw: Row) -> Watch:
    told = tuple(
        Told(one["network"], one["account"], datetime.fromisoformat(one["at"]))
        for one in raw["told"]
    )
    seen = None if raw["seen"] is None else tuple((one[0], one[1]) for one in raw["seen"])
    return Watch(raw["rule"], raw["webhook"], raw["secret"], bool(raw["allow_local"]), told, seen)
