"""Making messages: of every publication one to each webhook, with the scores that it asked for."""

from datetime import datetime
from typing import Any

import orjson
from django.db.models import Q

from openclout.web.claims.models import Claim, Visibility
from openclout.web.interface.shapes import brief
from openclout.web.published.models import Person
from openclout.web.published.state import current_publication
from openclout.web.webhooks.models import Delivery, Webhook

PUBLISHED, PING = "scores.published", "ping"
MOST_WATCHED = 1000


def announce(now: datetime) -> int:
    """Make the messages of the publication that is read now, where there are none yet."""
    current = current_publication()
    if current is None:
        return 0
    told = Delivery.objects.filter(event=PUBLISHED, mark=current.folder).values("webhook")
    hooks = Webhook.objects.filter(stopped=None).exclude(pk__in=told)
    return sum(queue(hook, PUBLISHED, current.folder, now) for hook in hooks)


def people_of(hook: Webhook) -> list[Person]:
    """Give the people whom a webhook is told of, as far as everybody may see them."""
    mine = Q(member=hook.member_id) | Q(pk__in=hook.watched.values("pk"))
    shown = Claim.objects.filter(mine, visibility=Visibility.PUBLIC)
    rows = Person.objects.filter(slug__in=shown.values("slug"), level="account")
    return list(rows.order_by("slug")[:MOST_WATCHED])


def queue(hook: Webhook, event: str, mark: str, now: datetime) -> bool:
    """Make a message, once; False where it was made before."""
    _row, made = Delivery.objects.get_or_create(
        webhook=hook, event=event, mark=mark, defaults={"created": now, "due": now}
    )
    return made


def body_of(row: Delivery, now: datetime) -> bytes | None:
    """Write what a message says now; None where a later publication has taken its place."""
    content: dict[str, Any] = {"event": row.event, "id": row.mark, "sent": now}
    if row.event == PUBLISHED:
        current = current_publication()
        if current is None or current.folder != row.mark:
            return None
        people = [brief(person) for person in people_of(row.webhook)]
        content |= {"as_of": current.as_of, "model": current.facts.model.name, "people": people}
    return orjson.dumps(content, default=str)
