"""Topics as JSON."""

from typing import Annotated, Any

from annotated_types import Ge, Le
from django.http import HttpRequest
from ninja import Router, Schema

from openclout.web.interface.shapes import Brief, brief, tenth
from openclout.web.published.state import TopicName
from openclout.web.topics.reader import Placed, known_topics, read_board, read_topic

router = Router(tags=["topics"])


class Topic(Schema):
    """A topic: its names, what stands above it, how many people move others about it."""

    topic: str
    en: str
    de: str
    parent: str
    people: int


class Topics(Schema):
    """Topics, those with most people first."""

    topics: list[Topic]


class Leader(Brief):
    """Somebody with a place in a topic; score and band are those about the topic."""

    place: int


class Board(Schema):
    """A page of a topic's leaderboard; `next` is empty at the end."""

    topic: Topic
    rows: list[Leader]
    next: str


class Page(Board):
    """A topic; `spread` counts all its people by tens of their score."""

    below: list[Topic]
    spread: list[int]


@router.get("/topics", response=Topics, summary="All topics")
def topics(request: HttpRequest, q: str = "") -> dict[str, Any]:  # noqa: ARG001
    """Give the topics with most people, or those in whose names `q` stands; 200 at most."""
    return {"topics": [_topic(one) for one in known_topics(q)]}


@router.get("/topics/{topic}", response=Page, summary="A topic")
def topic(request: HttpRequest, topic: str) -> dict[str, Any]:  # noqa: ARG001
    """Give a topic, its first 25 people, and how its scores are spread."""
    page = read_topic(topic)
    return {
        "topic": _topic(page.board.topic),
        "rows": [_leader(row) for row in page.board.rows],
        "next": page.board.after,
        "below": [_topic(one) for one in page.below],
        "spread": page.board.topic.spread,
    }


@router.get("/topics/{topic}/leaderboard", response=Board, summary="Who moves people about it")
def leaderboard(
    request: HttpRequest,  # noqa: ARG001
    topic: str,
    after: str = "",
    limit: Annotated[int, Ge(1), Le(200)] = 25,
) -> dict[str, Any]:
    """Give a page of a topic's leaderboard."""
    board = read_board(topic, after, limit)
    rows = [_leader(row) for row in board.rows]
    return {"topic": _topic(board.topic), "rows": rows, "next": board.after}


def _topic(name: TopicName) -> dict[str, Any]:
    return {
        "topic": name.topic,
        "en": name.en,
        "de": name.de,
        "parent": name.parent,
        "people": name.people,
    }


def _leader(row: Placed) -> dict[str, Any]:
    return {
        **brief(row.person),
        "place": row.place,
        "score": tenth(row.score.score),
        "low": tenth(row.score.low),
        "high": tenth(row.score.high),
        "percentile": tenth(row.score.percentile),
        "cohort": row.score.people,
    }
