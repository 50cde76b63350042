"""Where allauth asks us: what is kept of a network's answer, where people go next."""

from typing import Any

from allauth.account.adapter import DefaultAccountAdapter
from allauth.socialaccount.adapter import DefaultSocialAccountAdapter
from allauth.socialaccount.models import SocialLogin
from django.http import HttpRequest
from django.urls import reverse

KEPT = ("id", "login", "name", "username", "user_id", "account_id", "display_name", "html_url",
        "sub", "link", "channel")  # fmt: skip
"""Of what a network tells about an account; addresses, pictures and the rest are dropped."""

CHANNELS = "https://www.googleapis.com/youtube/v3/channels?part=id&mine=true"


class Accounts(DefaultAccountAdapter):  # type: ignore[misc] # allauth has no types
    """Signing up is open."""

    def is_open_for_signup(self, request: HttpRequest) -> bool:  # noqa: ARG002
        """Everybody may sign up."""
        return True


class Networks(DefaultSocialAccountAdapter):  # type: ignore[misc] # allauth has no types
    """Keeps little of what networks tell."""

    def pre_social_login(self, request: HttpRequest, sociallogin: SocialLogin) -> None:
        """Drop what is not needed before anything is stored."""
        super().pre_social_login(request, sociallogin)
        told: dict[str, Any] = sociallogin.account.extra_data
        kept = {name: told[name] for name in KEPT if name in told}
        if sociallogin.account.provider == "google":
            kept["channel"] = channel_of(str(sociallogin.token.token))
        sociallogin.account.extra_data = kept

    def get_connect_redirect_url(self, request: HttpRequest, socialaccount: Any) -> str:  # noqa: ARG002
        """Go on to the page of one's networks."""
        return reverse("connect")


def channel_of(token: str) -> str:
    """Give the id of the YouTube channel of who signs in by Google, empty where there is none."""
    session = DefaultSocialAccountAdapter().get_requests_session()
    with session:
        answer = session.get(CHANNELS, headers={"Authorization": f"Bearer {token}"})
    items = answer.json().get("items") if answer.status_code == 200 else None
    return str(items[0]["id"]) if items else ""
