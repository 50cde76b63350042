"""Pages of a leaderboard, found by key: the thousandth is as fast as the first."""

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import count

from django.db.models import Q

from openclout.snapshot.detail import FRIENDS
from openclout.web.interface.cursor import Cursor, read_cursor, write_cursor
from openclout.web.published.circle import read_friends
from openclout.web.published.details import read_details
from openclout.web.published.models import Person
from openclout.web.published.people import find_people

PAGE = 25
_AT_ONCE = 1000


@dataclass(frozen=True, slots=True)
class Board:
    """One page of a leaderboard: rows with their places, and the cursor of the next page."""

    rows: list[tuple[int, Person]]
    after: str
    network: str


def read_board(network: str = "", after: str = "", limit: int = PAGE) -> Board:
    """Give a page of the board of a network, or of all people; one query.

    Raises Refused where `after` is no cursor of ours.
    """
    column = "score" if network else "board"
    rows = Person.objects.filter(slug__isnull=False, **{f"{column}__isnull": False})
    if network:
        rows = rows.filter(network=network, level="account", provisional=False)
    start = read_cursor(after)
    if start:
        lower = Q(**{f"{column}__lt": start.value})
        same = Q(**{column: start.value}, id__lt=start.id)
        rows = rows.filter(Q(**{f"{column}__lte": start.value}) & (lower | same))
    found = list(rows.order_by(f"-{column}", "-id")[: limit + 1])
    page = list(enumerate(found[:limit], start=start.place if start else 1))
    more = len(found) > limit
    return Board(page, _next(page[-1], column) if more else "", network)


def _next(last: tuple[int, Person], column: str) -> str:
    place, row = last
    return write_cursor(Cursor(getattr(row, column), row.id, place + 1))


def read_all(network: str, most: int) -> Iterator[tuple[int, Person]]:
    """Give the first rows of a board with their places, page by page."""
    after, given = "", 0
    while given < most:
        board = read_board(network, after, min(_AT_ONCE, most - given))
        yield from board.rows
        given, after = given + len(board.rows), board.after
        if not after:
            return


def networks() -> list[str]:
    """Give the networks on which somebody claimed is ranked."""
    rows = Person.objects.filter(slug__isnull=False, level="account", score__isnull=False)
    return sorted(rows.values_list("network", flat=True).distinct())


@dataclass(frozen=True, slots=True)
class Friends:
    """Somebody among friends, the highest first; who is provisional has no place."""

    person: Person
    rows: list[tuple[int | None, Person]]


def read_friends_board(slug: str) -> Friends:
    """Give somebody's place among those with whom acts go both ways; Http404 without a page."""
    person, accounts = find_people(slug)
    owners = [row.id for row in accounts]
    friends = read_friends(read_details(owners, (FRIENDS,)), owners)
    everybody = sorted([person, *friends], key=lambda row: (-(row.score or -1.0), row.id))
    places = count(1)
    return Friends(
        person,
        [(None if row.provisional or row.score is None else next(places), row)
         for row in everybody],
    )  # fmt: skip
