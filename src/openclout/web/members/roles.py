"""What a member may do beside what all may: the operator names organisers."""

from collections.abc import Callable
from functools import wraps
from typing import cast

from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse

from openclout.web.members.models import Member

ORGANISERS = "organisers"
"""The name of the group whose members offer perks and keep shortlists."""
View = Callable[..., HttpResponse]


def is_organiser(member: Member) -> bool:
    """Tell whether a member may offer perks and keep shortlists; one query."""
    return member.is_superuser or member.groups.filter(name=ORGANISERS).exists()


def signed_in(request: HttpRequest) -> Member | None:
    """Give the member who asks, None for a visitor."""
    return request.user if request.user.is_authenticated else None


def for_organisers(view: View) -> View:
    """Let organisers in only: visitors are asked to sign in, other members are refused."""

    @wraps(view)
    def guarded(request: HttpRequest, *args: object, **named: object) -> HttpResponse:
        if not is_organiser(cast(Member, request.user)):
            raise PermissionDenied
        return view(request, *args, **named)

    return login_required(guarded)
