"""The operator's queue of requests: who asked what, what was answered and done."""

from django.contrib.auth.decorators import login_required, user_passes_test
from django.contrib.auth.models import AnonymousUser
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_POST, require_safe

from openclout.web.claims.claim import withdraw
from openclout.web.claims.models import Claim
from openclout.web.erasure.departure import leave_out
from openclout.web.erasure.models import Departure, Reason
from openclout.web.members.models import Member
from openclout.web.mydata.forms import AnswerForm
from openclout.web.mydata.models import Dispute, Kind
from openclout.web.mydata.views import member_of


def is_operator(user: Member | AnonymousUser) -> bool:
    """Tell whether somebody runs this site."""
    return user.is_staff


@require_safe
@login_required
@user_passes_test(is_operator, login_url="home")
def requests(request: HttpRequest) -> HttpResponse:
    """Show what is open, what was answered, and who left (marks, never names)."""
    rows = Dispute.objects.select_related("member").order_by("answered", "created")
    content = {
        "open": rows.filter(answered=None),
        "done": rows.exclude(answered=None)[:50],
        "departures": Departure.objects.order_by("-added")[:50],
        "form": AnswerForm(),
    }
    return render(request, "mydata/requests.html", content)


@require_POST
@login_required
@user_passes_test(is_operator, login_url="home")
def answer(request: HttpRequest, key: int) -> HttpResponse:
    """Answer a request, and withdraw the claim or leave the account out where wanted."""
    found = get_object_or_404(Dispute, pk=key)
    form = AnswerForm(request.POST)
    if form.is_valid():
        found.answer, found.answered = form.cleaned_data["answer"], timezone.now()
        found.answered_by = member_of(request)
        found.save()
        _act(found, form.cleaned_data["action"])
    return redirect("requests")


def _act(found: Dispute, action: str) -> None:
    if action == "withdraw":
        for claim in Claim.objects.filter(network=found.network, account=found.account):
            withdraw(claim)
    if action == "leave" and found.network and found.account:
        reason = Reason.MINOR if found.kind == Kind.MINOR else Reason.OPERATOR
        leave_out(found.network, [found.account], reason)
