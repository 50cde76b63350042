"""The posts that moved most, found by key."""

from dataclasses import dataclass
from typing import Any

import orjson
from django.db.models import Q

from openclout.web.interface.cursor import Cursor, read_cursor, write_cursor
from openclout.web.published.models import Person, Post
from openclout.web.published.people import named

PAGE = 20


@dataclass(frozen=True, slots=True)
class Moment:
    """A post, its author, and how often it was acted upon in which way."""

    post: Post
    author: Person
    kinds: dict[str, int]


@dataclass(frozen=True, slots=True)
class Moments:
    """A page of moments, and the cursor of the next."""

    rows: list[Moment]
    after: str


def read_moments(after: str = "", limit: int = PAGE) -> Moments:
    """Give the posts that moved most people, of authors who may be named; two queries.

    Raises Refused where `after` is no cursor of ours.
    """
    posts = Post.objects.filter(slug__isnull=False)
    start = read_cursor(after)
    if start:
        lower = Q(people__lt=start.value) | Q(people=start.value, id__lt=start.id)
        posts = posts.filter(Q(people__lte=start.value) & lower)
    found = list(posts.order_by("-people", "-id")[: limit + 1])
    people = named(post.author for post in found)
    rows = [
        Moment(post, people[post.author], _kinds(post))
        for post in found[:limit]
        if post.author in people
    ]
    last = found[limit - 1] if len(found) > limit else None
    return Moments(rows, write_cursor(Cursor(last.people, last.id, 1)) if last else "")


def _kinds(post: Post) -> dict[str, int]:
    counted: dict[str, Any] = orjson.loads(post.kinds)
    some = {kind: int(count) for kind, count in counted.items() if count}
    return dict(sorted(some.items(), key=lambda one: -one[1]))
