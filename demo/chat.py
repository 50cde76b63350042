"""Chatterhub, an invented network, as three tables: interactions, accounts and posts (CSV)."""

import csv
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from pathlib import Path
from random import Random

from demo.people import FIRST, Person, Span, cast, draw_people, plain
from demo.rhythm import Event, Tie, draw_count, draw_events, draw_moments, draw_ties, wait
from demo.texts import REPLIES, SHOUTS, hashtag, pick_tags, write_sentence

NETWORK = "chatterhub"
MONTHS = timedelta(days=487)  # sixteen: five windows of 90 days and some weeks before them
PEOPLE = 400
FRIENDS_OF_BOB = 11
LISTENERS_OF_CAT = 3
FAKES = 300
BOT = "teabot"
BOUGHT = timedelta(days=40)  # before the end: when Eve's order is delivered, within two days
_KINDS = ("like", "share", "reply", "mention", "quote")
_OFTEN = (60, 13, 19, 4, 4)
_ONCE = ("like", "share", "follow", "list")
_CONNECT = 0.06  # the share of acts that mean the person: a follow, now and then a list
_STALE = timedelta(days=75)  # older posts are out of sight
_FIRST_ID = 100_001


@dataclass(frozen=True, slots=True)
class Post:
    """One line of chat-posts.csv, before its views are counted."""

    id: int
    author: Person
    at: datetime
    text: str
    tags: tuple[str, ...] = ()
    parent: "Post | None" = None


@dataclass(frozen=True, slots=True)
class Deed:
    """One line of chat-interactions.csv; `post` is None where a person is meant, not a post."""

    kind: str
    source: Person
    target: Person
    post: Post | None
    at: datetime


@dataclass(slots=True)
class Hub:
    """The network as it fills: posts and deeds in the order of their making."""

    rng: Random
    posts: list[Post] = field(default_factory=list)
    deeds: list[Deed] = field(default_factory=list)
    latest: dict[str, list[Post]] = field(default_factory=dict)
    done: set[tuple[str, str, str]] = field(default_factory=set)

    def publish(
        self, author: Person, at: datetime, text: str, tags: list[str], parent: Post | None = None
    ) -> Post:
        """Add a post."""
        post = Post(len(self.posts) + 1, author, at, text, tuple(tags), parent)
        self.posts.append(post)
        self.latest.setdefault(author.handle, []).append(post)
        return post

    def do(
        self, kind: str, source: Person, target: Person, post: Post | None, at: datetime
    ) -> bool:
        """Add a deed; what can be done only once to the same thing is refused the second time."""
        mark = (kind, source.handle, f"post {post.id}" if post else target.handle)
        if kind in _ONCE and mark in self.done:
            return False
        self.done.add(mark)
        self.deeds.append(Deed(kind, source, target, post, at))
        return True

    def seen(self, target: Person, at: datetime) -> Post | None:
        """Give one of the last posts of somebody, the newest most often."""
        recent = [p for p in self.latest.get(target.handle, [])[-6:] if at - p.at < _STALE]
        while len(recent) > 1 and self.rng.random() < 0.4:
            recent.pop()
        return recent[-1] if recent else None


def write_chat(folder: Path, end: datetime, seed: int) -> None:
    """Write chat-interactions.csv, chat-accounts.csv and chat-posts.csv."""
    rng = Random(f"{seed}:chat")
    span = Span(end - MONTHS, end)
    members = cast(span)
    people = [*members.values(), *draw_people(PEOPLE, span, rng)]
    hub = Hub(rng)
    for event in draw_events(people, _ties(people, members, rng), rng):
        _play(event, hub)
    _shout(hub, members["cat"], people, rng)
    bot = Person(BOT, "Bot that likes tea", "en", "tea", end - timedelta(days=250), end)
    _like_all(hub, bot)
    accounts = [*people, bot, *_sell(hub, members["eve"], end, rng)]
    ids = {person.handle: _FIRST_ID + number for number, person in enumerate(accounts)}
    _write_accounts(folder, accounts, hub, ids, end, rng)
    _write_deeds(folder, hub, ids)
    _write_posts(folder, hub, ids, rng)


def _ties(people: list[Person], members: dict[str, Person], rng: Random) -> list[Tie]:
    """Give everybody's habits, the friends who come back to Bob every week, and Cat's listeners."""
    ties = draw_ties(people, rng, timedelta(days=240))
    stayers = [p for p in people[len(members) :] if p.left - p.joined >= MONTHS]
    friends = rng.sample([p for p in stayers if p.acts > 0.2], FRIENDS_OF_BOB)
    for friend in friends:
        since = friend.joined + timedelta(days=rng.randrange(200))
        ties.append(Tie(friend, members["bob"], since, friend.left, steady=True))
    for listener in rng.sample(stayers, LISTENERS_OF_CAT):
        ties.append(Tie(listener, members["cat"], listener.joined, listener.left, rate=0.08))
    return ties


def _play(event: Event, hub: Hub) -> None:
    if event.target is None:
        text, tags = _compose(event.actor, hub.rng)
        hub.publish(event.actor, event.at, text, tags)
        return
    post = hub.seen(event.target, event.at)
    kind = hub.rng.choices(_KINDS, _OFTEN)[0] if post else "mention"
    if hub.rng.random() < _CONNECT:
        kind, post = hub.rng.choice(("follow", "follow", "follow", "list")), None
    _act(kind, event, event.target, post, hub)


def _act(kind: str, event: Event, target: Person, post: Post | None, hub: Hub) -> None:
    post = None if kind == "mention" else post
    if not hub.do(kind, event.actor, target, post, event.at):
        kind = "reply" if post else "mention"  # they have liked it before, and now they speak
        hub.do(kind, event.actor, target, post, event.at)
    if kind in ("reply", "quote", "mention"):
        text = hub.rng.choice(REPLIES[event.actor.language])
        text = f"@{target.handle} {text}" if kind == "mention" else text
        hub.publish(event.actor, event.at, text, [], post if kind == "reply" else None)


def _compose(author: Person, rng: Random) -> tuple[str, list[str]]:
    if author.handle == "cat":
        tags = rng.sample(("goodmorning", "news", "followback", "cycling"), 2)
        return hashtag(f"{rng.choice(SHOUTS)} {rng.randrange(1, 999)}", tags), tags
    topic = author.topic if rng.random() < 0.8 else rng.choice(("tea", "gardening", "cycling"))
    tags = pick_tags(topic, author.language, rng)
    return hashtag(write_sentence(topic, author.language, rng), tags), tags


def _shout(hub: Hub, cat: Person, people: list[Person], rng: Random) -> None:
    """Let Cat answer whoever is read by many; hardly anybody answers."""
    popular = sorted((p for p in people if p is not cat), key=lambda p: -p.appeal)[:120]
    for at in draw_moments(22, cat.joined, cat.left, cat.hour, rng):
        target = rng.choice(popular)
        earlier = [post for post in hub.latest.get(target.handle, []) if post.at < at]
        if earlier:
            hub.do("reply", cat, target, earlier[-1], at)
            hub.publish(cat, at, rng.choice(SHOUTS), [], earlier[-1])


def _like_all(hub: Hub, bot: Person) -> None:
    """Let the bot like every post with #tea within ten minutes."""
    for post in hub.posts:
        at = post.at + timedelta(seconds=hub.rng.randrange(20, 600))
        if "tea" in post.tags and bot.joined < at < bot.left:
            hub.do("like", bot, post.author, post, at)


def _sell(hub: Hub, eve: Person, end: datetime, rng: Random) -> list[Person]:
    """Deliver Eve's order: accounts as old as the order, who all like her within two days."""
    start = (end - BOUGHT).replace(hour=9)
    for hours in range(0, 48, 8):
        hub.publish(eve, start - timedelta(hours=hours), *_compose(eve, rng))
    posts = sorted(hub.latest[eve.handle], key=lambda post: post.at)
    posts = [post for post in posts if post.at <= start][-6:]
    fakes = []
    for number in range(FAKES):
        name = plain(rng.choice(FIRST))
        born = (start - timedelta(days=3) * rng.random()).replace(microsecond=0)
        fake = Person(f"{name.lower()}{70_000 + 37 * number}", name, "en", "cycling", born, end)
        fakes.append(fake)
        at = (start + timedelta(days=2) * rng.random()).replace(microsecond=0)
        hub.do("like", fake, eve, rng.choice(posts), at)
        if number % 2:
            hub.do("follow", fake, eve, None, wait(at, timedelta(minutes=1), rng))
    return fakes


def _write_accounts(
    folder: Path,
    accounts: Iterable[Person],
    hub: Hub,
    ids: dict[str, int],
    end: datetime,
    rng: Random,
) -> None:
    header = "network,id,handle,name,created,followers,following,listed,posts,bot"
    written = {handle: len(posts) for handle, posts in hub.latest.items()}
    rows = []
    for person in accounts:
        followers, following, listed = _counters(person, rng)
        older = timedelta(days=rng.randrange(900) if end - person.joined >= MONTHS else 0)
        rows.append(
            (NETWORK, ids[person.handle], person.handle, person.name,
             stamp(person.joined - older), followers, following, listed,
             written.get(person.handle, 0), str(person.handle == BOT).lower())
        )  # fmt: skip
    _write(folder / "chat-accounts.csv", header, rows)


def _counters(person: Person, rng: Random) -> tuple[int, int, int]:
    """Give followers, followings and lists; some of the cast have their own."""
    known = {
        "ann": (12_480, 310, 214), "bob": (64, 71, 3), "cat": (2_210, 4_870, 1),
        "dan": (905, 240, 18), "eve": (702, 95, 2), BOT: (118, 0, 6),
    }  # fmt: skip
    if person.handle in known:
        return known[person.handle]
    if not person.acts:
        return rng.randrange(4), rng.randrange(1, 40), 0
    followers = int(9 * person.appeal * rng.lognormvariate(0.0, 0.7))
    return followers, int(90 * rng.lognormvariate(0.0, 0.9)), draw_count(followers / 90, rng)


def _write_deeds(folder: Path, hub: Hub, ids: dict[str, int]) -> None:
    header = "network,kind,source,target,object,published,id"
    deeds = sorted(hub.deeds, key=lambda deed: deed.at)
    rows = (
        (NETWORK, d.kind, ids[d.source.handle], ids[d.target.handle],
         _name(d.post), stamp(d.at), f"a{number}")
        for number, d in enumerate(deeds, start=1)
    )  # fmt: skip
    _write(folder / "chat-interactions.csv", header, rows)


def _write_posts(folder: Path, hub: Hub, ids: dict[str, int], rng: Random) -> None:
    header = "network,id,author,published,text,tags,language,in_reply_to,views"
    rows = (
        (NETWORK, _name(p), ids[p.author.handle], stamp(p.at), p.text, ";".join(p.tags),
         p.author.language, _name(p.parent), _views(p, rng))
        for p in sorted(hub.posts, key=lambda post: (post.at, post.id))
    )  # fmt: skip
    _write(folder / "chat-posts.csv", header, rows)


def _views(post: Post, rng: Random) -> int:
    size = 12 + 4 * post.author.appeal if post.author.handle != "cat" else 3
    return int(size * rng.lognormvariate(0.0, 0.6) * (0.3 if post.parent else 1))


def _name(post: Post | None) -> str:
    return f"p{post.id}" if post else ""


def stamp(moment: datetime) -> str:
    """Write a moment as ISO 8601 in UTC: 2026-06-30T08:15:00Z."""
    return moment.strftime("%Y-%m-%dT%H:%M:%SZ")


def _write(path: Path, header: str, rows: Iterable[tuple[object, ...]]) -> None:
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow(header.split(","))
        writer.writerows(rows)
