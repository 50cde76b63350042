"""Where an account's own words are to be found: the bio, as the network's interface gives it.

Never the page as people see it: others' comments stand on it, and their words prove nothing.
"""

import re
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any
from urllib.parse import quote, urlsplit

from django.utils.translation import gettext as _

from openclout.web.claims.identity import Identity
from openclout.web.proof.fetch import Unreached, fetch


@dataclass(frozen=True, slots=True)
class Profile:
    """An account as its network shows it to everybody: who it is, and what it says of itself."""

    identity: Identity
    words: str


Read = Callable[[str], Profile]
_FEDIVERSE = re.compile(r"@?([\w.-]+)@([\w.-]+(?::\d+)?)", re.ASCII)
_NAME = re.compile(r"@?([\w.-]{1,80})", re.ASCII)


def read_profile(network: str, name: str) -> Profile:
    """Read an account's bio; raises Unreached where there is none or no way to it."""
    read = READERS.get(network)
    if read is None:
        raise Unreached(
            _("The bio of an account on %(place)s cannot be read by us.") % {"place": network}
        )
    return read(name.strip())


def scheme(host: str) -> str:
    """Tell how a host is reached: encrypted, but for servers of tests on this machine."""
    return "http" if host.partition(":")[0] in ("127.0.0.1", "localhost") else "https"


def fediverse_parts(name: str) -> tuple[str, str]:
    """Split `@ann@social.example`; raises Unreached where it is none."""
    found = _FEDIVERSE.fullmatch(name.strip())
    if found is None:
        raise Unreached(_('"%(name)s" is not of the form @name@server.') % {"name": name[:80]})
    return found[1], found[2]


def fediverse_identity(told: Any, host: str, proof: str) -> Identity:
    """Make the identity of an account as the Mastodon interface of its server describes it.

    A server speaks for its own accounts only: raises Unreached where it names another's.
    """
    user = str(told.get("username", ""))
    root = f"{scheme(host)}://{host}"
    address = str(told.get("uri") or f"{root}/users/{user}")
    ids = dict.fromkeys((address, f"{root}/users/{user}", str(told.get("url") or address)))
    if not _NAME.fullmatch(user) or any(
        urlsplit(name).netloc.lower() != host.lower() for name in ids
    ):
        raise Unreached(_("%(place)s speaks of an account of another server.") % {"place": host})
    return Identity(("mastodon", "fediverse"), tuple(ids), f"{user}@{host}", proof)


def _mastodon(name: str) -> Profile:
    user, host = fediverse_parts(name)
    told = read_json(f"{scheme(host)}://{host}/api/v1/accounts/lookup?acct={quote(user)}")
    if str(told.get("acct", "")).partition("@")[0].lower() != user.lower():
        raise Unreached(_("%(place)s does not know this account.") % {"place": host})
    fields = [str(field.get("value", "")) for field in told.get("fields") or []]
    words = " ".join([str(told.get("note", "")), *fields])
    return Profile(fediverse_identity(told, host, str(told.get("url", ""))), words)


def _bluesky(name: str) -> Profile:
    actor = _plain(name)
    told = read_json(
        f"https://public.api.bsky.app/xrpc/app.bsky.actor.getProfile?actor={quote(actor)}"
    )
    handle, did = str(told["handle"]), str(told["did"])
    identity = Identity(("bluesky",), (did,), handle, f"https://bsky.app/profile/{did}")
    return Profile(identity, str(told.get("description", "")))


def _github(name: str) -> Profile:
    told = read_json(f"https://api.github.com/users/{quote(_plain(name))}")
    login = str(told["login"])
    identity = Identity(
        ("github",), (str(told["id"]), login.lower()), login, f"https://github.com/{login}"
    )
    return Profile(identity, " ".join(str(told.get(part) or "") for part in ("bio", "blog")))


def _hacker_news(name: str) -> Profile:
    told = read_json(f"https://hacker-news.firebaseio.com/v0/user/{quote(_plain(name))}.json")
    user = str(told["id"])
    proof = f"https://news.ycombinator.com/user?id={user}"
    return Profile(Identity(("hackernews",), (user,), user, proof), str(told.get("about", "")))


def _reddit(name: str) -> Profile:
    told = read_json(
        f"https://www.reddit.com/user/{quote(_plain(name).removeprefix('u/'))}/about.json"
    )["data"]
    user = str(told["name"])
    identity = Identity(
        ("reddit",), (user.lower(), user), user, f"https://www.reddit.com/user/{user}"
    )
    return Profile(identity, str((told.get("subreddit") or {}).get("public_description", "")))


def _plain(name: str) -> str:
    found = _NAME.fullmatch(name)
    if found is None:
        raise Unreached(_('"%(name)s" is no name of an account.') % {"name": name[:80]})
    return found[1]


def read_json(url: str) -> dict[str, Any]:
    """Read an object as JSON; raises Unreached where there is none."""
    answer = fetch(url, headers={"Accept": "application/json"})
    told = answer.json() if answer.status == 200 else None
    if not isinstance(told, dict):
        raise Unreached(_("The network does not know this account, or does not show it."))
    return told


READERS: dict[str, Read] = {
    "mastodon": _mastodon,
    "bluesky": _bluesky,
    "github": _github,
    "hackernews": _hacker_news,
    "reddit": _reddit,
}
"""Networks that show everybody an account's own words, and how they are read."""
NAMES = {"mastodon": "Mastodon", "bluesky": "Bluesky", "github": "GitHub",
         "hackernews": "Hacker News", "reddit": "Reddit"}  # fmt: skip
"""The networks' own names."""
