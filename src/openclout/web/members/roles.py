"""What a member may do beside what all may: the operator names organisers."""

from collections.abc import Callable
from functools import wraps
from typing import cast

from django.contrib.auth.decorators import login_required
from django.contrib.auth.models import Group
from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import HttpRequest, HttpResponse

from openclout.errors import InputError
from openclout.web.members.models import Member

ORGANISERS = "organisers"
"""The name of the group whose members offer perks and keep shortlists."""
View = Callable[..., HttpResponse]


def is_organiser(member: Member) -> bool:
    """Tell whether a member may offer perks and keep shortlists; one query."""
    return member.is_superuser or member.groups.filter(name=ORGANISERS).exists()


def appoint(email: str, organiser: bool, revoke: bool) -> Member:
    """Make the member with an address an operator or organiser, or take that away."""
    address = email.strip().lower()
    member, _made = Member.objects.get_or_create(
        email=address, defaults={"username": address, "password": "!"}
    )
    if organiser:
        group, _made = Group.objects.get_or_create(name=ORGANISERS)
        (member.groups.remove if revoke else member.groups.add)(group)
    else:
        member.is_staff = member.is_superuser = not revoke
        member.save(update_fields=("is_staff", "is_superuser"))
    return member


def set_password(member: Member, password: str) -> None:
    """Give a member a password; raises InputError where it is too easily guessed."""
    try:
        validate_password(password, member)
    except ValidationError as error:
        raise InputError(" ".join(error.messages), fix="think of a longer one") from None
    member.set_password(password)
    member.save(update_fields=("password",))


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
