"""Bob's account on X, as its archive tells it: scripts that assign JSON, counts without names."""

import json
from datetime import datetime, timedelta
from pathlib import Path
from random import Random

from demo.packing import write_zip
from demo.people import Person, Span, cast, draw_people
from demo.rhythm import draw_count, draw_moments
from demo.texts import REPLIES, hashtag, pick_tags, write_sentence

YEAR = timedelta(days=365)
HANDLE = "bob_tea_example"  # so odd that it will be nobody's
_OWNER = "1001"
_EPOCH = 1_288_834_974_657  # X's numbers count milliseconds from here
_REST = (1 << 22) - 1  # machine and sequence at their highest, which no real post has
_SOURCE = '<a href="https://mobile.twitter.com" rel="nofollow">Twitter Web App</a>'
_LIMIT = 280  # characters that tweets.js holds of a post
_REPLY, _SHARE, _LONG = 0.3, 0.1, 0.04  # shares of what Bob does
_STEPS = ("Soak the seeds.", "Wait for the last frost.", "Keep the slugs busy elsewhere.",
          "Write the names on sticks, with a pencil.", "Water the soil, never the leaves.",
          "Talk to the neighbours.", "Ernte teilen.")  # fmt: skip

Json = dict[str, object]


def write_x(path: Path, end: datetime, seed: int) -> None:
    """Write the zip: account, tweets, note-tweet, like, following and follower under data/."""
    rng = Random(f"{seed}:x")
    span = Span(end - YEAR, end)
    bob, friends = cast(span)["bob"], draw_people(30, span, rng)
    numbers = {friend.handle: str(2001 + place) for place, friend in enumerate(friends)}
    tweets: list[Json] = []
    notes: list[Json] = []
    for at in draw_moments(4, span.start, span.end, bob.hour, rng):
        friend = rng.choice(friends)
        tweet, note = _draw_tweet(at, bob, friend, numbers[friend.handle], rng)
        tweets.append({"tweet": tweet})
        notes += [{"noteTweet": note}] if note else []
    tweets.reverse()  # newest first, as X does
    members: dict[str, list[Json]] = {
        "account": [{"account": _account(bob, span)}],
        "tweets": tweets,
        "note-tweet": notes,
        "like": [{"like": _like(_past(end, rng), rng)} for _ in range(90)],
        "following": [{"following": _link(number)} for number in list(numbers.values())[:24]],
        "follower": [{"follower": _link(number)} for number in numbers.values()],
    }
    write_zip(path, {f"data/{name}.js": _script(name, rows) for name, rows in members.items()})


def _draw_tweet(
    at: datetime, bob: Person, friend: Person, number: str, rng: Random
) -> tuple[Json, Json | None]:
    """Draw a reply, a retweet, a long post with its note, or a plain post."""
    chance, tags = rng.random(), pick_tags("gardening", bob.language, rng)
    if chance < _REPLY:
        text = f"@{_screen(friend)} {rng.choice(REPLIES[bob.language])}"
        return _reply(at, text, friend, number, rng), None
    if chance < _REPLY + _SHARE:
        text = f"RT @{_screen(friend)}: {write_sentence('gardening', friend.language, rng)}"
        return _tweet(at, text, [], [_mention(friend, number, 3)], (0, 0), friend.language), None
    if chance < _REPLY + _SHARE + _LONG:
        whole = " ".join(["How I grow tomatoes:", *rng.sample(_STEPS, 7), *rng.sample(_STEPS, 7)])
        url = f"https://t.co/{rng.randrange(10**9):09d}x"
        text = f"{whole[: _LIMIT - 30].rsplit(' ', 1)[0]}… {url}"
        return _tweet(at, text, [], [], (9, 2), "en"), _note(at, whole)
    text = hashtag(write_sentence("gardening", bob.language, rng), tags)
    counts = draw_count(5.5, rng), draw_count(0.8, rng)
    return _tweet(at, text, tags, [], counts, bob.language), None


def _tweet(
    at: datetime, text: str, tags: list[str], mentions: list[Json], counts: tuple[int, int],
    language: str,
) -> Json:  # fmt: skip
    number = str(_snowflake(at))
    hashtags = [{"text": tag, "indices": _indices(text, f"#{tag}")} for tag in tags]
    return {
        "edit_info": {
            "initial": {
                "editTweetIds": [number],
                "editableUntil": _iso(at + timedelta(hours=1)),
                "editsRemaining": "5",
                "isEditEligible": not mentions,
            }
        },
        "retweeted": False,
        "source": _SOURCE,
        "entities": {"hashtags": hashtags, "symbols": [], "user_mentions": mentions, "urls": []},
        "display_text_range": ["0", str(len(text))],
        "favorite_count": str(counts[0]),
        "id_str": number,
        "truncated": False,
        "retweet_count": str(counts[1]),
        "id": number,
        "created_at": at.strftime("%a %b %d %H:%M:%S +0000 %Y"),
        "favorited": False,
        "full_text": text.replace("&", "&amp;"),
        "lang": language,
    }


def _reply(at: datetime, text: str, friend: Person, number: str, rng: Random) -> Json:
    parent = str(_snowflake(at - timedelta(minutes=rng.randrange(2, 900))))
    counts = draw_count(1.5, rng), 0
    return {
        **_tweet(at, text, [], [_mention(friend, number, 0)], counts, "de"),
        "in_reply_to_status_id_str": parent,
        "in_reply_to_status_id": parent,
        "in_reply_to_user_id": number,
        "in_reply_to_user_id_str": number,
        "in_reply_to_screen_name": _screen(friend),
    }


def _mention(friend: Person, number: str, start: int) -> Json:
    name = _screen(friend)
    indices = [str(start), str(start + len(name) + 1)]
    return {
        "name": friend.name,
        "screen_name": name,
        "indices": indices,
        "id_str": number,
        "id": number,
    }


def _note(at: datetime, text: str) -> Json:
    return {
        "noteTweetId": str(_snowflake(at) - 1),
        "updatedAt": _iso(at),
        "lifecycle": {"value": "OK"},
        "createdAt": _iso(at),
        "core": {"styletags": [], "urls": [], "text": text, "mentions": [], "cashtags": [],
                 "hashtags": []},
    }  # fmt: skip


def _account(bob: Person, span: Span) -> Json:
    return {
        "email": "bob@mail.example",
        "createdVia": "web",
        "username": HANDLE,
        "accountId": _OWNER,
        "createdAt": _iso(span.start - timedelta(days=2000)),
        "accountDisplayName": bob.name,
    }


def _like(at: datetime, rng: Random) -> Json:
    number = str(_snowflake(at))
    return {
        "tweetId": number,
        "fullText": write_sentence("gardening", rng.choice(("en", "de")), rng),
        "expandedUrl": f"https://twitter.com/i/web/status/{number}",
    }


def _link(number: str) -> Json:
    link = f"https://twitter.com/intent/user?user_id={number}"
    return {"accountId": number, "userLink": link}


def _script(name: str, rows: list[Json]) -> str:
    """Write a data file; only empty lists are written `[ ]`, with a blank."""
    text = json.dumps(rows, indent=2, ensure_ascii=False, separators=(",", " : "))
    return f"window.YTD.{name.replace('-', '_')}.part0 = {text.replace('[]', '[ ]')}\n"


def _screen(friend: Person) -> str:
    return f"{friend.handle[:7]}_example"


def _indices(text: str, part: str) -> list[str]:
    start = text.index(part)
    return [str(start), str(start + len(part))]


def _past(end: datetime, rng: Random) -> datetime:
    return end - YEAR * rng.random()


def _snowflake(at: datetime) -> int:
    return (int(at.timestamp() * 1000) - _EPOCH << 22) + _REST


def _iso(at: datetime) -> str:
    return at.strftime("%Y-%m-%dT%H:%M:%S.000Z")
