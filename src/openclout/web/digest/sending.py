"""Sending what is due: at most one mail a week, of the member's own scores and nobody else's."""

import logging
from datetime import datetime, timedelta

from django.core import signing
from django.core.mail import EmailMessage
from django.db.models import Q
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext as _

from openclout.web.claims.models import Claim
from openclout.web.digest.models import Subscription
from openclout.web.here import this_site
from openclout.web.published.models import Person

WEEK = timedelta(days=7)
_SALT = "digest"
log = logging.getLogger(__name__)


def token_of(subscription: Subscription) -> str:
    """Give what ends a subscription without signing in; good for that alone."""
    return signing.dumps(subscription.member_id, salt=_SALT)


def subscription_of(token: str) -> Subscription | None:
    """Give whose subscription a token ends, None for what is no token of ours."""
    try:
        return Subscription.objects.filter(member=signing.loads(token, salt=_SALT)).first()
    except signing.BadSignature:
        return None


def send_due(now: datetime) -> int:
    """Send every digest that is due; tell how many went out."""
    due = Subscription.objects.select_related("member").filter(
        Q(sent=None) | Q(sent__lte=now - WEEK), member__is_active=True
    )
    count = 0
    for subscription in due.order_by("pk"):
        rows = _rows(subscription)
        if not rows or not _first(subscription, now):
            continue
        try:
            _message(subscription, rows).send()
            count += 1
        except OSError:  # the server of mail is away; next week is soon enough
            log.exception("a digest could not be sent")
    return count


def _first(subscription: Subscription, now: datetime) -> bool:
    """Write down that it is sent, unless another process was first."""
    mine = Subscription.objects.filter(pk=subscription.pk, sent=subscription.sent)
    return mine.update(sent=now) == 1


def _rows(subscription: Subscription) -> list[Person]:
    claims = Claim.objects.filter(member=subscription.member).order_by("network", "account")
    found = [
        Person.objects.filter(network=c.network, account=c.account, level="account").first()
        for c in claims
    ]
    return [row for row in found if row is not None and row.score is not None]


def _message(subscription: Subscription, rows: list[Person]) -> EmailMessage:
    origin = this_site().origin
    stop = f"{origin}{reverse('digest-stop', args=[token_of(subscription)])}"
    content = {"rows": rows, "origin": origin, "stop": stop}
    with translation.override(subscription.language):
        return EmailMessage(
            _("Your score this week"),
            render_to_string("digest/mail.html", content),
            to=[subscription.member.email],
            headers={  # RFC 8058: the mail program's own button
                "List-Unsubscribe": f"<{stop}>",
                "List-Unsubscribe-Post": "List-Unsubscribe=One-Click",
            },
        )
