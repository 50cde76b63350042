"""Finding people, as JSON."""

from typing import Any

from django.http import HttpRequest
from ninja import Router, Schema

from openclout.web.home.reader import search
from openclout.web.interface.shapes import Brief, brief

router = Router(tags=["people"])


class Found(Schema):
    """People found."""

    people: list[Brief]


@router.get("/people", response=Found, summary="Find people by the start of their address")
def people(request: HttpRequest, q: str) -> dict[str, Any]:  # noqa: ARG001
    """Give at most 50 people who claimed their page and whose address starts with `q`."""
    return {"people": [brief(row) for row in search(q, 50)]}
