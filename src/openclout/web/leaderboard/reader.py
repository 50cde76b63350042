"""Pages of a leaderboard, found by key: the thousandth is as fast as the first."""

import base64
from dataclasses import dataclass

import orjson
from django.db.models import Q

from openclout.errors import InputError
from openclout.web.published.models import Person

PAGE = 25


@dataclass(frozen=True, slots=True)
class Cursor:
    """Where a page starts: after this score and id; `place` is that of its first row."""

    score: float
    id: int
    place: int


@dataclass(frozen=True, slots=True)
class Board:
    """One page of a leaderboard: rows with their places, and the cursor of the next page."""

    rows: list[tuple[int, Person]]
    after: str
    network: str


def read_board(network: str = "", after: str = "", limit: int = PAGE) -> Board:
    """Give a page of the board of a network, or of all people; one query."""
    column = "score" if network else "board"
    rows = Person.objects.filter(slug__isnull=False, **{f"{column}__isnull": False})
    if network:
        rows = rows.filter(network=network, level="account", provisional=False)
    start = read_cursor(after) if after else None
    if start:
        lower = Q(**{f"{column}__lt": start.score})
        same = Q(**{column: start.score}, id__lt=start.id)
        rows = rows.filter(Q(**{f"{column}__lte": start.score}) & (lower | same))
    found = list(rows.order_by(f"-{column}", "-id")[: limit + 1])
    first = start.place if start else 1
    page = list(enumerate(found[:limit], start=first))
    more = len(found) > limit
    return Board(page, _next(page[-1], column) if more else "", network)


def _next(last: tuple[int, Person], column: str) -> str:
    place, row = last
    return write_cursor(Cursor(getattr(row, column), row.id, place + 1))


def write_cursor(cursor: Cursor) -> str:
    """Write a cursor as letters that mean nothing to a reader."""
    packed = orjson.dumps([cursor.score, cursor.id, cursor.place])
    return base64.urlsafe_b64encode(packed).decode().rstrip("=")


def read_cursor(text: str) -> Cursor:
    """Read a cursor; raises InputError where it is none of ours."""
    try:
        score, row, place = orjson.loads(base64.urlsafe_b64decode(text + "=" * (-len(text) % 4)))
        return Cursor(float(score), int(row), int(place))
    except (ValueError, TypeError):
        raise InputError("it is no page's mark", place="after", fix="start at the top") from None


def networks() -> list[str]:
    """Give the networks on which somebody claimed is ranked."""
    rows = Person.objects.filter(slug__isnull=False, level="account", score__isnull=False)
    return sorted(rows.values_list("network", flat=True).distinct())
