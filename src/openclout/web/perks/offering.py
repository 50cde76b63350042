"""Pages of organisers: write an offer, hand it in, see what became of it, redeem codes."""

from datetime import UTC, datetime
from typing import cast

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from openclout.web.members.models import Member
from openclout.web.members.roles import for_organisers
from openclout.web.perks import claiming, reader
from openclout.web.perks.forms import Offer
from openclout.web.perks.models import Perk, State


@for_organisers
@require_safe
def offers(request: HttpRequest) -> HttpResponse:
    """Show an organiser's own perks."""
    rows = reader.offers_of(cast(Member, request.user))
    return render(request, "perks/offers.html", {"rows": rows})


@for_organisers
@require_http_methods(["GET", "HEAD", "POST"])
def write(request: HttpRequest, number: int = 0) -> HttpResponse:
    """Write an offer, or change one that is not shown yet; handing it in asks the operator."""
    organiser = cast(Member, request.user)
    open_states = (State.DRAFT, State.REFUSED)
    perk = get_object_or_404(Perk, pk=number, organiser=organiser, state__in=open_states) \
        if number else Perk(organiser=organiser)  # fmt: skip
    form = Offer(
        request.POST or None, instance=perk, initial={"codes": _codes(perk)}, label_suffix=""
    )
    if request.method == "POST" and form.is_valid():
        perk.state = State.SUBMITTED if "submit" in request.POST else State.DRAFT
        form.save()
        form.write_codes(perk)
        asked = _("Handed in: the operator looks at it before anybody sees it.")
        messages.success(request, _("Kept.") if perk.state == State.DRAFT else asked)
        return redirect("offers")
    return render(request, "perks/write.html", {"form": form, "perk": perk})


def _codes(perk: Perk) -> str:
    return "\n".join(perk.codes.order_by("id").values_list("text", flat=True)) if perk.pk else ""


@for_organisers
@require_POST
def redeem(request: HttpRequest, number: int) -> HttpResponse:
    """Note that a code was used."""
    code = request.POST.get("code", "")
    if claiming.redeem(cast(Member, request.user), number, code, datetime.now(UTC)):
        messages.success(request, _("The code is good, and used from now on."))
    else:
        messages.error(request, _("This code was not given out for this perk, or is used already."))
    return redirect("offers")


@for_organisers
@require_POST
def close(request: HttpRequest, number: int) -> HttpResponse:
    """End an offer; what was claimed stays claimed."""
    rows = Perk.objects.filter(pk=number, organiser=cast(Member, request.user))
    rows.exclude(state=State.CLOSED).update(state=State.CLOSED)
    return redirect("offers")
