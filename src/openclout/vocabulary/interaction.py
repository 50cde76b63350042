"""Interaction: a directed act of `source` upon `target`'s post or self, and its kinds."""

from dataclasses import dataclass
from datetime import datetime

KINDS = (
    "like", "share", "reply", "mention", "quote", "follow",
    "link", "view", "endorse", "accept", "list",
)  # fmt: skip

WORDS = {
    # ActivityStreams 2, https://www.w3.org/TR/activitystreams-vocabulary/#activity-types
    "announce": "share", "create": "reply", "view": "view", "read": "view", "listen": "view",
    "add": "list", "accept": "accept", "like": "like", "follow": "follow", "join": "follow",
    # What the networks call the same acts
    "favourite": "like", "favorite": "like", "fav": "like", "heart": "like", "upvote": "like",
    "react": "like", "reaction": "like", "thumbsup": "like", "bookmark": "like", "star": "like",
    "retweet": "share", "rt": "share", "boost": "share", "reblog": "share", "repost": "share",
    "re": "reply", "comment": "reply", "answer": "reply", "review": "reply",
    "mt": "mention", "at": "mention", "tag": "mention", "message": "mention",
    "qt": "quote", "quote_tweet": "quote", "subscribe": "follow", "watch": "follow",
    "webmention": "link", "pingback": "link", "trackback": "link", "reference": "link",
    "impression": "view", "play": "view", "rate": "endorse", "rating": "endorse",
    "trust": "endorse", "vote": "endorse", "approve": "accept", "merge": "accept",
    "listed": "list", "list_add": "list",
}  # fmt: skip
"""Other words for the kinds, lower case. AS2's `Create` is a reply when it answers somebody."""


@dataclass(frozen=True, slots=True)
class Interaction:
    """One act. `source` is None for anonymous engagement; `object` is the post acted upon.

    `target` may be None where only the object is known: it is then resolved to the post's author
    as soon as that is known. `value` is a signed rating (negative is distrust, never influence).
    `count` says how many equal acts this row stands for. `published` is when the act happened:
    a datetime, ISO 8601 text, or Unix seconds or milliseconds.
    """

    network: str
    kind: str
    source: str | None
    target: str | None
    published: datetime | str | int | float | None
    object: str | None = None
    id: str | None = None
    count: int = 1
    value: float | None = None
    text: str | None = None
    tags: tuple[str, ...] = ()


def kind_of(word: str) -> str | None:
    """Tell the kind that a network's word means, or None.

    >>> kind_of("Announce"), kind_of("RT"), kind_of("frown")
    ('share', 'share', None)
    """
    lower = word.strip().lower()
    return lower if lower in KINDS else WORDS.get(lower)
