"""Leaving without an account here: a code in the bio or in a post is proof enough."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from openclout.web.claims.identity import Identity
from openclout.web.erasure.departure import leave_out
from openclout.web.erasure.models import Reason
from openclout.web.mydata.forms import OTHER, LeaveForm, VisitorForm
from openclout.web.proof.codes import code_for, holds_code
from openclout.web.proof.fetch import Unreached
from openclout.web.proof.limits import slow_down
from openclout.web.proof.post import read_post
from openclout.web.proof.profile import read_profile


@require_http_methods(["GET", "HEAD", "POST"])
@slow_down
def leave(request: HttpRequest) -> HttpResponse:
    """Say which account, write the code there, be left out."""
    form = LeaveForm(request.POST or None)
    content = {"form": form, "visitor": VisitorForm(), "code": "", "problem": ""}
    if form.is_valid() and form.cleaned_data["network"] != OTHER:
        network, name, post = (form.cleaned_data[key] for key in ("network", "name", "post"))
        content["code"] = code = code_for("leave", network, normal(name))
        if "check" in request.POST:
            try:
                leave_out_proved(prove(network, name, post, code))
                return redirect("gone")
            except Unreached as problem:
                content["problem"] = str(problem)
    content["other"] = form.is_bound and form.data.get("network") == OTHER
    return render(request, "mydata/leave.html", content)


@require_POST
@slow_down
def ask(request: HttpRequest) -> HttpResponse:
    """Take a request that only the operator can judge."""
    form = VisitorForm(request.POST)
    if not form.is_valid():
        content = {"form": LeaveForm(), "visitor": form, "other": True}
        return render(request, "mydata/leave.html", content, status=422)
    form.save()
    messages.success(request, _("The operator has your request."))
    return redirect("leave")


def prove(network: str, name: str, post: str, code: str) -> Identity:
    """Give whose account it is; raises Unreached unless its own words hold the code."""
    told = read_post(network, post) if post else read_profile(network, name)
    if normal(name) not in {normal(own) for own in (told.identity.handle, *told.identity.ids)}:
        raise Unreached(_("That is another account's."))
    if not holds_code(told.words, code):
        raise Unreached(
            _("The code does not stand there yet. Some networks take a minute to show it.")
        )
    return told.identity


def leave_out_proved(identity: Identity) -> None:
    """Leave out every name of an account."""
    leave_out(identity.networks[0], (*identity.ids, identity.handle), Reason.OUTSIDE)


def normal(name: str) -> str:
    """Give the form of a name in which its spellings are equal."""
    return name.strip().lower().removeprefix("@")
