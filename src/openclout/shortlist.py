"""Shortlists: accounts chosen by people, with what they think of them; kept in the data folder.

A list holds ids and notes, never numbers: those are read anew each time, beside posts to judge by.
Whoever opted out is passed over by every reader, and erased, names in notes included, by `forget`.
"""

import re
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from datetime import datetime
from pathlib import Path
from typing import Any

from openclout.consent import Ledger
from openclout.errors import InputError, NotFound
from openclout.notebook import Notebook
from openclout.warehouse.engine import Engine
from openclout.warehouse.measure import network_names
from openclout.warehouse.words import clear_texts

KEPT = "shortlists.json"
LONGEST_NOTE = 2000  # letters
_NAME = re.compile(r"\w(?:[\w .,&+#-]{0,62}[\w.+#])?")


@dataclass(frozen=True, slots=True)
class Entry:
    """One account on a list: its id, the handle it had, what was noted, and when it was added."""

    network: str
    account: str
    handle: str | None
    note: str
    added: str


@dataclass(frozen=True, slots=True)
class Shortlist:
    """A named list: what it is for, and who is on it in the order in which they were added."""

    name: str
    about: str = ""
    entries: tuple[Entry, ...] = field(default=())

    def place(self, network: str, account: str) -> int | None:
        """Tell where an account stands on the list; None where it does not."""
        keys = [(entry.network, entry.account) for entry in self.entries]
        return keys.index((network, account)) if (network, account) in keys else None


class Shortlists:
    """The lists of one data folder."""

    def __init__(self, data: Path, ledger: Ledger) -> None:
        """Name the folder; `ledger` says who may not be shown."""
        self._book = Notebook(data / KEPT, _read_list)
        self._ledger = ledger

    def all(self) -> list[Shortlist]:
        """Give the lists by name, without those who opted out."""
        return [
            replace(one, entries=tuple(entry for entry in one.entries if self._shown(entry)))
            for one in self._book.load()
        ]

    def find(self, name: str) -> Shortlist:
        """Give a list by name; raises NotFound, with the names that there are."""
        return _named(self.all(), name)

    def create(self, name: str, about: str) -> None:
        """Begin a list; raises InputError for a name that is taken, or none."""
        if not _NAME.fullmatch(name):
            raise InputError(
                f'"{name}" is no name for a list',
                place="NAME",
                fix="up to 64 letters, digits, spaces and .,&+#-, beginning with a letter or digit",
            )
        _check_note(about, "--about")
        with self._changing() as lists:
            if any(one.name.casefold() == name.casefold() for one in lists):
                raise InputError(f'there is a list "{name}" already', place="NAME",
                                 fix="openclout shortlist show")  # fmt: skip
            lists.append(Shortlist(name, about))

    def delete(self, name: str) -> Shortlist:
        """Take a list away."""
        with self._changing() as lists:
            found = _named(lists, name)
            lists.remove(found)
        return found

    def add(self, name: str, row: dict[str, Any], note: str, now: datetime) -> bool:
        """Put an account of the snapshot on a list, or renew its note; tell whether it is new."""
        _check_note(note, "--note")
        entry = Entry(row["network"], row["account"], row["handle"], note, f"{now:%Y-%m-%d}")
        with self._changing() as lists:
            found = _named(lists, name)
            place = found.place(entry.network, entry.account)
            entries = list(found.entries)
            if place is None:
                entries.append(entry)
            else:
                entries[place] = replace(entry, added=entries[place].added)
            lists[lists.index(found)] = replace(found, entries=tuple(entries))
        return place is None

    def remove(self, name: str, network: str | None, account: str) -> Entry:
        """Take an account, named by id or handle, off a list; raises NotFound, or InputError."""
        with self._changing() as lists:
            found = _named(lists, name)
            meant = [entry for entry in found.entries if _is_meant(entry, network, account)]
            if not meant:
                raise NotFound(f'"{account}" is not on the list "{found.name}"',
                               fix=f'openclout shortlist show "{found.name}"')  # fmt: skip
            if len(meant) > 1:
                specs = ", ".join(f"{entry.network}:{entry.account}" for entry in meant)
                raise InputError(f'"{account}" may be {len(meant)} accounts', fix=f"say: {specs}")
            kept = tuple(entry for entry in found.entries if entry != meant[0])
            lists[lists.index(found)] = replace(found, entries=kept)
        return meant[0]

    def forget(self, engine: Engine) -> int:
        """Erase who opted out, and their names from notes; tell how many entries are gone."""
        if not self._ledger.tombstones or not self._book.load():
            return 0
        with self._changing() as lists:
            before = sum(len(one.entries) for one in lists)
            listed = {entry.network for one in lists for entry in one.entries}
            networks = sorted(listed.union(network_names(engine)))
            kept = [
                replace(one, entries=tuple(entry for entry in one.entries if self._shown(entry)))
                for one in lists
            ]
            texts = {text for one in kept for text in _texts(one)}
            clear = clear_texts(engine, self._ledger.key, self._ledger.hashes, networks, texts)
            lists[:] = [_cleared(one, clear, number) for number, one in enumerate(kept, 1)]
            return before - sum(len(one.entries) for one in lists)

    def _shown(self, entry: Entry) -> bool:
        return not self._ledger.holds(entry.network, entry.account, entry.handle)

    @contextmanager
    def _changing(self) -> Iterator[list[Shortlist]]:
        with self._book.changing() as lists:
            yield lists
            lists.sort(key=lambda one: (one.name.casefold(), one.name))


def _read_list(raw: dict[str, Any]) -> Shortlist:
    return Shortlist(raw["name"], raw["about"], tuple(Entry(**row) for row in raw["entries"]))


def _named(lists: Sequence[Shortlist], name: str) -> Shortlist:
    for one in lists:
        if one.name.casefold() == name.casefold():
            return one
    known = ", ".join(f'"{one.name}"' for one in lists)
    raise NotFound(
        f'there is no list "{name}"',
        fix=f"there are {known}" if known else f'openclout shortlist create "{name}"',
    )


def _is_meant(entry: Entry, network: str | None, account: str) -> bool:
    names = [name.casefold() for name in (entry.account, entry.handle) if name]
    return account.casefold() in names and network in (None, entry.network)


def _check_note(text: str, place: str) -> None:
    if len(text) > LONGEST_NOTE:
        raise InputError(f"it has {len(text):,} letters", place=place,
                         fix=f"at most {LONGEST_NOTE:,}")  # fmt: skip


def _texts(one: Shortlist) -> list[str]:
    return [one.name, one.about, *(entry.note for entry in one.entries)]


def _cleared(one: Shortlist, clear: dict[str, str], number: int) -> Shortlist:
    name = one.name if clear[one.name] == one.name else f"list {number}"
    entries = tuple(replace(entry, note=clear[entry.note]) for entry in one.entries)
    return Shortlist(name, clear[one.about], entries)
