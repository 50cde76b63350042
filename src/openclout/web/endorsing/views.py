"""Giving +K, and one's own history of them."""

from datetime import UTC, datetime
from typing import cast

from django.conf import settings
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render, resolve_url
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from openclout.scoring.model import load_model
from openclout.web.endorsing import giving, reader
from openclout.web.members.models import Member
from openclout.web.members.roles import signed_in


@require_http_methods(["GET", "HEAD", "POST"])
def endorse(request: HttpRequest, slug: str) -> HttpResponse:
    """Show for what a person is endorsed; give a +K."""
    if request.method == "POST":
        return _give(request, slug)
    member = signed_in(request)
    person = reader.find_person(slug, member)
    if person is None:
        raise Http404
    offer = reader.read_offer(person, slug, member, datetime.now(UTC))
    content = {
        "offer": offer,
        "member": member,
        "sign_in": resolve_url(settings.LOGIN_URL),
        "topic": giving.read_topic(request.GET.get("topic", "")),
        "counts": load_model().weights.get("endorsers", 0) > 0,
    }
    return render(request, "endorsing/give.html", content)


@login_required
def _give(request: HttpRequest, slug: str) -> HttpResponse:
    try:
        done = giving.give(
            cast(Member, request.user), slug, request.POST.get("topic", ""), datetime.now(UTC)
        )
        said = _("+K given for %(topic)s. It counts from the next score on.")
        messages.success(request, said % {"topic": done.topic})
    except giving.NotGiven as error:
        messages.error(request, str(error))
    return redirect("endorse", slug)


@login_required
@require_safe
def mine(request: HttpRequest) -> HttpResponse:
    """Show the +K that a member gave and got."""
    member = cast(Member, request.user)
    given = reader.given_by(member)
    content = {
        "given": given,
        "received": reader.received_by(member),
        "left": giving.left(given, datetime.now(UTC)),
        "budget": giving.A_DAY,
    }
    return render(request, "endorsing/mine.html", content)


@login_required
@require_POST
def undo(request: HttpRequest, number: int) -> HttpResponse:
    """Take a +K back."""
    if not giving.undo(cast(Member, request.user), number):
        raise Http404
    messages.success(request, _("The +K is taken back: the next score knows nothing of it."))
    return redirect("endorsements")
