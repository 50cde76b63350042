"""Pages of a leaderboard, found by key: the thousandth is as fast as the first."""

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import count

from openclout.snapshot.detail import FRIENDS
from openclout.web.interface.cursor import Cursor, read_cursor, write_cursor
from openclout.web.published.circle import read_friends
from openclout.web.published.details import read_details
from openclout.web.published.models import Person
from openclout.web.published.people import Value, find_people, select_people
from openclout.web.published.state import current_publication

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
    conditions, values = [f"slug is not null and {column} is not null"], list[Value]()
    if network:
        conditions.append("network = %s and level = 'account' and not provisional")
        values.append(network)
    start = read_cursor(after)
    if start:
        conditions.append(f"({column}, id) < (%s, %s)")
        values += [start.value, start.id]
    where = f"where {' and '.join(conditions)} order by {column} desc, id desc limit %s"
    found = select_people(where, [*values, limit + 1])
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
    """Give the networks that have scored people, those with most first; one query."""
    current = current_publication()
    if current is None:
        return []
    known = current.facts.networks
    return sorted((n for n in known if known[n].scored), key=lambda n: (-known[n].scored, n))


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
