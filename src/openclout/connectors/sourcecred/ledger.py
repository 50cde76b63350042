"""SourceCred's ledger: which accounts belong to one participant.

A log of events, one JSON object a line, as in core/ledger/ledger.js. Only identities and their
aliases are read; balances, transfers and payout addresses are passed over.
"""

from collections.abc import Callable, Iterator
from typing import Any

import orjson

from openclout.connector import Reject
from openclout.connectors.sourcecred.graph import Address
from openclout.vocabulary.account import Proof

URL = "sourcecred ledger"
AccountOf = Callable[[Address], tuple[str, str] | None]
"""Tells the network and id of the account at an address, None where it is of no network we read."""

_FIX = "copy data/ledger.json from the instance again"


def replay(content: bytes, place: str) -> tuple[list[list[Address]], list[Reject]]:
    """Give each participant's aliases as they stand in the end, and the events that make no sense.

    Aliases come in the order in which they were added.
    """
    identities, rejects = _Identities(), []
    for number, event in _events(content):
        try:
            identities.apply(_action(event))
        except (LookupError, TypeError, ValueError) as error:
            value = event if isinstance(event, bytes) else orjson.dumps(event)
            missing = f"{error} is missing" if isinstance(error, KeyError) else str(error)
            reason = f"the event makes no sense: {missing}"
            shown = value[:200].decode(errors="replace")
            rejects.append(Reject(f"{place}, event {number}", shown, reason, _FIX))
    return [list(map(_address, known)) for known in identities.aliases.values()], rejects


def prove(aliases: list[Address], account_of: AccountOf) -> Iterator[Proof]:
    """Prove that one participant's further accounts belong to the first."""
    found = (account_of(alias) for alias in aliases)
    known = list(dict.fromkeys(account for account in found if account))
    for other in known[1:]:
        yield Proof(*known[0], *other, url=URL)


class _Identities:
    """Aliases by identity, as they stand after the events so far."""

    def __init__(self) -> None:
        self.aliases: dict[str, list[str]] = {}
        self._merged: dict[str, str] = {}

    def apply(self, action: dict[str, Any]) -> None:
        """Take an event in; raises LookupError or TypeError where it makes no sense."""
        word = action["type"]
        if word == "CREATE_IDENTITY":
            identity = action["identity"]
            known = self.aliases.setdefault(identity["id"], [])
            known += map(_alias, identity.get("aliases") or [])
        elif word == "ADD_ALIAS":
            self._of(action["identityId"]).append(_alias(action["alias"]))
        elif word == "REMOVE_ALIAS":
            known, gone = self._of(action["identityId"]), _alias(action["alias"])
            known[:] = [alias for alias in known if alias != gone]
        elif word == "MERGE_IDENTITIES":
            self._merge(action["base"], action["target"])

    def _of(self, identity: str) -> list[str]:
        return self._aliases(self._root(identity))

    def _aliases(self, identity: str) -> list[str]:
        if identity not in self.aliases:
            raise ValueError("its identity was never created")
        return self.aliases[identity]

    def _root(self, identity: str) -> str:
        while identity in self._merged:
            identity = self._merged[identity]
        return identity

    def _merge(self, base: str, target: str) -> None:
        root, gone = self._root(base), self._root(target)
        if root == gone:
            raise ValueError("an identity is merged with itself")
        self._aliases(root).extend(self._aliases(gone))
        del self.aliases[gone]
        self._merged[gone] = root


def _events(content: bytes) -> Iterator[tuple[int, Any]]:
    """Give the events with their number, which is the line's in a file of lines."""
    try:
        whole = orjson.loads(content)
    except orjson.JSONDecodeError:
        yield from _lines(content)
    else:
        yield from enumerate(whole if isinstance(whole, list) else [whole], start=1)


def _lines(content: bytes) -> Iterator[tuple[int, Any]]:
    for number, line in enumerate(content.splitlines(), start=1):
        if line.strip():
            try:
                yield number, orjson.loads(line)
            except orjson.JSONDecodeError:
                yield number, line


def _action(event: Any) -> dict[str, Any]:
    if isinstance(event, bytes):
        raise ValueError("it is not JSON")
    if not isinstance(event, dict) or not isinstance(event.get("action"), dict):
        raise ValueError("it has no action")
    return dict(event["action"])


def _alias(alias: Any) -> str:
    return str(alias["address"] if isinstance(alias, dict) else alias)


def _address(alias: str) -> Address:
    r"""Split "N\0sourcecred\0discord\0MEMBER\0user\0123\0" into its parts."""
    return tuple(alias.split("\0")[1:-1])
