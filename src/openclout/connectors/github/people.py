"""GitHub's accounts: who is met in a backup, each told once."""

from typing import TypeVar

from openclout.connectors.github.shape import Raw
from openclout.vocabulary.account import Account

T = TypeVar("T")
GHOST = "ghost"
"""The login under which GitHub shows what deleted accounts left behind."""

_KINDS = {"User": "person", "Mannequin": "person", "Organization": "organization", "Bot": "service"}


class People:
    """Gives ids, and keeps the accounts that are new until they are asked for."""

    def __init__(self, network: str) -> None:
        """`network` is the name under which the accounts are kept."""
        self._network = network
        self._seen: set[tuple[str, bool]] = set()
        self._newcomers: list[Account] = []

    def id_of(self, user: object) -> str | None:
        """Give an account's number as text, None where it was deleted.

        Raises ValueError where the user is neither null nor one.
        """
        if user is None:
            return None
        if not isinstance(user, dict) or not isinstance(user.get("id"), int):
            raise ValueError("the user has no id")
        if user.get("login") == GHOST:
            return None
        mark = str(user["id"]), "followers" in user
        if mark not in self._seen:
            self._seen.add(mark)
            self._newcomers.append(self._account(user))
        return mark[0]

    def newcomers(self) -> list[Account]:
        """Give the accounts met since the last time."""
        newcomers, self._newcomers = self._newcomers, []
        return newcomers

    def _account(self, user: Raw) -> Account:
        login, sort = str(user.get("login") or ""), str(user.get("type") or "")
        bot = sort == "Bot" or login.endswith("[bot]")
        return Account(
            network=self._network,
            id=str(user["id"]),
            handle=login or None,
            name=_if(str, user.get("name")),
            created=_if(str, user.get("created_at")),
            followers=_if(int, user.get("followers")),
            following=_if(int, user.get("following")),
            bot=bot,
            kind="service" if bot else _KINDS.get(sort),
        )


def _if(sort: type[T], value: object) -> T | None:
    return value if isinstance(value, sort) else None
