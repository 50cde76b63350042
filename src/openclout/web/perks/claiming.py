"""Claiming, withdrawing and redeeming: once for a member, never more than there are.

The perk's row is locked while places are counted; see endorsing/giving.py for how that holds on
both databases. The database itself forbids a second claim and a second use of a code.
"""

import secrets
from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from openclout.web.members.models import Member
from openclout.web.perks.eligibility import open_reasons, reasons, standings
from openclout.web.perks.models import Claimed, Code, Perk, State, Whereabouts

_LETTERS = "ABCDEFGHJKLMNPQRSTUVWXYZ23456789"  # without those that look alike


class NotClaimed(Exception):
    """A claim that is not made; its text tells the member why."""


def claim(member: Member, number: int, now: datetime) -> Claimed:
    """Claim a perk for a member; claiming again gives the same claim. Raises NotClaimed."""
    with transaction.atomic():
        perk = Perk.objects.select_for_update(no_key=True).filter(pk=number).first()
        if perk is None or perk.state != State.APPROVED:
            raise NotClaimed(_("This perk is not offered any more."))
        before = Claimed.objects.filter(perk=perk, member=member).first()
        if before is not None:
            if before.withdrawn:
                raise NotClaimed(_("You gave this perk back; it is claimed once only."))
            return before
        _require(perk, member, now)
        return Claimed.objects.create(perk=perk, member=member, code=_take_code(perk), created=now)


def _require(perk: Perk, member: Member, now: datetime) -> None:
    standing = standings(member.pk).get(perk.topic)
    for reason in (
        *reasons(perk, standing, region_of(member)),
        *open_reasons(perk, taken(perk), now),
    ):
        if not reason.met:
            raise NotClaimed(reason.text)


def taken(perk: Perk) -> int:
    """Tell how many places of a perk are taken."""
    return Claimed.objects.filter(perk=perk, withdrawn=None).count()


def region_of(member: Member) -> str:
    """Tell in which country a member says to be, "" where that was not said."""
    found = Whereabouts.objects.filter(member=member).values_list("region", flat=True).first()
    return found or ""


def _take_code(perk: Perk) -> str:
    """Take the organiser's next code, or make one where the organiser gave none."""
    codes = Code.objects.filter(perk=perk)
    free = codes.filter(taken=False).order_by("id").first()
    if free is not None:
        Code.objects.filter(pk=free.pk).update(taken=True)
        return free.text
    if codes.exists():
        raise NotClaimed(_("All codes are given out."))
    return "-".join("".join(secrets.choice(_LETTERS) for _n in range(4)) for _m in range(3))


def withdraw(member: Member, number: int, now: datetime) -> bool:
    """Give a claimed perk back, unless it is used; its code is spent all the same."""
    rows = Claimed.objects.filter(perk=number, member=member, redeemed=None, withdrawn=None)
    return bool(rows.update(withdrawn=now))


def redeem(organiser: Member, number: int, code: str, now: datetime) -> bool:
    """Note that a code of an organiser's own perk was used; False where it cannot be (again).

    The conditions of the update stand on its own row: with a join PostgreSQL would look at the
    other table once, before it waits, and let two through.
    """
    if not Perk.objects.filter(pk=number, organiser=organiser).exists():
        return False
    rows = Claimed.objects.filter(perk=number, code=code.strip(), redeemed=None, withdrawn=None)
    return bool(rows.update(redeemed=now))
