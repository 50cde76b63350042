"""One tweet of the owner, read into a post, the owner's own acts and the reactions' counts."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from openclout.connector import Item, Reject
from openclout.connectors.x_archive.entity import number, objects, text_of, time_of
from openclout.connectors.x_archive.note import Notes, whole_text
from openclout.connectors.x_archive.people import NETWORK, People, mentions, retweeted_name
from openclout.vocabulary.interaction import Interaction
from openclout.vocabulary.post import Post

_STATUS = re.compile(
    r"https?://(?:www\.|mobile\.|m\.)?(?:twitter|x)\.com/(i/web|\w+)/status(?:es)?/(\d+)",
    re.IGNORECASE,
)
_NOBODY = ("i", "i/web")  # in the place of a name, in links that tell none
_COUNTS = (("favorite_count", "like", "likes"), ("retweet_count", "share", "shares"))
_NO_LANGUAGE = re.compile(r"und|zxx|art|q..")  # X: undecided, no words, emoji, only links ...
_FIX = "download the archive again"


@dataclass(frozen=True, slots=True)
class Tweet:
    """A tweet that can be used: its digits, its time, its text in full, and X's own JSON."""

    id: str
    published: datetime
    text: str
    raw: dict[str, Any]


def unwrap(entry: object) -> dict[str, Any] | None:
    """Give the tweet in `{"tweet": {...}}`, the layout since 2019, or in the bare object before."""
    tweet = entry.get("tweet", entry) if isinstance(entry, dict) else None
    return tweet if isinstance(tweet, dict) else None


def read_tweet(entry: object, place: str, people: People, notes: Notes) -> Iterator[Item]:
    """Read one entry of a file of posts."""
    raw = unwrap(entry)
    tweet = _tweet(raw, place, notes) if raw else _not_a_tweet(place, entry)
    if isinstance(tweet, Reject):
        yield tweet
    elif (name := retweeted_name(tweet.raw)) is not None:
        yield _share(tweet, name, people)
    else:
        yield _post(tweet, people)
        yield from _reactions(tweet, place, people)
        yield from _acts(tweet, people)


def _tweet(raw: dict[str, Any], place: str, notes: Notes) -> Tweet | Reject:
    digits = number(raw, "id")
    if digits is None:
        return Reject(place, str(raw.get("id"))[:60], "the tweet has no id", _FIX)
    try:
        published = time_of(raw.get("created_at"))
    except (ValueError, OverflowError):
        reason = "created_at is not a time like Wed Oct 10 20:19:24 +0000 2018"
        return Reject(f"{place}, id {digits}", str(raw.get("created_at"))[:60], reason, _FIX)
    return Tweet(digits, published, whole_text(text_of(raw), published, notes), raw)


def _not_a_tweet(place: str, entry: object) -> Reject:
    shape = ", ".join(entry) if isinstance(entry, dict) else type(entry).__name__
    return Reject(place, shape[:60], "this is no tweet", _FIX)


def _post(tweet: Tweet, people: People) -> Post:
    language = str(tweet.raw.get("lang") or "und")
    tags = (tag.get("text") for tag in objects(tweet.raw, "entities", "hashtags"))
    return Post(
        network=NETWORK,
        id=tweet.id,
        author=people.owner,
        published=tweet.published,
        text=people.veil(tweet.text),
        tags=tuple(dict.fromkeys(tag.lower() for tag in tags if isinstance(tag, str))),
        language=None if _NO_LANGUAGE.fullmatch(language) else language,
        in_reply_to=number(tweet.raw, "in_reply_to_status_id"),
        url=f"https://x.com/i/status/{tweet.id}",
    )


def _reactions(tweet: Tweet, place: str, people: People) -> Iterator[Item]:
    """Give the counts of likes and retweets; X exports no names of those who reacted."""
    for key, kind, plural in _COUNTS:
        said = str(tweet.raw.get(key) or "0")
        if not (said.isascii() and said.isdigit()):
            yield Reject(f"{place}, id {tweet.id}", said[:60], f"{key} is not a whole number", _FIX)
        elif int(said):
            yield Interaction(
                network=NETWORK,
                kind=kind,
                source=None,
                target=people.owner,
                published=tweet.published,
                object=tweet.id,
                id=f"{tweet.id}:{plural}",
                count=int(said),
            )


def _acts(tweet: Tweet, people: People) -> Iterator[Interaction]:
    answered, reply = _reply(tweet, people)
    if reply:
        yield reply
    yield from _quotes(tweet, people)
    called = {people.find(m.get("screen_name"), number(m, "id")): None for m in mentions(tweet.raw)}
    for target in called:
        if target not in (None, answered, people.owner):
            yield _act(tweet, "mention", people, target, None, f"{tweet.id}:mention:{target}")


def _reply(tweet: Tweet, people: People) -> tuple[str | None, Interaction | None]:
    """Give who is answered, and the act."""
    answered = tweet.raw.get("in_reply_to_screen_name")
    target = people.find(answered, number(tweet.raw, "in_reply_to_user_id"))
    status = number(tweet.raw, "in_reply_to_status_id")
    if target is None and status is None:
        return None, None
    return target, _act(tweet, "reply", people, target, status, tweet.id)


def _quotes(tweet: Tweet, people: People) -> Iterator[Interaction]:
    """Give a quote for every tweet linked to; only the screen name of its author is known."""
    links = (link.get("expanded_url") for link in objects(tweet.raw, "entities", "urls"))
    found = [_STATUS.match(link) for link in links if isinstance(link, str)]
    for name, status in dict.fromkeys((match[1], match[2]) for match in found if match):
        if status != tweet.id:  # a long post links to itself
            target = people.find(None if name in _NOBODY else name)
            yield _act(tweet, "quote", people, target, status, f"{tweet.id}:quote:{status}")


def _share(tweet: Tweet, name: str, people: People) -> Interaction:
    original = tweet.raw.get("retweeted_status")  # in archives before 2018
    original = original if isinstance(original, dict) else {}
    by_name = {str(m.get("screen_name")).lower(): number(m, "id") for m in mentions(tweet.raw)}
    target = people.find(name, by_name.get(name.lower()))
    return _act(tweet, "share", people, target, number(original, "id"), tweet.id)


def _act(
    tweet: Tweet, kind: str, people: People, target: str | None, status: str | None, identity: str
) -> Interaction:
    return Interaction(
        NETWORK, kind, people.owner, target, tweet.published, object=status, id=identity
    )
