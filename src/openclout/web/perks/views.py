"""Pages of perks: for everybody what is offered, for members what they may claim and why."""

import re
from datetime import UTC, datetime
from typing import cast

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from openclout.web.members.models import Member
from openclout.web.members.roles import signed_in
from openclout.web.perks import claiming, reader
from openclout.web.perks.models import Whereabouts


@require_safe
def perks(request: HttpRequest) -> HttpResponse:
    """Show what is offered now."""
    member = signed_in(request)
    shown = reader.open_perks(member, datetime.now(UTC))
    region = shown[0].region if shown else ""
    content = {"shown": shown, "member": member, "region": region}
    return render(request, "perks/perks.html", content)


@require_safe
def perk(request: HttpRequest, number: int) -> HttpResponse:
    """Show one perk, who may claim it, and the code of who did."""
    member = signed_in(request)
    shown = reader.find_perk(number, member, datetime.now(UTC))
    return render(request, "perks/perk.html", {"one": shown, "member": member})


@login_required
@require_POST
def claim(request: HttpRequest, number: int) -> HttpResponse:
    """Claim a perk."""
    try:
        claiming.claim(cast(Member, request.user), number, datetime.now(UTC))
        messages.success(request, _("It is yours: here is your code."))
    except claiming.NotClaimed as error:
        messages.error(request, str(error))
        return redirect("perks")
    return redirect("perk", number)


@login_required
@require_POST
def withdraw(request: HttpRequest, number: int) -> HttpResponse:
    """Give a perk back."""
    if not claiming.withdraw(cast(Member, request.user), number, datetime.now(UTC)):
        raise Http404
    messages.success(request, _("Given back: the place is somebody else’s now."))
    return redirect("perks")


@login_required
@require_POST
def say_where(request: HttpRequest) -> HttpResponse:
    """Keep in which country a member is, or forget it."""
    member, region = cast(Member, request.user), request.POST.get("region", "").strip().upper()
    if not region:
        Whereabouts.objects.filter(member=member).delete()
    elif re.fullmatch("[A-Z]{2}", region):
        Whereabouts.objects.update_or_create(member=member, defaults={"region": region})
    else:
        messages.error(request, _("A country is two letters: DE, AT, CH."))
    return redirect("perks")
