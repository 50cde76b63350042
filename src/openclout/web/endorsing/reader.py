"""What is shown of +K: how many people gave them to whom for what; who gave, to those two only."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db.models import Count, Exists, OuterRef

from openclout.web.claims.models import Claim
from openclout.web.endorsing.giving import left
from openclout.web.endorsing.models import Endorsement
from openclout.web.members.models import Member
from openclout.web.published.models import Person

MOST = 100  # rows of a history


@dataclass(frozen=True, slots=True)
class Offer:
    """What the page of a +K shows: for whom, for what others gave, what is left of today's."""

    slug: str
    person: Person
    topics: list[tuple[str, int]]
    given: list[Endorsement]
    left: int


def find_person(slug: str, asker: Member | None = None) -> Person | None:
    """Give the account at an address that everybody may see, with `own`: whether it is the asker's.

    One query.
    """
    own = Claim.objects.filter(slug=OuterRef("slug"), member=asker.pk if asker else None)
    return Person.objects.filter(slug=slug, level="account").annotate(own=Exists(own)).first()


def topics_of(slug: str) -> list[tuple[str, int]]:
    """Give the topics for which people endorsed somebody, with how many; one query."""
    rows = Endorsement.objects.filter(claim__slug=slug, removed=None).values("topic")
    counted = rows.annotate(people=Count("giver", distinct=True)).order_by("-people", "topic")
    return [(row["topic"], row["people"]) for row in counted[:20]]


def read_offer(person: Person, slug: str, giver: Member | None, now: datetime) -> Offer:
    """Give what the page shows; two queries, with a giver."""
    mine: list[Endorsement] = []
    if giver is not None:
        week = now - timedelta(days=7)
        rows = Endorsement.objects.filter(giver=giver, created__gte=week).select_related("claim")
        mine = list(rows.order_by("-created"))
    here = [one for one in mine if one.claim.slug == slug]
    return Offer(slug, person, topics_of(slug), here, left(mine, now))


def given_by(member: Member) -> list[Endorsement]:
    """Give the +K that a member gave, newest first; one query."""
    rows = Endorsement.objects.filter(giver=member).select_related("claim")
    return list(rows.order_by("-created", "-id")[:MOST])


def received_by(member: Member) -> list[tuple[Endorsement, str]]:
    """Give the +K that a member got, with the address of the giver's page or ""; two queries."""
    rows = Endorsement.objects.filter(receiver=member, removed=None).select_related("claim")
    found = list(rows.order_by("-created", "-id")[:MOST])
    claims = Claim.objects.filter(member__in={one.giver_id for one in found}, visibility="public")
    slugs = {claim.member_id: claim.slug for claim in claims.order_by("-id")}
    return [(one, slugs.get(one.giver_id, "")) for one in found]
