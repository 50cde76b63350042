"""Pages of a member's webhooks."""

from datetime import UTC, datetime
from typing import cast

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.db.models import Prefetch
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from openclout.web.members.models import Member
from openclout.web.webhooks import keeping
from openclout.web.webhooks.models import Delivery, Webhook


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def webhooks(request: HttpRequest) -> HttpResponse:
    """Show one's webhooks with what was sent last; make one."""
    member = cast(Member, request.user)
    if request.method == "POST":
        address, watched = (request.POST.get(key, "").strip() for key in ("url", "watched"))
        try:
            keeping.make_webhook(member, address, watched, datetime.now(UTC))
            messages.success(request, _("Made. Check signatures with the secret below."))
        except keeping.NotKept as error:
            messages.error(request, str(error))
        return redirect("webhooks")
    last = Prefetch("deliveries", Delivery.objects.order_by("-id"), to_attr="last")
    rows = Webhook.objects.filter(member=member).prefetch_related(last).order_by("id")
    return render(request, "webhooks/webhooks.html", {"rows": rows})


@login_required
@require_POST
def change(request: HttpRequest, number: int) -> HttpResponse:
    """Try a webhook out, or delete it."""
    hook = get_object_or_404(Webhook, pk=number, member=cast(Member, request.user))
    if "delete" in request.POST:
        hook.delete()
    else:
        keeping.try_out(hook, datetime.now(UTC))
        messages.success(request, _("A ping is on its way."))
    return redirect("webhooks")
