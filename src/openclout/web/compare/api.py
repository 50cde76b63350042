"""The comparison as JSON."""

from typing import Any

from django.http import HttpRequest
from ninja import Router, Schema

from openclout.web.compare.reader import compare
from openclout.web.interface.shapes import Brief, brief

router = Router(tags=["people"])


class Points(Schema):
    """One signal's points, in the order of the people; `signal` is empty for where curves start."""

    signal: str
    points: list[float]


class Between(Schema):
    """Two that follow each other; `chance` that the next window shows the same order."""

    higher: str
    lower: str
    points: float
    chance: float | None
    sure: bool


class Comparison(Schema):
    """People side by side, highest first."""

    people: list[Brief]
    parts: list[Points]
    steps: list[Between]
    missing: list[str]


@router.get("/compare", response=Comparison, summary="People side by side")
def comparison(request: HttpRequest, people: str) -> dict[str, Any]:  # noqa: ARG001
    """Compare up to four people, named by their addresses with commas between."""
    found = compare(people.split(","))
    return {
        "people": [brief(row) for row in found.people],
        "parts": [
            {
                "signal": row.signal.name if row.signal else "",
                "points": [round(value, 2) for value in row.points],
            }
            for row in found.rows
        ],
        "steps": [
            {
                "higher": step.higher.slug,
                "lower": step.lower.slug,
                "points": round(step.points, 1),
                "chance": step.chance,
                "sure": step.sure,
            }
            for step in found.steps
        ],
        "missing": found.missing,
    }
