"""My data: seeing, hiding, taking along, correcting, objecting, erasing."""

import orjson
from django.contrib import messages
from django.contrib.auth import logout
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from openclout.errors import NotFound
from openclout.web.claims.claim import change_visibility, withdraw
from openclout.web.claims.models import Claim, Visibility
from openclout.web.erasure.departure import erase_member, leave_out
from openclout.web.erasure.models import Reason
from openclout.web.members.models import Member
from openclout.web.mydata.forms import DisputeForm
from openclout.web.mydata.hiding import hide, show_again
from openclout.web.mydata.reader import overview
from openclout.web.mydata.stored import everything


@require_safe
@login_required
def mydata(request: HttpRequest) -> HttpResponse:
    """Show what is stored, where from, and what can be done about it."""
    content = {"data": overview(member_of(request)), "visibilities": Visibility.choices,
               "form": DisputeForm()}  # fmt: skip
    return render(request, "mydata/mydata.html", content)


@require_POST
@login_required
def visibility(request: HttpRequest) -> HttpResponse:
    """Change who sees the page of an account."""
    wanted = request.POST.get("visibility", "")
    if wanted not in Visibility.values:
        raise Http404
    change_visibility(_claim(request), Visibility(wanted))
    messages.success(request, _("Changed, everywhere and at once."))
    return redirect("mydata")


@require_POST
@login_required
def give_up(request: HttpRequest) -> HttpResponse:
    """Withdraw a claim: the page is gone, the account counts on without a name."""
    withdraw(_claim(request))
    messages.success(request, _("The claim is withdrawn and its page is gone."))
    return redirect("mydata")


@require_POST
@login_required
def topics(request: HttpRequest) -> HttpResponse:
    """Hide a topic of an account, or take that back."""
    found = _claim(request)
    try:
        if request.POST.get("hide"):
            hide(found, request.POST["hide"])
            messages.success(request, _("Hidden, here and at once; no import brings it back."))
        else:
            show_again(found, request.POST.get("show", ""))
            messages.success(request, _("It comes back with the next scores."))
    except NotFound:
        raise Http404 from None
    return redirect("mydata")


@require_safe
@login_required
def download(request: HttpRequest) -> HttpResponse:
    """Give everything as JSON (Art. 15 and 20)."""
    content = orjson.dumps(everything(member_of(request)), option=orjson.OPT_INDENT_2, default=str)
    response = HttpResponse(content, content_type="application/json")
    response["Content-Disposition"] = 'attachment; filename="my-data.json"'
    response["Cache-Control"] = "no-store"
    return response


@require_POST
@login_required
def dispute(request: HttpRequest) -> HttpResponse:
    """Take a request to correct something (Art. 16)."""
    form = DisputeForm(request.POST)
    if not form.is_valid():
        content = {"data": overview(member_of(request)), "visibilities": Visibility.choices,
                   "form": form}  # fmt: skip
        return render(request, "mydata/mydata.html", content, status=422)
    form.instance.member = member_of(request)
    form.save()
    messages.success(request, _("The operator has your request; the answer will stand here."))
    return redirect("mydata")


@require_POST
@login_required
def object_(request: HttpRequest) -> HttpResponse:
    """Leave an account out of everything from now on (Art. 21); the member stays."""
    found = _claim(request)
    leave_out(found.network, [found.account], Reason.OBJECT)
    messages.success(
        request, _("The account is left out from now on, and what is stored is deleted.")
    )
    return redirect("mydata")


@require_http_methods(["GET", "HEAD", "POST"])
@login_required
def erase(request: HttpRequest) -> HttpResponse:
    """Erase the member and all their accounts (Art. 17), after asking for the address once more."""
    member = member_of(request)
    wrong = False
    if request.method == "POST":
        if request.POST.get("email", "").strip().lower() == member.email.lower():
            erase_member(member)
            logout(request)
            return redirect("gone")
        wrong = True
    return render(request, "mydata/erase.html", {"data": overview(member), "wrong": wrong},
                  status=422 if wrong else 200)  # fmt: skip


@require_safe
def gone(request: HttpRequest) -> HttpResponse:
    """Say that it is done."""
    return render(request, "mydata/gone.html")


def member_of(request: HttpRequest) -> Member:
    """Give who is signed in; for views behind login_required."""
    assert isinstance(request.user, Member)  # noqa: S101 - see above
    return request.user


def _claim(request: HttpRequest) -> Claim:
    """Give the member's own claim that a form names; 404 for anybody else's."""
    key = request.POST.get("claim", "")
    found = Claim.objects.filter(member=member_of(request), pk=int(key) if key.isdigit() else 0)
    claim = found.first()
    if claim is None:
        raise Http404
    return claim
