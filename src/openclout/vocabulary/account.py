"""Account: one identity on one network. Proof: why two accounts belong to one person."""

from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True, slots=True)
class Account:
    """What a network says of an account; counts are None where it does not say.

    `bot` is the network's own flag, `kind` the AS2 actor type (person, organization, service).
    """

    network: str
    id: str
    handle: str | None = None
    name: str | None = None
    created: datetime | str | int | float | None = None
    followers: int | None = None
    following: int | None = None
    listed: int | None = None
    posts: int | None = None
    bot: bool | None = None
    kind: str | None = None


@dataclass(frozen=True, slots=True)
class Proof:
    """Two accounts that belong to one person, and where that can be seen."""

    network: str
    id: str
    other_network: str
    other_id: str
    url: str


def split_spec(text: str) -> tuple[str | None, str]:
    """Split `network:handle`; a bare handle has no network. A leading @ is dropped.

    A network's name has no dot and no slash, so a URL or a DID is never split.

    >>> split_spec("mastodon:@ann@example.social"), split_spec("@ann"), split_spec("did:plc:xyz")
    (('mastodon', 'ann@example.social'), (None, 'ann'), (None, 'did:plc:xyz'))
    """
    network, colon, rest = text.strip().partition(":")
    if colon and rest and network != "did" and not rest.startswith("//") and "." not in network:
        return network, rest.removeprefix("@")
    return None, text.strip().removeprefix("@")
