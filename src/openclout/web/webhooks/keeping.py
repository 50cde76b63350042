"""A member's webhooks: made, tried out, switched on again, deleted."""

import secrets
from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from openclout.web.claims.models import Claim, Visibility
from openclout.web.fetching.guard import Unreachable, find_goal
from openclout.web.members.models import Member
from openclout.web.webhooks.announcing import MOST_WATCHED, PING, queue
from openclout.web.webhooks.models import Webhook

MOST = 10
"""Webhooks of a member."""


class NotKept(Exception):
    """A webhook that is not made; its text tells why."""


def make_webhook(
    member: Member, url: str, watched: str, now: datetime, reachable: tuple[str, ...] = ()
) -> Webhook:
    """Make a webhook; raises NotKept where its address cannot be asked by anybody."""
    try:
        find_goal(url, reachable)
    except Unreachable as error:
        raise NotKept(str(error)) from None
    if not url.startswith("https://") and not reachable:
        raise NotKept(_("The address must be encrypted: https://"))
    slugs = sorted({word.strip("@,").lower() for word in watched.split()} - {""})
    if len(slugs) > MOST_WATCHED:
        raise NotKept(_("At most %(most)s people.") % {"most": MOST_WATCHED})
    with transaction.atomic():
        Member.objects.select_for_update(no_key=True).get(pk=member.pk)
        if Webhook.objects.filter(member=member).count() >= MOST:
            raise NotKept(_("At most %(most)s webhooks.") % {"most": MOST})
        made = Webhook.objects.create(
            member=member, url=url, created=now, secret=f"whsec_{secrets.token_urlsafe(32)}"
        )
        made.watched.set(Claim.objects.filter(slug__in=slugs, visibility=Visibility.PUBLIC))
        return made


def try_out(hook: Webhook, now: datetime) -> None:
    """Send it a ping, and switch it on again where it was stopped."""
    Webhook.objects.filter(pk=hook.pk).update(stopped=None, failed=0)
    queue(hook, PING, secrets.token_hex(8), now)
