"""Leaderboards as JSON."""

from typing import Annotated, Any

from annotated_types import Ge, Le
from django.http import HttpRequest
from ninja import Router, Schema

from openclout.web.interface.shapes import Brief, brief
from openclout.web.leaderboard.reader import read_board

router = Router(tags=["leaderboards"])


class Placed(Brief):
    """A person with the place among those who are shown."""

    place: int


class Page(Schema):
    """A page of a leaderboard; `next` is empty at the end."""

    rows: list[Placed]
    next: str


@router.get("/leaderboards", response=Page, summary="Who moves most people")
def leaderboards(
    request: HttpRequest,  # noqa: ARG001
    network: str = "",
    after: str = "",
    limit: Annotated[int, Ge(1), Le(200)] = 25,
) -> dict[str, Any]:
    """Give a page of the leaderboard of all people, or of the accounts on one network."""
    board = read_board(network, after, limit)
    rows = [{**brief(row), "place": place} for place, row in board.rows]
    return {"rows": rows, "next": board.after}
