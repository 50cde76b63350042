"""X (Twitter): the archive that a person downloads of the own account. See README.md."""

import re
from collections.abc import Iterator

from openclout.bundle import Bundle
from openclout.connector import Connector, Item, Reading, Reject
from openclout.connectors.x_archive.note import Notes, index_notes
from openclout.connectors.x_archive.owner import Owner, handle_in, read_owner
from openclout.connectors.x_archive.people import NETWORK, People
from openclout.connectors.x_archive.script import Script, read_script
from openclout.connectors.x_archive.tweet import read_tweet, unwrap
from openclout.vocabulary.account import Account

_POSTS = (r"tweets?(?:-part\d+)?\.js", r"data/js/tweets/\d{4}_\d{2}\.js")
_HEAD = re.compile(rb"\s*(?:window\.YTD\.|Grailbird\.data\.)")


def recognise(bundle: Bundle) -> str | None:
    """Say whose archive this is and how many files of posts it holds, or None."""
    posts = _posts(bundle)
    accounts = bundle.find(r"account\.js")
    heads = [bundle.head(name) for name in (*posts[:1], *accounts[:1])]
    if not any(_HEAD.match(head.removeprefix(b"\xef\xbb\xbf")) for head in heads):
        return None
    handle = handle_in(heads[-1]) if accounts else None
    whose = f" of @{handle}" if handle else ""
    return f"an X archive{whose} ({len(posts)} {'file' if len(posts) == 1 else 'files'} of posts)"


def read(bundle: Bundle, reading: Reading) -> Iterator[Item]:
    """Read the owner's account, posts and acts; media and messages are never opened.

    The files of posts are parsed twice, one at a time: a screen name is often given without its
    number, which another post tells. Raises InputError where the owner is unknown.
    """
    rejects: list[Reject] = []
    owner = read_owner(bundle, rejects)
    counts = {word: _count(bundle, word, rejects) for word in ("follower", "following", "like")}
    notes = index_notes(
        entry for script in _scripts(bundle, "note-tweet", rejects) for entry in script.entries
    )
    people = People(owner.id, (owner.handle or "").lower(), reading.keyed)
    posts = _survey(bundle, people)
    yield from rejects
    yield _account(owner, posts, counts)
    for name in _posts(bundle):
        yield from _read_posts(read_script(bundle, name), people, notes)
    _say_what_has_no_date(counts, reading)


def _posts(bundle: Bundle) -> list[str]:
    return [name for pattern in _POSTS for name in bundle.find(pattern)]


def _survey(bundle: Bundle, people: People) -> int:
    """Learn the numbers behind screen names, and count the posts as X does, retweets included."""
    count = 0
    for name in _posts(bundle):
        for tweet in map(unwrap, read_script(bundle, name).entries):
            if tweet:
                people.learn(tweet)
                count += 1
    return count


def _account(owner: Owner, posts: int, counts: dict[str, int | None]) -> Account:
    return Account(
        network=NETWORK,
        id=owner.id,
        handle=owner.handle,
        name=owner.name,
        created=owner.created,
        followers=counts["follower"],
        following=counts["following"],
        posts=posts,
    )


def _scripts(bundle: Bundle, word: str, rejects: list[Reject]) -> list[Script]:
    names = bundle.find(rf"{word}(?:-part\d+)?\.js")
    scripts = [read_script(bundle, name) for name in names]
    rejects += [script.reject for script in scripts if script.reject]
    return scripts


def _count(bundle: Bundle, word: str, rejects: list[Reject]) -> int | None:
    """Count the entries of all parts; None where there are none, or one is broken."""
    scripts = _scripts(bundle, word, rejects)
    whole = scripts and not any(script.reject for script in scripts)
    return sum(len(script.entries) for script in scripts) if whole else None


def _read_posts(script: Script, people: People, notes: Notes) -> Iterator[Item]:
    for row, entry in enumerate(script.entries, start=1):
        yield from read_tweet(entry, f"{script.place}, post {row}", people, notes)
    if script.reject:
        yield script.reject


def _say_what_has_no_date(counts: dict[str, int | None], reading: Reading) -> None:
    """An act without a date fits in no window: say how many there are instead of rejecting each."""
    for word, acts in (("like", "likes given"), ("following", "accounts followed")):
        if counts[word]:
            reading.note(f"{acts} ({counts[word]:,}) are left out: X exports them without a date")


CONNECTOR = Connector(
    name=NETWORK,
    label="X (Twitter) archive",
    recognise=recognise,
    read=read,
    names=False,
    private=(
        "direct messages",
        "e-mail address, phone, birth date, IP addresses and devices",
        "geo coordinates",
        "handles and names of others, also within texts",
        "posts to a Circle, deleted posts and drafts",
        "bookmarks, contacts, blocks, mutes and lists",
        "advertising and personalisation data",
    ),
)
