"""What the pages of perks show."""

from dataclasses import dataclass
from datetime import datetime

from django.db.models import Count, OuterRef, Q, QuerySet, Subquery
from django.http import Http404

from openclout.web.members.models import Member
from openclout.web.perks.eligibility import Reason, Standing, open_reasons, reasons, standings
from openclout.web.perks.models import Claimed, Perk, State, Whereabouts

MOST = 60


@dataclass(frozen=True, slots=True)
class Shown:
    """A perk as somebody sees it: the conditions, and the claim where there is one."""

    perk: Perk
    reasons: list[Reason]
    taken: int
    code: str
    withdrawn: bool
    redeemed: bool
    region: str

    @property
    def eligible(self) -> bool:
        """Whether it can be claimed now."""
        return not self.code and all(reason.met for reason in self.reasons)

    @property
    def left(self) -> int:
        """How many places there are."""
        return max(self.perk.quota - self.taken, 0)


def open_perks(member: Member | None, now: datetime) -> list[Shown]:
    """Give the perks that are offered now, those that can be claimed first; two queries."""
    rows = _perks(member).filter(state=State.APPROVED, starts__lte=now, ends__gt=now)
    places = standings(member.pk) if member else {}
    shown = [_shown(row, places, member, now) for row in rows.order_by("ends", "id")[:MOST]]
    return sorted(shown, key=lambda one: (not one.code, not one.eligible))


def find_perk(number: int, member: Member | None, now: datetime) -> Shown:
    """Give one perk; Http404 where it is not offered and the member has no part in it."""
    row = _perks(member).filter(pk=number).first()
    if row is None:
        raise Http404
    shown = _shown(row, standings(member.pk) if member else {}, member, now)
    own = member is not None and row.organiser_id == member.pk
    if row.state not in (State.APPROVED, State.CLOSED) and not own and not shown.code:
        raise Http404
    return shown


def _perks(member: Member | None) -> "QuerySet[Perk]":
    """Select perks with the places taken, and of a member the claim and the country."""
    rows = Perk.objects.annotate(
        taken=Count("claims", filter=Q(claims__withdrawn=None), distinct=True)
    )
    if member is None:
        return rows
    mine = Claimed.objects.filter(perk=OuterRef("pk"), member=member)
    return rows.annotate(
        my_code=Subquery(mine.values("code")[:1]),
        my_withdrawal=Subquery(mine.values("withdrawn")[:1]),
        my_use=Subquery(mine.values("redeemed")[:1]),
        my_region=Subquery(Whereabouts.objects.filter(member=member).values("region")[:1]),
    )


def _shown(row: Perk, places: dict[str, Standing], member: Member | None, now: datetime) -> Shown:
    taken = row.taken  # type: ignore[attr-defined]
    region = getattr(row, "my_region", None) or ""
    told = open_reasons(row, taken, now)
    if member is not None:
        told = [*reasons(row, places.get(row.topic), region), *told]
    return Shown(
        row, told, taken,
        getattr(row, "my_code", None) or "",
        getattr(row, "my_withdrawal", None) is not None,
        getattr(row, "my_use", None) is not None,
        region,
    )  # fmt: skip


def offers_of(organiser: Member) -> list[Perk]:
    """Give an organiser's own perks with how many were claimed and used; one query."""
    return list(
        Perk.objects.filter(organiser=organiser)
        .annotate(
            taken=Count("claims", filter=Q(claims__withdrawn=None)),
            used=Count("claims", filter=Q(claims__redeemed__isnull=False)),
        )
        .order_by("-created", "-id")[:MOST]
    )
