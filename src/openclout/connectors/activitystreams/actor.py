"""Actors: who they are, and what they ask of those who index them."""

import re
from urllib.parse import urlsplit

from openclout.connectors.activitystreams.document import (
    ACTORS,
    Object,
    entries,
    id_of,
    is_object,
    objects,
    type_of,
)
from openclout.connectors.activitystreams.markup import plain_text
from openclout.vocabulary.account import Account

_PROFILE = re.compile(r"(https?://[^/]+)/@([^/@]+)/?")
_STATUS = re.compile(r"(https?://[^/]+)/(?:((?:ap/)?users/[^/]+)/statuses|@([^/@]+))/\d+")
_ACTOR = re.compile(r"https?://[^/]+/(?:(?:ap/)?users/|@)[^/@]+/?")
_NO_ROBOTS = re.compile(r"#?\b(?:nobot|nobots|noindex)\b", re.IGNORECASE)
_BOTS = ("service", "application")


def is_actor(thing: object) -> bool:
    """Tell whether something is an account: by its type, else by Mastodon's form of address."""
    if type_of(thing):
        return type_of(thing) in ACTORS
    name = id_of(thing)
    return bool(name and _ACTOR.fullmatch(name))


def actor_id(url: str) -> str:
    """Turn the address of a Mastodon profile into its actor's id; others stay as they are.

    >>> actor_id("https://social.example/@ann")
    'https://social.example/users/ann'
    """
    found = _PROFILE.fullmatch(url)
    return f"{found[1]}/users/{found[2]}" if found else url


def author_in(url: str | None) -> str | None:
    """Tell the author from the address of a Mastodon post; None for other servers' addresses.

    >>> author_in("https://social.example/users/ann/statuses/1")
    'https://social.example/users/ann'
    """
    found = _STATUS.match(url or "")
    return f"{found[1]}/{found[2] or 'users/' + found[3]}" if found else None


def name_in(actor: str) -> str:
    """Give the last part of an actor's id, lower case: where most servers have the user name."""
    return actor.rstrip("/").rpartition("/")[2].removeprefix("@").lower()


def account_of(actor: Object, network: str, posts: int | None = None) -> Account | None:
    """Read an actor; None where it has no id."""
    name = id_of(actor)
    if name is None:
        return None
    return Account(
        network=network,
        id=actor_id(name),
        handle=handle_of(actor),
        name=_text(actor.get("name")),
        created=_text(actor.get("published")),
        followers=_total(actor.get("followers")),
        following=_total(actor.get("following")),
        posts=posts,
        bot=type_of(actor) in _BOTS,
        kind=type_of(actor),
    )


def handle_of(actor: Object) -> str | None:
    """Give `user@host`, from Mastodon's `webfinger` or the name and the host of id or url."""
    told = actor.get("webfinger")
    if isinstance(told, str) and "@" in told:
        return told.removeprefix("acct:").removeprefix("@")
    user = _text(actor.get("preferredUsername"))
    for address in (actor.get("id"), *entries(actor.get("url"))):
        host = urlsplit(address).hostname if isinstance(address, str) else None
        if user and host:
            return f"{user}@{host}"
    return None


def is_withdrawn(actor: Object) -> bool:
    """Tell whether an actor asks not to be listed: discoverable false, #nobot or #noindex."""
    tags = [tag.get("name") for tag in objects(actor.get("tag"))]
    said = " ".join([plain_text(str(actor.get("summary") or "")), *map(str, tags)])
    return actor.get("discoverable") is False or bool(_NO_ROBOTS.search(said))


def is_textless(actor: Object) -> bool:
    """Tell whether an actor's posts must not be searchable: indexable false, or withdrawn."""
    return actor.get("indexable") is False or is_withdrawn(actor)


def _text(value: object) -> str | None:
    return value if isinstance(value, str) and value else None


def _total(collection: object) -> int | None:
    total = collection.get("totalItems") if is_object(collection) else None
    return total if isinstance(total, int) else None
