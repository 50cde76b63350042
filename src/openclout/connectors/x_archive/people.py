"""Who is who in an archive: its owner under the own id, everybody else under a keyed id."""

import re
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from openclout.connectors.x_archive.entity import number, objects, text_of

NETWORK = "x"
_HANDLE = re.compile(r"([@＠])(\w+)", re.ASCII)
_PROFILE = re.compile(r"((?<![\w-])(?:twitter|x)\.com/)(\w+)", re.ASCII | re.IGNORECASE)


@dataclass(slots=True)
class People:
    """The owner's id and handle (lower case), and the numeric ids behind others' screen names."""

    owner: str
    handle: str
    keyed: Callable[[str, str], str]
    known: dict[str, str] = field(default_factory=dict)

    def learn(self, tweet: dict[str, Any]) -> None:
        """Keep which numeric id a screen name stands for, from one of the owner's tweets."""
        pairs = [(m.get("screen_name"), number(m, "id")) for m in mentions(tweet)]
        pairs.append((tweet.get("in_reply_to_screen_name"), number(tweet, "in_reply_to_user_id")))
        for name, numeric in pairs:
            if isinstance(name, str) and numeric:
                self.known[name.lower()] = numeric

    def find(self, name: object, numeric: str | None = None) -> str | None:
        """Give the id to store: the owner's own, else a keyed one, by number where it is known."""
        lower = name.lower() if isinstance(name, str) else ""
        numeric = numeric or self.known.get(lower)
        if numeric == self.owner or (lower and lower == self.handle):
            return self.owner
        return self.keyed(NETWORK, numeric or lower) if numeric or lower else None

    def veil(self, text: str) -> str:
        """Take everybody's handle but the owner's out of a text, in mentions and links.

        >>> People("1", "ann", lambda network, name: name).veil("@Ann and @bob")
        '@Ann and @…'
        """
        return _PROFILE.sub(self._veil, _HANDLE.sub(self._veil, text))

    def _veil(self, found: re.Match[str]) -> str:
        return found[0] if found[2].lower() in (self.handle, "i") else f"{found[1]}…"


def mentions(tweet: dict[str, Any]) -> list[dict[str, Any]]:
    """Give the accounts mentioned in a tweet, as X lists them."""
    return objects(tweet, "entities", "user_mentions")


def retweeted_name(tweet: dict[str, Any]) -> str | None:
    """Tell whose tweet this one passes on: `ann` of "RT @ann: ...", None for an own tweet."""
    found = re.match(r"RT @(\w+)", text_of(tweet), re.ASCII)
    return found[1] if found else None
