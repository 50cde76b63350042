"""A site about tea as Stack Exchange dumps it: one XML file per table, one row per line.

The files are written as the dump's own writer does: byte order mark, CRLF, the attributes in their
order, votes with a day and, but for favourites, without a voter.
"""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from itertools import count
from pathlib import Path
from random import Random

from demo.people import Person, Span, cast, draw_people
from demo.rhythm import draw_count, draw_moments, wait
from demo.texts import write_sentence

YEAR = timedelta(days=365)
PEOPLE = 135
QUESTIONS = 172
_ACCEPTED, _UP, _DOWN, _FAVOURITE = 1, 2, 3, 5  # VoteTypeId, from the dump's readme.txt
_LICENSE = "CC BY-SA 4.0"
_TAGS = (
    "green-tea", "black-tea", "oolong", "water-quality", "temperature", "storage", "teapots",
    "cold-brew", "milk", "matcha", "caffeine", "steeping-time", "kettles", "herbal",
)  # fmt: skip
_QUESTIONS = (
    ("How long may {} stand before it turns bitter?", "steeping-time"),
    ("Which water suits {}?", "water-quality"), ("Can I keep {} in a tin for a year?", "storage"),
    ("Why does {} foam in my \"glass\" pot?", "teapots"),
    ("Does {} lose its caffeine in the first steep?", "caffeine"),
    ("At what temperature (in °C) do you brew {} & why?", "temperature"),
    ("Is {} better brewed cold?", "cold-brew"), ("Milk in {}: before or after?", "milk"),
    ("Can an electric kettle spoil {}?", "kettles"),
)  # fmt: skip
_TEAS = (
    ("Darjeeling", "black-tea"), ("Assam", "black-tea"), ("Ostfriesentee", "black-tea"),
    ("sencha", "green-tea"), ("gunpowder", "green-tea"), ("Tie Guan Yin", "oolong"),
    ("matcha", "matcha"), ("rooibos", "herbal"), ("peppermint", "herbal"),
)  # fmt: skip
_ANSWERS = (
    "Taste it every thirty seconds and write down when you like it.",
    "Use < 80 °C, and the bitterness goes away.", "It depends on the leaf: whole leaves forgive.",
    "Soft water helps more than any gadget.", "Keep it dark, dry & away from the coffee.",
    "I tested \"both\" for a month and could not tell them apart.",
    "Shorter, but with twice the leaf.", "Weniger ist mehr: zwei Gramm genügen.",
)  # fmt: skip
_COMMENTS = (
    "Which brand of kettle is that?", "Thank you, this works!", "Have you tried filtered water?",
    "I don't think that holds for oolong.", "Could you add a source & a temperature?",
    "Same here with \"soft\" water.",
)  # fmt: skip


@dataclass(slots=True)
class Post:
    """A question, or an answer to `parent`; `votes` are (type, day, voter) as they come in."""

    id: int
    author: Person
    at: datetime
    body: str
    title: str = ""
    tags: tuple[str, ...] = ()
    parent: "Post | None" = None
    accepted: "Post | None" = None
    answers: list["Post"] = field(default_factory=list)
    votes: list[tuple[int, datetime, Person | None]] = field(default_factory=list)
    comments: list[tuple[datetime, Person, str]] = field(default_factory=list)

    def score(self) -> int:
        """Upvotes less downvotes."""
        kinds = Counter(kind for kind, _, _ in self.votes)
        return kinds[_UP] - kinds[_DOWN]


def write_stackexchange(folder: Path, end: datetime, seed: int) -> None:
    """Write Posts, Comments, Votes, Users, Tags and PostLinks of the last twelve months."""
    folder.mkdir(parents=True, exist_ok=True)
    rng = Random(f"{seed}:stackexchange")
    span = Span(end - YEAR, end)
    people = [*cast(span).values(), *draw_people(PEOPLE, span, rng)]
    posts = _draw_posts(people, span, rng)
    ids = {person.handle: number for number, person in enumerate(people, start=2)}
    _write(folder, "Posts", (_post_row(post, ids, rng) for post in posts))
    _write(folder, "Comments", _comment_rows(posts, ids, rng))
    _write(folder, "Votes", _vote_rows(posts, ids))
    _write(folder, "Users", _user_rows(people, posts, ids, rng))
    _write(folder, "Tags", _tag_rows(posts))
    _write(folder, "PostLinks", _link_rows(posts, rng))


def _draw_posts(people: Sequence[Person], span: Span, rng: Random) -> list[Post]:
    """Draw the questions, what follows on each, and number everything by its time."""
    experts = [0.3 + person.acts * (0.05 if person.handle == "eve" else 1) for person in people]
    questions = [
        _ask(rng.choices(people, [p.posts**0.5 for p in people])[0], at, rng)
        for at in draw_moments(QUESTIONS / span.weeks, span.start, span.end, 16, rng)
    ]
    for question in questions:
        _answer(question, people, experts, span, rng)
    posts = [post for question in questions for post in (question, *question.answers)]
    for post in posts:
        _comment(post, people, experts, span, rng)
        _vote(post, people, span, rng)
    posts.sort(key=lambda post: post.at)
    for number, post in enumerate(posts, start=1):
        post.id = number
    return posts


def _ask(author: Person, at: datetime, rng: Random) -> Post:
    wording, tag = rng.choice(_QUESTIONS)
    tea, kind = rng.choice(_TEAS)
    body = f"<p>{write_sentence('tea', 'en', rng)}</p>\n\n<p>What do you do?</p>\n"
    return Post(0, author, at, body, wording.format(tea), tuple(dict.fromkeys((kind, tag))))


def _answer(
    question: Post, people: Sequence[Person], weights: list[float], span: Span, rng: Random
) -> None:
    for author in _others(question.author, people, weights, draw_count(2.1, rng), rng):
        at = wait(question.at, timedelta(days=2), rng)
        if at < min(span.end, author.left) and at > author.joined:
            body = f"<p>{rng.choice(_ANSWERS)}</p>\n\n<p>{rng.choice(_COMMENTS)}</p>\n"
            question.answers.append(Post(0, author, at, body, parent=question))
    if question.answers and rng.random() < 0.6:
        best = max(question.answers, key=lambda a: a.author.acts)
        at = wait(best.at, timedelta(days=3), rng)
        if at < span.end:
            question.accepted = best
            best.votes.append((_ACCEPTED, at, None))


def _others(
    author: Person, people: Sequence[Person], weights: list[float], number: int, rng: Random
) -> list[Person]:
    found = dict.fromkeys(person.handle for person in rng.choices(people, weights, k=number))
    known = {person.handle: person for person in people}
    return [known[handle] for handle in found if handle != author.handle]


def _comment(
    post: Post, people: Sequence[Person], weights: list[float], span: Span, rng: Random
) -> None:
    """The one who asked thanks, others chime in, and Cat comments wherever she can."""
    voices = _others(post.author, people, weights, draw_count(0.6, rng), rng)
    if post.parent and post.parent.author is not post.author and rng.random() < 0.5:
        voices.append(post.parent.author)
    if rng.random() < 0.25 and post.author.handle != "cat":
        voices.append(next(person for person in people if person.handle == "cat"))
    for voice in voices:
        at = wait(post.at, timedelta(days=1), rng)
        if voice.joined < at < min(voice.left, span.end):
            post.comments.append((at, voice, rng.choice(_COMMENTS)))


def _vote(post: Post, people: Sequence[Person], span: Span, rng: Random) -> None:
    liking = 1.5 + 1.5 * min(post.author.acts, 3.0) + (2.5 if post.author.handle == "ann" else 0)
    likely = {_UP: 0.2 if post.author.handle == "cat" else liking, _DOWN: 0.15}
    likely[_FAVOURITE] = 0.0 if post.parent else 0.25
    for kind, mean in likely.items():
        for _ in range(draw_count(mean, rng)):
            at = wait(post.at, timedelta(days=25), rng)
            if at < span.end:
                voter = rng.choice(people) if kind == _FAVOURITE else None
                post.votes.append((kind, at, voter))


def _post_row(post: Post, ids: dict[str, int], rng: Random) -> dict[str, object]:
    latest = max([post.at, *(answer.at for answer in post.answers)])
    tags = "".join(f"<{tag}>" for tag in post.tags)
    favourites = sum(kind == _FAVOURITE for kind, _, _ in post.votes)
    asks = post.parent is None
    return {
        "Id": post.id,
        "PostTypeId": 1 if asks else 2,
        "ParentId": post.parent.id if post.parent else None,
        "AcceptedAnswerId": post.accepted.id if post.accepted else None,
        "CreationDate": _moment(post.at),
        "Score": post.score(),
        "ViewCount": 20 + int(30 * rng.lognormvariate(0.0, 0.8)) if asks else None,
        "Body": post.body,
        "OwnerUserId": ids[post.author.handle],
        "LastActivityDate": _moment(latest),
        "Title": post.title if asks else None,
        "Tags": tags if asks else None,
        "AnswerCount": len(post.answers) if asks else None,
        "CommentCount": len(post.comments),
        "FavoriteCount": favourites or None,
        "ContentLicense": _LICENSE,
    }


def _comment_rows(
    posts: Sequence[Post], ids: dict[str, int], rng: Random
) -> Iterable[dict[str, object]]:
    said = [
        (at, post.id, ids[who.handle], text) for post in posts for at, who, text in post.comments
    ]
    for number, (at, post, who, text) in enumerate(sorted(said), start=1):
        yield {
            "Id": number,
            "PostId": post,
            "Score": draw_count(0.3, rng),
            "Text": text,
            "CreationDate": _moment(at),
            "UserId": who,
            "ContentLicense": _LICENSE,
        }


def _vote_rows(posts: Sequence[Post], ids: dict[str, int]) -> Iterable[dict[str, object]]:
    cast_votes = [
        (at.date(), post.id, kind, ids[voter.handle] if voter else None)
        for post in posts
        for kind, at, voter in post.votes
    ]
    for number, (day, post, kind, voter) in enumerate(sorted(cast_votes, key=str), start=1):
        yield {
            "Id": number,
            "PostId": post,
            "VoteTypeId": kind,
            "UserId": voter,
            "CreationDate": f"{day}T00:00:00.000",
        }


def _user_rows(
    people: Sequence[Person], posts: Sequence[Post], ids: dict[str, int], rng: Random
) -> Iterable[dict[str, object]]:
    born = min(person.joined for person in people) - timedelta(days=400)
    yield _user_row(-1, "Community", born, born, 1, "<p>I am a background process.</p>\n")
    earned = Counter({person.handle: 1 for person in people})
    for post in posts:
        worth = {_UP: 10, _DOWN: -2, _ACCEPTED: 15, _FAVOURITE: 0}
        earned[post.author.handle] += sum(worth[kind] for kind, _, _ in post.votes)
    for person in people:
        seen = min(wait(person.left - timedelta(days=9), timedelta(days=2), rng), person.left)
        about = f"<p>{write_sentence('tea', person.language, rng)}</p>\n"
        yield _user_row(
            ids[person.handle], person.name, person.joined, seen, max(1, earned[person.handle]),
            about if rng.random() < 0.4 else None,
        )  # fmt: skip


def _user_row(
    number: int, name: str, joined: datetime, seen: datetime, earned: int, about: str | None
) -> dict[str, object]:
    return {
        "Id": number,
        "Reputation": earned,
        "CreationDate": _moment(joined),
        "DisplayName": name,
        "LastAccessDate": _moment(seen),
        "AboutMe": about,
        "Views": earned // 7,
        "UpVotes": earned // 11,
        "DownVotes": 0,
        "AccountId": number if number < 0 else 40_000 + number,
    }


def _tag_rows(posts: Sequence[Post]) -> Iterable[dict[str, object]]:
    used = Counter(tag for post in posts for tag in post.tags)
    for number, tag in enumerate(_TAGS, start=1):
        yield {"Id": number, "TagName": tag, "Count": used[tag]}


def _link_rows(posts: Sequence[Post], rng: Random) -> Iterable[dict[str, object]]:
    """Some answers point to an older question."""
    numbers = count(1)
    for post in posts:
        older = [other for other in posts[: post.id - 1] if not other.parent]
        if post.parent and len(older) > 9 and rng.random() < 0.12:
            yield {
                "Id": next(numbers),
                "CreationDate": _moment(post.at),
                "PostId": post.id,
                "RelatedPostId": rng.choice(older).id,
                "LinkTypeId": 1,
            }


def _write(folder: Path, table: str, rows: Iterable[dict[str, object]]) -> None:
    root = table.lower()
    lines = [f'<?xml version="1.0" encoding="utf-8"?>\r\n<{root}>\r\n']
    for row in rows:
        named = (f'{key}="{_escape(value)}"' for key, value in row.items() if value is not None)
        lines.append(f"  <row {' '.join(named)} />\r\n")
    lines.append(f"</{root}>")
    (folder / f"{table}.xml").write_bytes("".join(lines).encode("utf-8-sig"))


def _escape(value: object) -> str:
    text = str(value).replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
    return text.replace('"', "&quot;").replace("\n", "&#xA;")


def _moment(at: datetime) -> str:
    """Write a moment as the dump does, in UTC to the millisecond, without a zone."""
    milliseconds = int(at.timestamp()) * 977 % 1000  # the same wherever the moment is told
    return f"{at:%Y-%m-%dT%H:%M:%S}.{milliseconds:03d}"
