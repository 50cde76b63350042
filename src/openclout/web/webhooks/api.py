"""Webhooks by the interface: made and deleted with a key of the scope `hooks`."""

from datetime import UTC, datetime
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from ninja import Field, Router, Schema

from openclout.web.interface.errors import Refused
from openclout.web.interface.keys import identify
from openclout.web.interface.models import ApiKey, Scope
from openclout.web.members.models import Member
from openclout.web.webhooks import keeping
from openclout.web.webhooks.models import Webhook


def hook_keeper(request: HttpRequest) -> Member:
    """Let in whose key may keep webhooks, and belongs to a member."""
    caller = identify(request)
    caller.require(Scope.HOOKS)
    row = ApiKey.objects.select_related("member").filter(pk=caller.key).first()
    if row is None or row.member is None:
        raise Refused("this key is nobody's; a webhook belongs to a member")
    return row.member


router = Router(tags=["webhooks"], auth=hook_keeper)


class NewHook(Schema):
    """A webhook to be made: where to, and which people beside the member's own pages."""

    url: str
    people: list[str] = Field(default_factory=list)


class Hook(Schema):
    """A webhook; messages are signed with its secret."""

    id: int
    url: str
    people: list[str]
    secret: str
    stopped: bool


class Hooks(Schema):
    """A member's webhooks."""

    webhooks: list[Hook]


@router.get("/webhooks", response=Hooks, summary="Your webhooks")
def webhooks(request: HttpRequest) -> dict[str, Any]:
    """Give the webhooks of the key's member."""
    rows = (
        Webhook.objects.filter(member=_member(request)).order_by("id").prefetch_related("watched")
    )
    return {"webhooks": [_hook(row) for row in rows]}


@router.post("/webhooks", response={201: Hook}, summary="Make a webhook")
def make(request: HttpRequest, payload: NewHook) -> tuple[int, dict[str, Any]]:
    """Have `scores.published` sent to an address after every publication.

    The header `OpenClout-Signature: t=<seconds>,v1=<hex>` holds the HMAC-SHA-256, by the secret, of
    the seconds, a full stop and the body. What is not answered with 2xx is sent again after 1, 5,
    30 minutes, 2, 5, 10 and 24 hours; an answer of 410 ends the webhook.
    """
    watched = " ".join(payload.people)
    try:
        made = keeping.make_webhook(_member(request), payload.url, watched, datetime.now(UTC))
    except keeping.NotKept as error:
        raise Refused(str(error)) from None
    return 201, _hook(made)


@router.delete("/webhooks/{int:number}", response={204: None}, summary="Delete a webhook")
def delete(request: HttpRequest, number: int) -> HttpResponse:
    """Delete a webhook; what it has not heard yet is not sent."""
    gone, _each = Webhook.objects.filter(pk=number, member=_member(request)).delete()
    if not gone:
        raise Http404
    return HttpResponse(status=204)


def _member(request: HttpRequest) -> Member:
    member: Member = request.auth  # type: ignore[attr-defined]
    return member


def _hook(row: Webhook) -> dict[str, Any]:
    return {
        "id": row.pk,
        "url": row.url,
        "people": sorted(claim.slug for claim in row.watched.all()),
        "secret": row.secret,
        "stopped": row.stopped is not None,
    }
