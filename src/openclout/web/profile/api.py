"""A profile as JSON: what the page shows, read by the same function."""

from datetime import date, datetime
from typing import Any

from django.http import HttpRequest
from ninja import Router, Schema

from openclout.web.interface.shapes import Brief, brief, tenth
from openclout.web.profile.parts import Part
from openclout.web.profile.reader import Profile, find_profile
from openclout.web.published.topical import Topical

router = Router(tags=["people"])


class Contribution(Schema):
    """One signal's points; base and all points add up to the score, to the tenth."""

    signal: str
    question: str
    family: str
    value: float
    unit: str
    points: float
    network: str


class Contributions(Schema):
    """What a score is made of."""

    score: float | None
    base: float
    contributions: list[Contribution]


class Families(Schema):
    """Points by family."""

    reach: float | None
    amplification: float | None
    network: float | None


class Near(Brief):
    """Somebody near; `share` of attention, 0 to 1."""

    share: float


class Influence(Schema):
    """Upon whom somebody acts most, and who gives most attention, of those who may be named."""

    influencers: list[Near]
    influencees: list[Near]


class AboutTopic(Schema):
    """A score about a topic; `rank` among `people` where it is sure."""

    topic: str
    score: float
    low: float
    high: float
    provisional: bool
    rank: int | None
    percentile: float | None
    people: int


class AboutTopics(Schema):
    """What somebody moves people about, by their own posts first."""

    topics: list[AboutTopic]


class Style(Schema):
    """How somebody takes part; `style` is empty where `why` tells why there is none."""

    style: str
    name: str
    why: str


class Changes(Schema):
    """How far the score moved since a day, a week, a month before; null where nothing is kept."""

    day: float | None
    week: float | None
    month: float | None


class Day(Schema):
    """A score of a day, and the model that made it where it is not that of the day before."""

    day: date
    score: float
    model: str | None


class History(Schema):
    """One score a day, oldest first."""

    id: str
    changes: Changes
    days: list[Day]


class Score(Brief):
    """A score with what makes it sure or not, as of when, by which model."""

    status: str
    uncalibrated: bool
    unguarded: bool
    people_moved: float | None
    points: Families
    changes: Changes
    as_of: datetime
    window_days: float
    model: str


class Whole(Score):
    """A profile."""

    networks: list[str]
    style: Style | None
    base: float
    contributions: list[Contribution]


@router.get("/people/{id}", response=Whole, summary="A profile")
def person(request: HttpRequest, id: str) -> dict[str, Any]:  # noqa: A002, ARG001
    """Give everything that a profile shows; 404 for who has not claimed a page."""
    profile = find_profile(id)
    networks = [account.network for account in profile.accounts]
    taken = profile.style
    style = {"style": taken.key, "name": taken.name, "why": taken.why} if taken else None
    return {**_score(profile), **_contributions(profile), "networks": networks, "style": style}


@router.get("/people/{id}/score", response=Score, summary="A score")
def score(request: HttpRequest, id: str) -> dict[str, Any]:  # noqa: A002, ARG001
    """Give a score, its band and what it is compared with."""
    return _score(find_profile(id))


@router.get("/people/{id}/history", response=History, summary="Its history")
def history(request: HttpRequest, id: str) -> dict[str, Any]:  # noqa: A002, ARG001
    """Give one score a day, and how far it moved."""
    profile = find_profile(id)
    line = profile.line
    models = dict(line.models) if line else {}
    days = zip(line.days, line.scores, strict=True) if line else ()
    return {
        "id": id,
        "changes": _changes(profile),
        "days": [{"day": day, "score": score, "model": models.get(day)} for day, score in days],
    }


@router.get("/people/{id}/influence", response=Influence, summary="Who moves whom")
def influence(request: HttpRequest, id: str) -> dict[str, Any]:  # noqa: A002, ARG001
    """Give five who move the person and five who are moved; nobody who has not claimed a page."""
    circle = find_profile(id).circle
    return {
        "influencers": [{**brief(one.row), "share": one.share} for one in circle.influencers],
        "influencees": [{**brief(one.row), "share": one.share} for one in circle.influencees],
    }


@router.get("/people/{id}/topics", response=AboutTopics, summary="Topics and scores there")
def topics(request: HttpRequest, id: str) -> dict[str, Any]:  # noqa: A002, ARG001
    """Give the topics that somebody moves people about; twelve at most of each account."""
    return {"topics": [_about(one) for one in find_profile(id).topics]}


@router.get("/people/{id}/contributions", response=Contributions, summary="Its parts")
def contributions(request: HttpRequest, id: str) -> dict[str, Any]:  # noqa: A002, ARG001
    """Give the parts that add up to a score."""
    return _contributions(find_profile(id))


def _score(profile: Profile) -> dict[str, Any]:
    row, facts = profile.person, profile.current.facts
    return {
        **brief(row),
        "id": profile.slug,
        "status": row.status,
        "uncalibrated": bool(row.uncalibrated),
        "unguarded": bool(row.unguarded),
        "people_moved": tenth(row.engagers),
        "points": {
            "reach": tenth(row.reach),
            "amplification": tenth(row.amplification),
            "network": tenth(row.network_points),
        },
        "changes": _changes(profile),
        "as_of": facts.as_of,
        "window_days": facts.window.total_seconds() / 86400,
        "model": facts.model.name,
    }


def _about(one: Topical) -> dict[str, Any]:
    return {
        "topic": one.topic.topic,
        "score": one.score,
        "low": one.low,
        "high": one.high,
        "provisional": one.provisional,
        "rank": one.rank,
        "percentile": tenth(one.percentile),
        "people": one.people,
    }


def _changes(profile: Profile) -> dict[str, float | None]:
    row = profile.person
    return {"day": tenth(row.day), "week": tenth(row.week), "month": tenth(row.month)}


def _contributions(profile: Profile) -> dict[str, Any]:
    return {
        "score": tenth(profile.person.score),
        "base": profile.base,
        "contributions": [_part(part) for part in profile.parts],
    }


def _part(part: Part) -> dict[str, Any]:
    return {
        "signal": part.signal.name,
        "question": part.signal.question,
        "family": part.signal.family,
        "value": round(part.value, 3),
        "unit": part.signal.unit,
        "points": part.shown,
        "network": part.account,
    }
