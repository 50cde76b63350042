"""The page of one's networks, and all ways to prove an account."""

from collections.abc import Callable

from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from openclout.web.claims.identity import Identity, Unclaimable, claim_identity
from openclout.web.claims.models import Claim
from openclout.web.connect import bluesky, mastodon, outside
from openclout.web.connect.models import ProofPage
from openclout.web.connect.saying import said_claimed, said_problem
from openclout.web.here import this_site
from openclout.web.members.models import Member
from openclout.web.proof.fetch import Unreached
from openclout.web.proof.limits import slow_down
from openclout.web.proof.profile import NAMES, fediverse_parts

Prove = Callable[[], Identity]


@require_safe
@login_required
def connect(request: HttpRequest) -> HttpResponse:
    """Show the ways to prove an account."""
    member = _member(request)
    content = {
        "claims": Claim.objects.filter(member=member).order_by("network", "account"),
        "code": outside.bio_code(member),
        "page": outside.own_page(member),
        "bios": NAMES,
    }
    return render(request, "connect/connect.html", content)


@require_POST
@login_required
@slow_down
def bio(request: HttpRequest) -> HttpResponse:
    """Claim an account whose bio holds the code."""
    network, name = request.POST.get("network", ""), request.POST.get("name", "")
    return _claimed(request, lambda: outside.prove_bio(_member(request), network, name))


@require_POST
@login_required
@slow_down
def website(request: HttpRequest) -> HttpResponse:
    """Claim a website that links back."""
    return _claimed(
        request, lambda: outside.prove_website(_member(request), request.POST.get("url", ""))
    )


@require_POST
@login_required
@slow_down
def handle(request: HttpRequest) -> HttpResponse:
    """Claim the Bluesky account of a domain that is proved."""
    return _claimed(
        request, lambda: outside.prove_handle(_member(request), request.POST.get("handle", ""))
    )


@require_POST
@login_required
@slow_down
def mastodon_start(request: HttpRequest) -> HttpResponse:
    """Send the member to their server."""
    try:
        text = request.POST.get("server", "").strip().lower().removeprefix("https://").rstrip("/")
        host = fediverse_parts(text)[1] if "@" in text else fediverse_parts(f"x@{text}")[1]
        target, state = mastodon.start(host, _absolute("mastodon-callback"))
    except Unreached as problem:
        return _back(request, str(problem))
    request.session["mastodon"] = {"host": host, "state": state}
    return redirect(target)


@require_safe
@login_required
def mastodon_callback(request: HttpRequest) -> HttpResponse:
    """Claim the account that signed in there."""
    kept = request.session.pop("mastodon", None)
    if not kept or kept["state"] != request.GET.get("state") or not request.GET.get("code"):
        return _back(request, _("Nothing was connected."))
    back = _absolute("mastodon-callback")
    return _claimed(request, lambda: mastodon.finish(kept["host"], back, request.GET["code"]))


@require_POST
@login_required
@slow_down
def bluesky_start(request: HttpRequest) -> HttpResponse:
    """Send the member to the server of their Bluesky account."""
    try:
        target, pending = bluesky.start(request.POST.get("handle", ""), _client())
    except Unreached as problem:
        return _back(request, str(problem))
    request.session["bluesky"] = bluesky.kept(pending)
    return redirect(target)


@require_safe
@login_required
def bluesky_callback(request: HttpRequest) -> HttpResponse:
    """Claim the account that signed in there."""
    kept = request.session.pop("bluesky", None)
    if not kept or not request.GET.get("code"):
        return _back(request, _("Nothing was connected."))
    state, issuer, code = (request.GET.get(name, "") for name in ("state", "iss", "code"))
    pending = bluesky.Pending(**kept)
    return _claimed(request, lambda: bluesky.finish(pending, _client(), state, issuer, code))


@require_safe
def bluesky_client(_request: HttpRequest) -> HttpResponse:
    """Tell servers of the AT protocol who this client is."""
    try:
        return JsonResponse(bluesky.metadata(_client(), this_site().origin))
    except Unreached:
        raise Http404 from None


@require_safe
def me(request: HttpRequest, code: str) -> HttpResponse:
    """A member's page of proof: it links with rel=me to every page that was proved or is asked for.

    The address is a secret of the member's until they link to it; it names nobody.
    """
    page = get_object_or_404(ProofPage, code=code)
    return render(request, "connect/me.html", {"links": page.links})


def _claimed(request: HttpRequest, prove: Prove) -> HttpResponse:
    try:
        said_claimed(request, claim_identity(_member(request), prove()))
    except (Unreached, Unclaimable) as problem:
        said_problem(request, str(problem))
    return redirect("connect")


def _back(request: HttpRequest, sentence: str) -> HttpResponse:
    said_problem(request, sentence)
    return redirect("connect")


def _member(request: HttpRequest) -> Member:
    assert isinstance(request.user, Member)  # noqa: S101 - behind login_required
    return request.user


def _absolute(name: str) -> str:
    return f"{this_site().origin}{reverse(name)}"


def _client() -> bluesky.Client:
    return bluesky.client_for(
        this_site().origin, reverse("bluesky-client"), reverse("bluesky-callback")
    )
