"""Shapes of answers that several features give."""

from typing import Any

from ninja import Schema

from openclout.web.published.models import Person


class Brief(Schema):
    """A person in a list: the score, how sure it is, and what it is compared with."""

    id: str
    name: str
    network: str | None
    score: float | None
    low: float | None
    high: float | None
    provisional: bool
    percentile: float | None
    cohort: int | None


def brief(row: Person) -> dict[str, Any]:
    """Give a person in a list; numbers with the decimals that they deserve."""
    return {
        "id": row.slug,
        "name": row.label,
        "network": row.network if row.level == "account" else None,
        "score": tenth(row.score),
        "low": tenth(row.low),
        "high": tenth(row.high),
        "provisional": bool(row.provisional),
        "percentile": tenth(row.percentile),
        "cohort": row.cohort,
    }


def tenth(value: float | None) -> float | None:
    """Round to one decimal."""
    return None if value is None else round(value, 1)
