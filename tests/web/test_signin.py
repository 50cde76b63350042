"""Signing up and in: by e-mail, with the flags and limits that keep it safe."""

import re
from typing import Any

import pytest

from openclout.settings import Site

GOOD = "correct horse battery"
NEW = {"email": "new@example.org", "password1": GOOD, "adult": "on", "agreed": "on"}


@pytest.fixture
def joined(client: Any, undone: None) -> Any:
    """A browser in which somebody signed up, confirmed the address and is signed in."""
    from django.core import mail
    from django.core.cache import cache

    cache.clear()
    mail.outbox = []
    assert client.post("/accounts/signup/", NEW)["Location"] == "/accounts/confirm-email/"
    link = re.search(r"http://testserver(/accounts/confirm-email/\S+)", str(mail.outbox[0].body))
    assert link
    assert client.get(link[1]).status_code == 200
    assert client.get("/my-data").status_code == 302  # looking is not confirming
    assert client.post(link[1]).status_code == 302
    return client


def test_who_signs_up_and_confirms_is_a_member(joined: Any) -> None:
    assert "new@example.org" in joined.get("/my-data").content.decode()
    assert joined.post("/accounts/logout/")["Location"] == "/"
    assert joined.get("/my-data").status_code == 302
    said = {"login": "NEW@example.org", "password": GOOD}
    assert joined.post("/accounts/login/", said)["Location"] == "/my-data"


@pytest.mark.parametrize(
    "missing", [{"adult": ""}, {"agreed": ""}, {"password1": "short"}, {"email": "no address"},
                {"password1": "0123456789"}, {"password1": "password1234"}],
)  # fmt: skip
def test_who_is_a_minor_or_does_not_agree_is_no_member(
    client: Any, undone: None, missing: dict[str, str]
) -> None:
    from django.core.cache import cache

    from openclout.web.members.models import Member

    cache.clear()
    assert client.post("/accounts/signup/", {**NEW, **missing}).status_code == 200
    assert not Member.objects.filter(email=NEW["email"]).exists()


def test_cookies_are_kept_from_scripts_and_other_sites(joined: Any) -> None:
    for name in ("sessionid", "csrftoken"):
        cookie = joined.cookies[name]
        assert cookie["httponly"], name
        assert cookie["samesite"] == "Lax", name


@pytest.mark.parametrize(("origin", "secure"), [("https://a.example", True), ("http://a", False)])
def test_cookies_are_sent_encrypted_only_where_the_site_is(
    site: Site, origin: str, secure: bool
) -> None:
    from dataclasses import replace

    from openclout.web.configuration import django_settings

    made = django_settings(replace(site, origin=origin))
    for name in ("SESSION", "CSRF", "LANGUAGE"):
        assert made[f"{name}_COOKIE_SECURE"] is secure
    assert made["SESSION_COOKIE_HTTPONLY"]
    assert made["CSRF_COOKIE_HTTPONLY"]


def test_a_session_is_a_new_one_after_signing_in(joined: Any) -> None:
    joined.post("/accounts/logout/")
    joined.get("/accounts/login/")
    session = joined.session
    session["before"] = "1"
    session.save()
    before = joined.cookies["sessionid"].value
    joined.post("/accounts/login/", {"login": NEW["email"], "password": GOOD})
    assert joined.cookies["sessionid"].value != before


def test_guessing_a_password_ends_soon(joined: Any) -> None:
    from django.test import Client

    thief = Client()
    said = {"login": NEW["email"], "password": "wrong horse battery"}
    for _n in range(5):
        assert thief.post("/accounts/login/", said).status_code == 200
    refused = thief.post("/accounts/login/", {**said, "password": GOOD})
    assert "sessionid" not in thief.cookies or "_auth_user_id" not in thief.session
    assert refused.status_code in (200, 429)


def test_guessing_many_members_from_one_address_ends_too(client: Any, undone: None) -> None:
    from django.core.cache import cache

    cache.clear()
    codes = [
        client.post(
            "/accounts/login/", {"login": f"m{n}@example.org", "password": "x"}
        ).content.decode()
        for n in range(12)
    ]
    assert "Too many" in codes[-1] or "Too often" in codes[-1]
    assert "Too many" not in codes[0]


def test_nobody_learns_who_is_a_member(joined: Any) -> None:
    from django.core import mail
    from django.core.cache import cache
    from django.test import Client

    cache.clear()
    visitor = Client()
    answers = [
        visitor.post("/accounts/password/reset/", {"email": email})["Location"]
        for email in (NEW["email"], "nobody@example.org")
    ]
    assert answers[0] == answers[1]
    assert [m.to for m in mail.outbox if "nobody" in str(m.to)] == []
    again = visitor.post("/accounts/signup/", NEW)
    other = visitor.post("/accounts/signup/", {**NEW, "email": "newer@example.org"})
    assert (again.status_code, again["Location"]) == (other.status_code, other["Location"])


def test_no_form_is_taken_without_its_token(site: Site, undone: None) -> None:
    from django.test import Client

    from openclout.web.members.models import Member

    careful = Client(enforce_csrf_checks=True)
    careful.force_login(Member.objects.get(email="ann@example.org"),
                        backend="django.contrib.auth.backends.ModelBackend")  # fmt: skip
    for address in ("/accounts/login/", "/accounts/logout/", "/accounts/signup/", "/networks/bio",
                    "/networks/mastodon", "/networks/bluesky", "/networks/website", "/leave",
                    "/leave/ask", "/my-data/visibility", "/my-data/object", "/my-data/erase",
                    "/my-data/withdraw", "/my-data/dispute", "/my-data/digest", "/look",
                    "/requests/1", "/accounts/github/login/"):  # fmt: skip
        assert careful.post(address, {"email": "ann@example.org"}).status_code == 403, address
    assert Member.objects.filter(email="ann@example.org").exists()


def test_nobody_is_led_elsewhere_after_signing_in(joined: Any) -> None:
    joined.post("/accounts/logout/")
    said = {"login": NEW["email"], "password": GOOD, "next": "https://evil.example/"}
    assert joined.post("/accounts/login/", said)["Location"] == "/my-data"


def test_a_form_that_leads_to_another_site_passes_a_page_that_says_so(
    client: Any, undone: None
) -> None:
    answer = client.post("/accounts/github/login/")
    text = answer.content.decode()
    assert answer.status_code == 200
    assert 'http-equiv="refresh" content="0;url=https://github.com/login/oauth/authorize?' in text
    assert "state=" in text
    assert "form-action 'self'" in answer["Content-Security-Policy"]
