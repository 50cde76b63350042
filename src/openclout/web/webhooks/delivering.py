"""Delivering messages: signed, and again after ever longer whiles until they are heard."""

from datetime import datetime, timedelta

from django.db.models import F

from openclout.web.fetching.fetch import post
from openclout.web.fetching.guard import Unreachable
from openclout.web.fetching.signature import sign
from openclout.web.webhooks.announcing import body_of
from openclout.web.webhooks.models import Delivery, Webhook

WAITS = tuple(timedelta(minutes=n) for n in (1, 5, 30, 120, 300, 600, 1440))
"""How long after each failed attempt the next is made; after the last the message is given up."""
MOST_FAILED = 5
"""Messages given up in a row after which a webhook is stopped."""
_LEASE = timedelta(minutes=2)  # for which a message is one worker's
_AT_ONCE = 100
_KEPT = timedelta(days=30)


def deliver(now: datetime, reachable: tuple[str, ...] = ()) -> int:
    """Try all messages that are due, each by one worker only; tell how many were heard."""
    heard = 0
    due = Delivery.objects.filter(due__lte=now, webhook__stopped=None).select_related("webhook")
    for row in due.order_by("due", "id")[:_AT_ONCE]:
        ours = Delivery.objects.filter(pk=row.pk, due=row.due).update(due=now + _LEASE)
        if ours:
            heard += _try(row, now, reachable)
    Delivery.objects.filter(due=None, created__lt=now - _KEPT).delete()
    return heard


def _try(row: Delivery, now: datetime, reachable: tuple[str, ...]) -> bool:
    body = body_of(row, now)
    if body is None:
        _settle(row, "overtaken by a later publication", None)
        return False
    headers = {
        "Content-Type": "application/json",
        "OpenClout-Event": row.event,
        "OpenClout-Delivery": str(row.pk),
        "OpenClout-Signature": sign(row.webhook.secret, body, now),
    }
    try:
        status = post(row.webhook.url, body, headers, reachable).status
    except Unreachable as error:
        return _failed(row, str(error), now)
    if 200 <= status < 300:
        _settle(row, f"{status}", None, delivered=now)
        Webhook.objects.filter(pk=row.webhook_id).update(failed=0)
        return True
    if status == 410:  # Gone: whoever is called does not want it any more
        Webhook.objects.filter(pk=row.webhook_id).update(stopped=now)
    return _failed(row, f"{status}", now)


def _failed(row: Delivery, answer: str, now: datetime) -> bool:
    if row.attempts < len(WAITS):
        _settle(row, answer, now + WAITS[row.attempts])
        return False
    _settle(row, answer, None)
    hooks = Webhook.objects.filter(pk=row.webhook_id)
    hooks.update(failed=F("failed") + 1)
    hooks.filter(failed__gte=MOST_FAILED).update(stopped=now)
    return False


def _settle(
    row: Delivery, answer: str, due: datetime | None, delivered: datetime | None = None
) -> None:
    Delivery.objects.filter(pk=row.pk).update(
        attempts=F("attempts") + 1, answer=answer[:120], due=due, delivered=delivered
    )
