"""For what people are endorsed, as JSON."""

from typing import Any

from django.http import Http404, HttpRequest
from ninja import Router, Schema

from openclout.web.endorsing.reader import find_person, topics_of

router = Router(tags=["people"])


class Endorsed(Schema):
    """A topic, and how many people gave a +K for it."""

    topic: str
    people: int


class Endorsements(Schema):
    """For what somebody is endorsed; who gave is told to nobody."""

    id: str
    topics: list[Endorsed]


@router.get(
    "/people/{slug}/endorsements", response=Endorsements, summary="For what somebody is endorsed"
)
def endorsements(request: HttpRequest, slug: str) -> dict[str, Any]:  # noqa: ARG001
    """Give the topics for which members gave somebody a +K."""
    if find_person(slug) is None:
        raise Http404
    topics = [{"topic": topic, "people": people} for topic, people in topics_of(slug)]
    return {"id": slug, "topics": topics}
