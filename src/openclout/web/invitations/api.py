"""What a badge says of somebody: a member with a score, or somebody to be invited."""

from typing import Any

from django.http import HttpRequest
from django.urls import reverse
from ninja import Router, Schema

from openclout.web.here import this_site
from openclout.web.interface.shapes import tenth
from openclout.web.published.models import Person

router = Router(tags=["people"])


class Badge(Schema):
    """A badge; `kind` is member or invite, and of who is to be invited nothing else is said."""

    kind: str
    score: float | None
    provisional: bool
    url: str
    picture: str


@router.get("/badges/{slug}", response=Badge, summary="What a badge says")
def badge(request: HttpRequest, slug: str) -> dict[str, Any]:  # noqa: ARG001
    """Give a member's score, or `invite`: the same for whoever is unknown, hidden or not there."""
    row = Person.objects.filter(slug=slug, level="account").first()
    if row is not None and row.person is not None:
        row = Person.objects.filter(id=row.person).first()
    address = reverse("profile", args=(slug,)) if row else reverse("home")
    return {
        "kind": "member" if row else "invite",
        "score": tenth(row.score) if row else None,
        "provisional": bool(row and row.provisional),
        "url": this_site().origin + address,
        "picture": this_site().origin + reverse("badge", args=(slug,)),
    }
