"""What allauth's networks tell, as identities of ours."""

from typing import Any

from django.http import HttpRequest

from openclout.web.claims.identity import Identity, Unclaimable, claim_identity
from openclout.web.connect.saying import said_claimed, said_problem
from openclout.web.members.models import Member


def identity_of(provider: str, uid: str, told: dict[str, Any]) -> Identity | None:
    """Give who an account is by what its network told; None where it is nobody whom we score."""
    if provider == "github":
        login = str(told.get("login") or uid)
        return Identity(("github",), (uid, login.lower()), login, f"https://github.com/{login}")
    if provider == "google":
        channel = str(told.get("channel") or "")
        proof = f"https://www.youtube.com/channel/{channel}"
        name = str(told.get("name") or channel)
        return Identity(("youtube",), (channel,), name, proof) if channel else None
    if provider == "reddit":
        ids = tuple(str(i) for i in (told.get("id"), uid.lower(), uid) if i)
        return Identity(("reddit",), ids, uid, f"https://www.reddit.com/user/{uid}")
    if provider == "stackexchange":
        number = str(told.get("user_id") or "")
        names = ("stackexchange-stackoverflow",)
        proof = f"https://stackoverflow.com/users/{number}"
        return (
            Identity(names, (number,), str(told.get("display_name") or number), proof)
            if number
            else None
        )
    if provider == "twitter_oauth2":
        name = str(told.get("username") or uid)
        return Identity(("x",), (uid,), name, f"https://x.com/i/user/{uid}")
    return None


def added(request: HttpRequest, sociallogin: Any, **_rest: Any) -> None:
    """Claim an account that a member has just connected (allauth's social_account_added)."""
    _claim(request, sociallogin.user, sociallogin.account)


def signed_up(request: HttpRequest, user: Member, sociallogin: Any = None, **_rest: Any) -> None:
    """Claim the account by which somebody has just signed up (allauth's user_signed_up)."""
    if sociallogin is not None:
        _claim(request, user, sociallogin.account)


def _claim(request: HttpRequest, member: Member, account: Any) -> None:
    identity = identity_of(account.provider, account.uid, account.extra_data)
    if identity is None:
        return
    try:
        said_claimed(request, claim_identity(member, identity))
    except Unclaimable as problem:
        said_problem(request, str(problem))
