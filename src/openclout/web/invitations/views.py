"""One's links, and the page that a link opens."""

from datetime import UTC, datetime
from typing import cast

from django.conf import settings
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render, resolve_url
from django.urls import NoReverseMatch, reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from openclout.web.claims.models import Claim, Visibility
from openclout.web.here import this_site
from openclout.web.invitations import inviting
from openclout.web.members.models import Member
from openclout.web.members.roles import signed_in


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def invitations(request: HttpRequest) -> HttpResponse:
    """Show one's links; make one."""
    member, now = cast(Member, request.user), datetime.now(UTC)
    if request.method == "POST":
        try:
            most = request.POST.get("most", "1")
            number = int(most) if most.isdecimal() and len(most) < 4 else 1
            inviting.invite(member, request.POST.get("note", ""), number, now)
        except inviting.NotInvited as error:
            messages.error(request, str(error))
        return redirect("invitations")
    rows = [(one, inviting.is_open(one, now)) for one in inviting.invitations_of(member)]
    uses = range(1, inviting.MOST_USES + 1)
    content = {"rows": rows, "origin": this_site().origin, "uses": uses, "days": inviting.DAYS}
    return render(request, "invitations/invitations.html", content)


@login_required
@require_POST
def revoke(request: HttpRequest, number: int) -> HttpResponse:
    """End a link."""
    if not inviting.revoke(cast(Member, request.user), number, datetime.now(UTC)):
        raise Http404
    messages.success(request, _("The link leads nowhere now."))
    return redirect("invitations")


@require_http_methods(["GET", "HEAD", "POST"])
def invitation(request: HttpRequest, token: str) -> HttpResponse:
    """Show who invites to what; a member accepts, a visitor is shown how to become one."""
    if request.method == "POST":
        return _accept(request, token)
    found = inviting.find_invitation(token)
    if found is None:
        raise Http404
    shown = Claim.objects.filter(member=found.inviter_id, visibility=Visibility.PUBLIC).first()
    content = {
        "invitation": found,
        "open": inviting.is_open(found, datetime.now(UTC)),
        "slug": shown.slug if shown else "",
        "member": signed_in(request),
        "sign_up": f"{_sign_up()}?next={request.path}",
    }
    return render(request, "invitations/invitation.html", content)


@login_required
def _accept(request: HttpRequest, token: str) -> HttpResponse:
    try:
        inviting.accept(cast(Member, request.user), token, datetime.now(UTC))
        messages.success(request, _("Welcome! Now prove which accounts are yours."))
    except inviting.NotInvited as error:
        messages.error(request, str(error))
        return redirect("invitation", token)
    return redirect(settings.LOGIN_REDIRECT_URL)


def _sign_up() -> str:
    try:
        return reverse("account_signup")
    except NoReverseMatch:  # a site without sign-up of its own: members are named by the operator
        return resolve_url(settings.LOGIN_URL)
