"""Whose archive this is: account.js, or what other layouts have in its place."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime

from openclout.bundle import Bundle
from openclout.connector import Reject
from openclout.connectors.x_archive.entity import time_of
from openclout.connectors.x_archive.script import Script, read_script
from openclout.errors import InputError

_PLACES = (
    # file, key of the entry, keys of: id, handle, name, created
    (r"account\.js", "account", "accountId username accountDisplayName createdAt"),
    (r"manifest\.js", "userInfo", "accountId userName displayName -"),
    (r"data/js/user_details\.js", "", "id screen_name full_name created_at"),  # before 2018
)
_FIX = "point at the whole archive, as X sent it"


@dataclass(frozen=True, slots=True)
class Owner:
    """The account that asked for the archive; nothing else of account.js is taken."""

    id: str
    handle: str | None
    name: str | None
    created: datetime | None


def read_owner(bundle: Bundle, rejects: list[Reject]) -> Owner:
    """Find the owner; raises InputError where there is none, or more than one."""
    for pattern, key, keys in _PLACES:
        scripts = [read_script(bundle, name) for name in bundle.find(pattern)]
        rejects += [script.reject for script in scripts if script.reject]
        found = {owner.id: owner for script in scripts for owner in _owners(script, key, keys)}
        if len(found) > 1:
            problem = f"there are archives of {len(found)} accounts ({', '.join(sorted(found))})"
            raise InputError(problem, place=bundle.source.name, fix="import them one by one")
        for owner in found.values():
            return owner
    told = "".join(f"; {reject.place}: {reject.reason}" for reject in rejects)
    problem = f"data/account.js tells no owner, so nobody knows whose posts these are{told}"
    raise InputError(problem, place=bundle.source.name, fix=_FIX)


def handle_in(head: bytes) -> str | None:
    """Tell the owner's handle from the first bytes of account.js."""
    found = re.search(rb'"username"\s*:\s*"(\w+)"', head)
    return found[1].decode("ascii") if found else None


def _owners(script: Script, key: str, keys: str) -> Iterator[Owner]:
    for entry in script.entries:
        inner = entry.get(key, entry) if isinstance(entry, dict) else None
        values = [inner.get(name) for name in keys.split()] if isinstance(inner, dict) else [None]
        if str(values[0]).isascii() and str(values[0]).isdigit():
            handle, name = (str(value) if value else None for value in values[1:3])
            yield Owner(str(values[0]), handle, name, _time(values[3]))


def _time(said: object) -> datetime | None:
    try:
        return time_of(said)
    except (ValueError, OverflowError):
        return None
