"""Bulk look-up as JSON."""

from typing import Annotated, Any

from annotated_types import Len
from django.http import FileResponse, HttpRequest
from ninja import Router, Schema

from openclout.web.bulk.export import export
from openclout.web.bulk.reader import MOST, look_up
from openclout.web.here import this_site
from openclout.web.interface.api import bulk_reader
from openclout.web.interface.shapes import Brief, brief

router = Router(tags=["bulk"])


class Asked(Schema):
    """Addresses of people, a thousand at most."""

    people: Annotated[list[str], Len(1, MOST)]


class Answer(Schema):
    """Who was found, and which addresses have no public page."""

    people: list[Brief]
    missing: list[str]


@router.post("/lookup", response=Answer, auth=bulk_reader, summary="Many people at once")
def lookup(request: HttpRequest, asked: Asked) -> dict[str, Any]:  # noqa: ARG001
    """Give the scores of up to 1,000 people; needs a key with the scope "bulk"."""
    found = look_up(asked.people)
    wanted = list(dict.fromkeys(asked.people))
    return {
        "people": [{**brief(found[slug]), "id": slug} for slug in wanted if slug in found],
        "missing": [slug for slug in wanted if slug not in found],
    }


@router.get("/export/people.parquet", auth=bulk_reader, summary="All people as Parquet")
def people(request: HttpRequest) -> FileResponse:  # noqa: ARG001
    """Give all who have a public page as a Parquet file; needs a key with the scope "bulk"."""
    path = export(this_site().settings)
    response = FileResponse(path.open("rb"), content_type="application/vnd.apache.parquet")
    response["ETag"] = f'"{path.stem}"'
    return response
