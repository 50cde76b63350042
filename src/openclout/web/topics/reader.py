"""What pages of topics show: people by key, posts, how the scores are spread."""

from dataclasses import dataclass

from django.db.models import Q
from django.http import Http404

from openclout.web.interface.cursor import Cursor, read_cursor, write_cursor
from openclout.web.published.models import Person, TopicPost, TopicScore
from openclout.web.published.people import named
from openclout.web.published.state import Current, TopicName, current_publication

PAGE = 25
_LISTED = 200
_POSTS = 5


@dataclass(frozen=True, slots=True)
class Placed:
    """A person with a place among those who are shown: the score about the topic, and the row."""

    place: int
    score: TopicScore
    person: Person


@dataclass(frozen=True, slots=True)
class Board:
    """A page of a topic's leaderboard, and the cursor of the next."""

    topic: TopicName
    rows: list[Placed]
    after: str


@dataclass(frozen=True, slots=True)
class TopicPage:
    """A topic: its leaders, its best posts with their authors."""

    board: Board
    above: TopicName | None
    below: list[TopicName]
    posts: list[tuple[TopicPost, Person]]


def known_topics(text: str = "") -> list[TopicName]:
    """Give the topics that people move others about, those with most people first."""
    current = current_publication()
    word = text.strip().lower().removeprefix("#")
    if current is None:
        return []
    found = (
        one
        for one in current.topics.values()
        if word in one.topic or word in one.en.lower() or word in one.de.lower()
    )
    return list(found)[:_LISTED]


def find_topic(topic: str) -> tuple[Current, TopicName]:
    """Give a topic by its id; Http404 where nobody moves anybody about it."""
    current = current_publication()
    if current is None or topic not in current.topics:
        raise Http404
    return current, current.topics[topic]


def read_board(topic: str, after: str = "", limit: int = PAGE) -> Board:
    """Give a page of a topic's leaderboard. Raises Http404, or Refused for a foreign cursor.

    Queries: the publication, the scores, the people.
    """
    _current, name = find_topic(topic)
    first, found = _scores(topic, after, limit)
    return _board(name, first, found, limit, named(one.owner for one in found))


def read_topic(topic: str, after: str = "") -> TopicPage:
    """Give what a topic's page shows.

    Queries: the publication, the scores, the posts, the people of both.
    """
    current, name = find_topic(topic)
    first, found = _scores(topic, after, PAGE)
    posts = _posts(topic)
    people = named([*(one.owner for one in found), *(post.author for post in posts)])
    return TopicPage(
        _board(name, first, found, PAGE, people),
        current.topics.get(name.parent),
        [one for one in current.topics.values() if one.parent == topic],
        [(post, people[post.author]) for post in posts if post.author in people],
    )


def _scores(topic: str, after: str, limit: int) -> tuple[int, list[TopicScore]]:
    """Give the place of the first, and one score more than a page has, where there is one."""
    scores = TopicScore.objects.filter(topic=topic, slug__isnull=False, provisional=False)
    start = read_cursor(after)
    if start:
        lower = Q(score__lt=start.value) | Q(score=start.value, id__lt=start.id)
        scores = scores.filter(Q(score__lte=start.value) & lower)
    return start.place if start else 1, list(scores.order_by("-score", "-id")[: limit + 1])


def _board(
    name: TopicName, first: int, found: list[TopicScore], limit: int, people: dict[int, Person]
) -> Board:
    rows = [
        Placed(place, one, people[one.owner])
        for place, one in enumerate(found[:limit], start=first)
        if one.owner in people
    ]
    last = found[limit - 1] if len(found) > limit else None
    mark = write_cursor(Cursor(last.score, last.id, first + limit)) if last else ""
    return Board(name, rows, mark)


def _posts(topic: str) -> list[TopicPost]:
    """Give the posts that moved most, of authors who may be named."""
    posts = TopicPost.objects.filter(topic=topic, slug__isnull=False)
    return list(posts.order_by("-people", "-id")[:_POSTS])
