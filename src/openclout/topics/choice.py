"""Choices: what the owners of accounts hid or claimed, kept in the data folder as keyed hashes.

A choice holds the hash of the account's id (consent.py's key) and everything by which the topic may
come back: its id, its Wikidata item, its names. So what was removed stays removed after another
import, another vocabulary and every score. A claim shows an interest; it never gives a point.
"""

import json
import os
import secrets
from collections.abc import Iterable, Sequence
from dataclasses import asdict, dataclass
from datetime import datetime
from pathlib import Path

from openclout.consent import Ledger
from openclout.errors import NotFound, WarehouseError
from openclout.topic import Topic
from openclout.topics.phrases import tag_key

FILE = "topic-choices.json"
HIDE, CLAIM = "hide", "claim"


@dataclass(frozen=True, slots=True)
class Choice:
    """One account's word on one topic; `marks` are all names of the topic, compared as tags are."""

    account: str
    what: str
    topic: str
    marks: tuple[str, ...]
    added: str

    def means(self, topic: Topic) -> bool:
        """Tell whether it is about a topic, under whatever name that goes now."""
        return not set(self.marks).isdisjoint(marks_of(topic))


class Choices:
    """The choices of one data folder."""

    def __init__(self, data: Path, ledger: Ledger) -> None:
        """Read the choices; raises WarehouseError where they cannot be read."""
        self._file, self._ledger = data / FILE, ledger
        self.all: tuple[Choice, ...] = self._read()

    def _read(self) -> tuple[Choice, ...]:
        try:
            rows = json.loads(self._file.read_text(encoding="utf-8"))
            return tuple(Choice(**row | {"marks": tuple(row["marks"])}) for row in rows)
        except FileNotFoundError:
            return ()
        except (OSError, ValueError, KeyError, TypeError) as error:
            raise WarehouseError(
                f"the owners' choices of topics cannot be read ({type(error).__name__}: {error})",
                place=str(self._file),
                fix="restore them from a backup; no topic is shown without them",
            ) from None

    def of(self, network: str, account: str) -> list[Choice]:
        """Give an account's choices, by topic."""
        mark = self._ledger.keyed(network, account) if self.all else ""
        return sorted((one for one in self.all if one.account == mark), key=lambda one: one.topic)

    def choose(self, network: str, account: str, what: str, topic: Topic, now: datetime) -> None:
        """Hide or claim a topic; the later word on a topic takes the place of the earlier."""
        mark = self._ledger.keyed(network, account)
        kept = [one for one in self._read() if one.account != mark or not one.means(topic)]
        marks = tuple(sorted(marks_of(topic)))
        self._write([*kept, Choice(mark, what, topic.topic, marks, now.date().isoformat())])

    def undo(self, network: str, account: str, topic: Topic) -> None:
        """Take back what was chosen; raises NotFound where nothing was."""
        mark = self._ledger.keyed(network, account)
        known = self._read()
        kept = [one for one in known if one.account != mark or not one.means(topic)]
        if len(kept) == len(known):
            raise NotFound(
                f'nothing was hidden or claimed under "{topic.name()}"',
                fix="openclout topics show-hidden ACCOUNT",
            )
        self._write(kept)

    def forget(self) -> None:
        """Delete what accounts chose that opted out: marks of both are made with one key."""
        marks = self._ledger.hashes
        if any(one.account in marks for one in self.all):
            self._write([one for one in self._read() if one.account not in marks])

    def pairs(self, what: str, topics: Iterable[Topic]) -> list[tuple[str, str]]:
        """Give (hash of the account, topic's id) of a kind, for the topics there are now."""
        chosen = [one for one in self.all if one.what == what]
        if not chosen:
            return []
        by_mark: dict[str, list[str]] = {}
        for topic in topics:
            for mark in marks_of(topic):
                by_mark.setdefault(mark, []).append(topic.topic)
        found = {
            (one.account, topic)
            for one in chosen
            for mark in one.marks
            for topic in by_mark.get(mark, ())
        }
        return sorted(found)

    def _write(self, choices: Sequence[Choice]) -> None:
        """Write a private file so that a crash leaves the old or the new one, never half."""
        rows = [asdict(choice) for choice in choices]
        draft = self._file.with_suffix(f".{secrets.token_hex(8)}.new")
        descriptor = os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
        with os.fdopen(descriptor, "w", encoding="utf-8") as file:
            json.dump(rows, file, indent=1, ensure_ascii=False)
            file.flush()
            os.fsync(file.fileno())
        draft.replace(self._file)
        self.all = tuple(choices)


def marks_of(topic: Topic) -> set[str]:
    """Give everything that a topic goes by: id, item and names."""
    names = [topic.topic, topic.wikidata, *topic.names.values()]
    return {key for name in names if (key := tag_key(name))}
