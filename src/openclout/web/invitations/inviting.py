"""Making links, using and revoking them. There is no list of addresses to send them to."""

import secrets
from datetime import datetime, timedelta

from django.db import transaction
from django.db.models import Count, QuerySet
from django.utils.translation import gettext as _

from openclout.web.invitations.models import Accepted, Invitation
from openclout.web.members.models import Member

MOST_OPEN = 5
"""Links that a member may have open at once."""
MOST_USES = 5
"""People who may come by one link."""
DAYS = 14


class NotInvited(Exception):
    """A link that is not made or not accepted; its text tells why."""


def invite(inviter: Member, note: str, most: int, now: datetime) -> Invitation:
    """Make a link; raises NotInvited where a member has enough of them open."""
    with transaction.atomic():
        Member.objects.select_for_update(no_key=True).get(pk=inviter.pk)
        if len([one for one in invitations_of(inviter) if is_open(one, now)]) >= MOST_OPEN:
            raise NotInvited(
                _("%(most)s links are open; revoke one, or wait until it is used.")
                % {"most": MOST_OPEN}
            )
        return Invitation.objects.create(
            inviter=inviter, token=secrets.token_urlsafe(32), note=note.strip()[:80],
            most=min(max(most, 1), MOST_USES), created=now, expires=now + timedelta(days=DAYS),
        )  # fmt: skip


def invitations_of(inviter: Member) -> list[Invitation]:
    """Give a member's links, newest first, each with `uses`; one query."""
    return list(_counted(Invitation.objects.filter(inviter=inviter)).order_by("-created", "-id"))


def _counted(rows: "QuerySet[Invitation]") -> "QuerySet[Invitation]":
    return rows.annotate(uses=Count("accepted"))


def find_invitation(token: str) -> Invitation | None:
    """Give the link with a token, with `uses` and its inviter; one query."""
    return _counted(Invitation.objects.filter(token=token)).select_related("inviter").first()


def is_open(found: Invitation, now: datetime) -> bool:
    """Tell whether somebody may come by a link, of those given by the readers here."""
    used: int = found.uses  # type: ignore[attr-defined]
    return found.revoked is None and found.expires > now and used < found.most


def accept(member: Member, token: str, now: datetime) -> Invitation:
    """Note that a member came by a link; raises NotInvited where it cannot be used (any more)."""
    with transaction.atomic():
        locked = Invitation.objects.select_for_update(no_key=True).filter(token=token).first()
        found = find_invitation(token) if locked else None
        if found is None or not is_open(found, now):
            raise NotInvited(_("This invitation is used up, expired or revoked."))
        if found.inviter_id == member.pk:
            raise NotInvited(_("It is your own invitation: pass it on to somebody."))
        if Accepted.objects.filter(member=member).exists():
            raise NotInvited(_("You came by an invitation before."))
        Accepted.objects.create(invitation=found, member=member, created=now)
    return found


def revoke(inviter: Member, number: int, now: datetime) -> bool:
    """End a link of a member's own; who came by it stays."""
    return bool(
        Invitation.objects.filter(pk=number, inviter=inviter, revoked=None).update(revoked=now)
    )
