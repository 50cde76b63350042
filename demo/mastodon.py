"""Ann's account on a Mastodon server, as its backup service packs it: AS2 in a zip."""

import json
from datetime import datetime, timedelta
from html import escape
from pathlib import Path
from random import Random

from demo.packing import write_zip
from demo.people import Person, Span, cast, draw_people
from demo.rhythm import draw_count, draw_moments
from demo.texts import REPLIES, pick_tags, write_sentence

HOST = "https://tea.example"
YEAR = timedelta(days=365)
_ME = f"{HOST}/users/ann"
_PUBLIC = "https://www.w3.org/ns/activitystreams#Public"
_HOSTS = ("tea.example", "garten.example", "pedal.example")
_REPLY, _BOOST = 0.22, 0.14  # shares of what Ann does

Json = dict[str, object]


def write_mastodon(path: Path, end: datetime, seed: int) -> None:
    """Write the zip: actor.json, outbox.json, likes.json and bookmarks.json."""
    rng = Random(f"{seed}:mastodon")
    span = Span(end - YEAR, end)
    ann, friends = cast(span)["ann"], draw_people(40, span, rng)
    moments = draw_moments(3.5, span.start, span.end, ann.hour, rng)
    items = [_item(at, ann, rng.choice(friends), rng) for at in moments]
    liked = [_status(rng.choice(friends), _past(end, rng), rng) for _ in range(60)]
    outbox = _collection("outbox.json", items)
    write_zip(
        path,
        {
            "actor.json": _dump(_actor(ann, span)),
            "outbox.json": _dump({**outbox, "totalItems": len(items)}),
            "likes.json": _dump(_collection("likes.json", liked)),
            "bookmarks.json": _dump(_collection("bookmarks.json", liked[:3])),
        },
    )


def _item(at: datetime, ann: Person, friend: Person, rng: Random) -> Json:
    chance = rng.random()
    if chance < _BOOST:
        return _boost(at, friend, rng)
    if chance < _BOOST + _REPLY:
        return _create(_note(at, _reply_text(friend, rng), ann.language, rng, friend))
    tags = pick_tags("tea", ann.language, rng)
    text = f"<p>{escape(write_sentence('tea', ann.language, rng), quote=False)}"
    links = " ".join(_tag_link(tag) for tag in tags)
    note = _note(at, f"{text} {links}</p>", ann.language, rng)
    hashtags = [
        {"type": "Hashtag", "href": f"{HOST}/tags/{tag}", "name": f"#{tag}"} for tag in tags
    ]
    return _create({**note, "tag": hashtags})


def _note(
    at: datetime, content: str, language: str, rng: Random, friend: Person | None = None
) -> Json:
    """Make a public note, or an unlisted reply to a friend."""
    number = _snowflake(at, rng)
    me = f"{_ME}/statuses/{number}"
    parent = _status(friend, at - timedelta(hours=5), rng) if friend else None
    lists = [_PUBLIC], [f"{_ME}/followers", *([_address(friend)] if friend else [])]
    talk = f"tag:tea.example,{at:%Y-%m-%d}:objectId={number % 10**7}"
    popular = rng.lognormvariate(0.0, 0.8)
    return {
        "id": me,
        "type": "Note",
        "summary": None,
        "inReplyTo": parent,
        "published": _stamp(at),
        "url": f"{HOST}/@ann/{number}",
        "attributedTo": _ME,
        "to": lists[0],
        "cc": lists[1],
        "sensitive": False,
        "atomUri": me,
        "inReplyToAtomUri": parent,
        "conversation": f"{talk}:objectType=Conversation",
        "content": content,
        "contentMap": {language: content},
        "attachment": [],
        "tag": [_mention(friend)] if friend else [],
        "replies": _replies(me),
        "likes": _count(f"{me}/likes", draw_count((3 if friend else 16) * popular, rng)),
        "shares": _count(f"{me}/shares", draw_count((0.2 if friend else 4) * popular, rng)),
    }


def _create(note: Json) -> Json:
    return {
        "id": f"{note['id']}/activity",
        "type": "Create",
        "actor": _ME,
        "published": note["published"],
        "to": note["to"],
        "cc": note["cc"],
        "object": note,
    }


def _boost(at: datetime, friend: Person, rng: Random) -> Json:
    return {
        "id": f"{_ME}/statuses/{_snowflake(at, rng)}/activity",
        "type": "Announce",
        "actor": _ME,
        "published": _stamp(at),
        "to": [_PUBLIC],
        "cc": [_address(friend), f"{_ME}/followers"],
        "object": _status(friend, at - timedelta(hours=9), rng),
    }


def _actor(ann: Person, span: Span) -> Json:
    web = '<a href="https://ann.example" rel="me">ann.example</a>'
    context: list[object] = [
        "https://www.w3.org/ns/activitystreams",
        "https://w3id.org/security/v1",
        {
            "manuallyApprovesFollowers": "as:manuallyApprovesFollowers",
            "toot": "http://joinmastodon.org/ns#",
            "discoverable": "toot:discoverable",
            "indexable": "toot:indexable",
            "schema": "http://schema.org#",
            "PropertyValue": "schema:PropertyValue",
            "value": "schema:value",
        },
    ]
    return {
        "@context": context,
        "id": _ME,
        "type": "Person",
        "following": f"{_ME}/following",
        "followers": f"{_ME}/followers",
        "inbox": f"{_ME}/inbox",
        "outbox": "outbox.json",
        "featured": f"{_ME}/collections/featured",
        "preferredUsername": ann.handle,
        "name": ann.name,
        "summary": "<p>Tea, and the water it deserves.</p>",
        "url": f"{HOST}/@ann",
        "manuallyApprovesFollowers": False,
        "discoverable": True,
        "indexable": True,
        "published": f"{span.start - timedelta(days=700):%Y-%m-%d}T00:00:00Z",
        "tag": [],
        "attachment": [{"type": "PropertyValue", "name": "Web", "value": web}],
        "endpoints": {"sharedInbox": f"{HOST}/inbox"},
        "likes": "likes.json",
        "bookmarks": "bookmarks.json",
    }


def _replies(me: str) -> Json:
    page = {
        "type": "CollectionPage",
        "next": f"{me}/replies?only_other_accounts=true&page=true",
        "partOf": f"{me}/replies",
        "items": [],
    }
    return {"id": f"{me}/replies", "type": "Collection", "first": page}


def _count(address: str, number: int) -> Json:
    return {"id": address, "type": "Collection", "totalItems": number}


def _collection(name: str, items: list[Json] | list[str]) -> Json:
    return {
        "@context": "https://www.w3.org/ns/activitystreams",
        "id": name,
        "type": "OrderedCollection",
        "orderedItems": items,
    }


def _reply_text(friend: Person, rng: Random) -> str:
    link = f'<a href="https://{_host(friend)}/@{friend.handle}" class="u-url mention">'
    card = f'<span class="h-card" translate="no">{link}@<span>{friend.handle}</span></a></span>'
    return f"<p>{card} {escape(rng.choice(REPLIES['en']), quote=False)}</p>"


def _tag_link(tag: str) -> str:
    link = f'<a href="{HOST}/tags/{tag}" class="mention hashtag" rel="tag">'
    return f"{link}#<span>{tag}</span></a>"


def _mention(friend: Person) -> Json:
    name = f"@{friend.handle}@{_host(friend)}"
    return {"type": "Mention", "href": _address(friend), "name": name}


def _host(person: Person) -> str:
    return _HOSTS[len(person.handle) % len(_HOSTS)]


def _address(person: Person) -> str:
    return f"https://{_host(person)}/users/{person.handle}"


def _status(author: Person, at: datetime, rng: Random) -> str:
    return f"{_address(author)}/statuses/{_snowflake(at, rng)}"


def _past(end: datetime, rng: Random) -> datetime:
    return end - YEAR * rng.random()


def _snowflake(at: datetime, rng: Random) -> int:
    """Make a status's number as Mastodon does: milliseconds, then sixteen bits of chance."""
    return (int(at.timestamp() * 1000) << 16) + rng.randrange(1 << 16)


def _stamp(moment: datetime) -> str:
    return moment.strftime("%Y-%m-%dT%H:%M:%SZ")


def _dump(value: Json) -> str:
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"))
