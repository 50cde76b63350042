"""Moments as JSON."""

from datetime import datetime
from typing import Annotated, Any

from annotated_types import Ge, Le
from django.http import HttpRequest
from ninja import Router, Schema

from openclout.web.interface.shapes import Brief, brief, tenth
from openclout.web.moments.reader import Moment, read_moments

router = Router(tags=["moments"])


class Post(Schema):
    """A post: how many people it moved, and how often it was acted upon in which way."""

    author: Brief
    url: str | None
    published: datetime | None
    text: str | None
    people: float
    anonymous: int
    kinds: dict[str, int]


class Page(Schema):
    """A page of moments; `next` is empty at the end."""

    rows: list[Post]
    next: str


@router.get("/moments", response=Page, summary="Posts that moved most people")
def moments(
    request: HttpRequest,  # noqa: ARG001
    after: str = "",
    limit: Annotated[int, Ge(1), Le(100)] = 20,
) -> dict[str, Any]:
    """Give the posts that moved most people, of those who claimed their page."""
    found = read_moments(after, limit)
    return {"rows": [_post(row) for row in found.rows], "next": found.after}


def _post(row: Moment) -> dict[str, Any]:
    return {
        "author": brief(row.author),
        "url": row.post.url,
        "published": row.post.published,
        "text": row.post.text,
        "people": tenth(row.post.people),
        "anonymous": row.post.anonymous,
        "kinds": row.kinds,
    }
