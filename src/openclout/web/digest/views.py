"""Asking for the digest, and ending it with one click."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods, require_POST

from openclout.web.digest.models import Subscription
from openclout.web.digest.sending import subscription_of
from openclout.web.members.models import Member


@require_POST
@login_required
def choose(request: HttpRequest) -> HttpResponse:
    """Turn the digest on or off."""
    assert isinstance(request.user, Member)  # noqa: S101 - behind login_required
    if request.POST.get("wanted"):
        language = get_language() or "en"
        Subscription.objects.get_or_create(member=request.user, defaults={"language": language})
        messages.success(request, _("You get your own score by e-mail once a week."))
    else:
        Subscription.objects.filter(member=request.user).delete()
        messages.success(request, _("No more digests."))
    return redirect("mydata")


@csrf_exempt
@require_http_methods(["GET", "HEAD", "POST"])
def stop(request: HttpRequest, token: str) -> HttpResponse:
    """End the digest: a POST does, from the page or by a mail program (RFC 8058).

    The token is what authorises it, so no cookie is needed, nor a token against forgery.
    """
    found = subscription_of(token)
    if found is None and request.method != "POST":
        raise Http404
    if request.method == "POST" and found is not None:
        found.delete()
        found = None
    return render(request, "digest/stop.html", {"subscription": found})
