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
    made = 0
    for hook in Webhook.objects.filter(stopped=None).exclude(pk__in=told):
        content = {
            "as_of": current.as_of,
            "model": current.facts.model.name,
            "people": [brief(row) for row in people_of(hook)],
        }
        made += queue(hook, PUBLISHED, current.folder, content, now)
    return made


def people_of(hook: Webhook) -> list[Person]:
    """Give the people whom a webhook is told of, as far as everybody may see them."""
    own = Claim.objects.filter(member=hook.member_id, visibility=Visibility.PUBLIC)
    wanted = Q(slug__in=hook.watched.split()) | Q(slug__in=own.values("slug"))
    return list(Person.objects.filter(wanted, level="account").order_by("slug")[:MOST_WATCHED])


def queue(hook: Webhook, event: str, mark: str, content: dict[str, Any], now: datetime) -> bool:
    """Make a message, once; False where it was made before."""
    body = orjson.dumps({"event": event, "id": mark, "sent": now, **content}, default=str).decode()
    _row, made = Delivery.objects.get_or_create(
        webhook=hook, event=event, mark=mark, defaults={"body": body, "created": now, "due": now}
    )
    return made
