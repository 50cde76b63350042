"""Who may do what: every address of the site, tried by everybody.

A row is an address with what a visitor, a member (Ann), another member (Bob), an organiser and the
operator get; "in" is the way to the sign-in page. Whatever a row changes is undone. An address that
has no row fails the test.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import pytest

from openclout.settings import Site

DESK = "desk/"
ROLES = ("visitor", "member", "other", "organiser", "operator")
ALL, OWN = "200 200 200 200 200", "in 200 200 200 200"
GO, MOVE = "302 302 302 302 302", "in 302 302 302 302"
NO, NONE = "405 405 405 405 405", "404 404 404 404 404"
GUESTS = "200 302 302 302 302"  # who is signed in has no business there
ORGA, ORGA_NONE = "in 403 403 200 200", "in 403 403 404 404"
UNKNOWN = "401 401 401 401 401"  # comes from no network
MINE = "in 302 404 404 404"
KEY = "403 403 403 403 403"  # of the interface: none of them shows a key


@dataclass(frozen=True, slots=True)
class Row:
    """One request: the address's pattern, an example of it, and what each role gets."""

    pattern: str
    address: str
    gets: str
    method: str = "get"
    data: str = ""


TABLE = (
    Row("", "/", ALL),
    Row("search", "/search?q=zz", ALL),
    Row("leaderboard", "/leaderboard", ALL),
    Row("leaderboard.csv", "/leaderboard.csv", ALL),
    Row("leaderboard/network/<str:network>.csv", "/leaderboard/network/chatter.csv", ALL),
    Row("leaderboard/network/<str:network>", "/leaderboard/network/chatter", ALL),
    Row("@<slug:slug>", "/@ann", ALL),
    Row("@<slug:slug>", "/@cat", "404 200 200 200 200"),  # for members
    Row("@<slug:slug>", "/@secret", "404 200 404 404 404"),  # for Ann alone
    Row("@<slug:slug>", "/@evexq", NONE),
    Row("compare", "/compare", ALL),
    Row("topics", "/topics", ALL),
    Row("topics/<str:topic>", "/topics/zz-none", NONE),
    Row("moments", "/moments", ALL),
    Row("api/v1/topics", "/api/v1/topics", ALL),
    Row("api/v1/topics/<topic>", "/api/v1/topics/zz-none", NONE),
    Row("api/v1/topics/<topic>/leaderboard", "/api/v1/topics/zz-none/leaderboard", NONE),
    Row("api/v1/moments", "/api/v1/moments", ALL),
    Row("api/v1/people/<id>/topics", "/api/v1/people/cat/topics", NONE),
    Row("v2/user.json/<str:klout_id>/topics", "/v2/user.json/{secret}/topics", NONE),
    Row("leaderboard/friends/@<slug:slug>", "/leaderboard/friends/@ann", ALL),
    Row("leaderboard/friends/@<slug:slug>", "/leaderboard/friends/@cat", NONE),
    Row("@<slug:slug>/k", "/@ann/k", ALL),
    Row("@<slug:slug>/k", "/@ann/k", MOVE, "post", "topic=jazz"),
    Row("k", "/k", OWN),
    Row("k/<int:number>/undo", "/k/0/undo", "in 404 404 404 404", "post"),
    Row("perks", "/perks", ALL),
    Row("perks/where", "/perks/where", MOVE, "post", "country=DE"),
    Row("perks/<int:number>", "/perks/0", NONE),
    Row("perks/<int:number>/claim", "/perks/0/claim", MOVE, "post"),
    Row("perks/<int:number>/withdraw", "/perks/0/withdraw", "in 404 404 404 404", "post"),
    Row("offers", "/offers", ORGA),
    Row("offers/new", "/offers/new", ORGA),
    Row("offers/<int:number>", "/offers/999", ORGA_NONE),
    Row("offers/<int:number>/redeem", "/offers/999/redeem", "in 403 403 302 302", "post", "code=x"),
    Row("offers/<int:number>/close", "/offers/999/close", "in 403 403 302 302", "post"),
    Row("webhooks", "/webhooks", OWN),
    Row("webhooks/<int:number>", "/webhooks/0", "in 404 404 404 404", "post", "what=delete"),
    Row("shortlists", "/shortlists", ORGA),
    Row("shortlists/<int:number>.csv", "/shortlists/0.csv", ORGA_NONE),
    Row("shortlists/<int:number>.html", "/shortlists/0.html", ORGA_NONE),
    Row("shortlists/<int:number>", "/shortlists/0", ORGA_NONE),
    Row("shortlists/<int:number>/add", "/shortlists/0/add", ORGA_NONE, "post", "person=ann"),
    Row("shortlists/<int:number>/delete", "/shortlists/0/delete", ORGA_NONE, "post"),
    Row("shortlists/<int:number>/<int:entry>", "/shortlists/0/0", ORGA_NONE, "post", "note=x"),
    Row("invitations", "/invitations", OWN),
    Row("invitations/<int:number>/revoke", "/invitations/0/revoke", "in 404 404 404 404", "post"),
    Row("invitation/<str:token>", "/invitation/x", NONE),
    Row("api/v1/people/<id>/influence", "/api/v1/people/cat/influence", NONE),
    Row("api/v1/people/<slug>/endorsements", "/api/v1/people/cat/endorsements", NONE),
    Row("api/v1/badges/<slug>", "/api/v1/badges/ann", ALL),
    Row("api/v1/webhooks", "/api/v1/webhooks", KEY),
    Row("api/v1/webhooks", "/api/v1/webhooks", KEY, "post", '{"url": "https://a.example/"}'),
    Row("api/v1/webhooks/<int:number>", "/api/v1/webhooks/0", KEY, "delete"),
    Row("v2/user.json/<str:klout_id>/influence", "/v2/user.json/{secret}/influence", NONE),
    Row("picture/<slug:slug>/badge.svg", "/picture/ann/badge.svg", ALL),
    Row("picture/<slug:slug>/badge.svg", "/picture/cat/badge.svg", NONE),
    Row("picture/<slug:slug>/badge.svg", "/picture/secret/badge.svg", NONE),
    Row("picture/<slug:slug>/card.svg", "/picture/cat/card.svg", NONE),
    Row("picture/<slug:slug>/wide.png", "/picture/cat/wide.png", NONE),
    Row("robots.txt", "/robots.txt", ALL),
    Row("look", "/look", GO, "post", "theme=dark"),
    Row("look", "/look", NO),
    Row("setlang/", "/setlang/", GO, "post", "language=de"),
    Row("privacy", "/privacy", ALL),
    Row("automation", "/automation", ALL),
    Row("terms", "/terms", ALL),
    Row("api", "/api", ALL),
    Row("api/v1/", "/api/v1/", NONE),
    Row("api/v1/openapi.json", "/api/v1/openapi.json", ALL),
    Row("api/v1/people", "/api/v1/people?q=a", ALL),
    Row("api/v1/people/<id>", "/api/v1/people/ann", ALL),
    Row("api/v1/people/<id>", "/api/v1/people/cat", NONE),
    Row("api/v1/people/<id>", "/api/v1/people/secret", NONE),
    Row("api/v1/people/<id>/score", "/api/v1/people/cat/score", NONE),
    Row("api/v1/people/<id>/history", "/api/v1/people/cat/history", NONE),
    Row("api/v1/people/<id>/contributions", "/api/v1/people/cat/contributions", NONE),
    Row("api/v1/leaderboards", "/api/v1/leaderboards", ALL),
    Row("api/v1/compare", "/api/v1/compare?people=ann&people=bob", ALL),
    Row("api/v1/lookup", "/api/v1/lookup", KEY, "post", '{"people": ["ann"]}'),
    Row("api/v1/export/people.parquet", "/api/v1/export/people.parquet", KEY),
    Row("v2/identity.json/klout/<str:klout_id>/<str:network>", "/v2/identity.json/klout/0/x", NONE),
    Row("v2/identity.json/<str:network>", "/v2/identity.json/chatter?screenName=cat", NONE),
    Row("v2/identity.json/<str:network>/<str:account>", "/v2/identity.json/chatter/cat", NONE),
    Row("v2/identity.json/<str:network>/<str:account>", "/v2/identity.json/chatter/ann", ALL),
    Row("v2/user.json/<str:klout_id>", "/v2/user.json/{secret}", NONE),
    Row("v2/user.json/<str:klout_id>/score", "/v2/user.json/{secret}/score", NONE),
    Row("accounts/login/", "/accounts/login/", GUESTS),
    Row("accounts/logout/", "/accounts/logout/", "302 200 200 200 200"),
    Row("accounts/inactive/", "/accounts/inactive/", ALL),
    Row("accounts/signup/", "/accounts/signup/", GUESTS),
    Row("accounts/reauthenticate/", "/accounts/reauthenticate/", "in 403 403 403 403"),
    Row("accounts/email/", "/accounts/email/", OWN),
    Row("accounts/confirm-email/", "/accounts/confirm-email/", "200 200 200 200 200"),
    Row("accounts/^confirm-email/(?P<key>[-:\\w]+)/$", "/accounts/confirm-email/x/", ALL),
    Row("accounts/password/change/", "/accounts/password/change/", MOVE),  # none has one yet
    Row("accounts/password/set/", "/accounts/password/set/", OWN),
    Row("accounts/password/reset/", "/accounts/password/reset/", ALL),
    Row("accounts/password/reset/done/", "/accounts/password/reset/done/", ALL),
    Row("accounts/password/reset/key/done/", "/accounts/password/reset/key/done/", ALL),
    Row("accounts/^password/reset/key/(?P<uidb36>[0-9A-Za-z]+)-(?P<key>.+)/$",
        "/accounts/password/reset/key/1-x/", ALL),
    Row("accounts/login/code/confirm/", "/accounts/login/code/confirm/", MOVE),
    Row("accounts/3rdparty/", "/accounts/3rdparty/", OWN),
    Row("accounts/3rdparty/signup/", "/accounts/3rdparty/signup/", "in in in in in"),
    Row("accounts/3rdparty/login/cancelled/", "/accounts/3rdparty/login/cancelled/", ALL),
    Row("accounts/3rdparty/login/error/", "/accounts/3rdparty/login/error/", UNKNOWN),
    *(Row(f"accounts/social/{old}/", f"/accounts/social/{old}/", "301 301 301 301 301")
      for old in ("login/cancelled", "login/error", "signup", "connections")),
    *(Row(f"accounts/{network}/login/", f"/accounts/{network}/login/", ALL)
      for network in ("github", "google", "reddit", "stackexchange", "twitter_oauth2")),
    *(Row(f"accounts/{network}/login/callback/", f"/accounts/{network}/login/callback/", UNKNOWN)
      for network in ("github", "google", "reddit", "stackexchange", "twitter_oauth2")),
    Row("accounts/google/login/token/", "/accounts/google/login/token/", UNKNOWN, "post"),
    Row("networks", "/networks", OWN),
    Row("networks/bio", "/networks/bio", MOVE, "post", "network=chatter&name=evexq"),
    Row("networks/bio", "/networks/bio", NO),
    Row("networks/website", "/networks/website", MOVE, "post", "url=http://127.0.0.1/"),
    Row("networks/handle", "/networks/handle", MOVE, "post", "handle=evexq"),
    Row("networks/mastodon", "/networks/mastodon", MOVE, "post", "server=127.0.0.1"),
    Row("networks/mastodon/back", "/networks/mastodon/back?code=x&state=y", MOVE),
    Row("networks/bluesky", "/networks/bluesky", MOVE, "post", "handle=x"),
    Row("networks/bluesky/back", "/networks/bluesky/back?code=x&state=y", MOVE),
    Row("networks/bluesky/client.json", "/networks/bluesky/client.json", NONE),  # no https here
    Row("me/<slug:code>", "/me/0123", NONE),
    Row("my-data", "/my-data", OWN),
    Row("my-data/visibility", "/my-data/visibility", MINE, "post", "claim={claim}&visibility=me"),
    Row("my-data/visibility", "/my-data/visibility", NO),
    Row("my-data/withdraw", "/my-data/withdraw", MINE, "post", "claim={claim}"),
    Row("my-data/topics", "/my-data/topics", "in 404 404 404 404", "post", "claim=0&hide=jazz"),
    Row("my-data/object", "/my-data/object", "in 404 404 404 404", "post", "claim=0"),
    Row("my-data/download", "/my-data/download", OWN),
    Row("my-data/dispute", "/my-data/dispute", MOVE, "post", "kind=wrong&text=x"),
    Row("my-data/dispute", "/my-data/dispute", "in 422 422 422 422", "post", "kind=x"),
    Row("my-data/erase", "/my-data/erase", OWN),
    Row("my-data/erase", "/my-data/erase", "in 422 422 422 422", "post", "email=cat@example.org"),
    Row("my-data/digest", "/my-data/digest", MOVE, "post", "wanted=1"),
    Row("digest/stop/<str:token>", "/digest/stop/x", NONE),
    Row("gone", "/gone", ALL),
    Row("leave", "/leave", ALL),
    Row("leave/ask", "/leave/ask", GO, "post", "kind=minor&network=chatter&account=p01"),
    Row("requests", "/requests", "in 302 302 302 200"),
    Row("requests/<int:key>", "/requests/{dispute}", "in 302 302 302 302", "post", "answer=yes"),
)  # fmt: skip


def patterns(resolver: Any, before: str = "") -> Iterator[str]:
    """Give the patterns of all addresses."""
    for one in resolver.url_patterns:
        path = before + str(one.pattern)
        if hasattr(one, "url_patterns"):
            yield from patterns(one, path)
        else:
            yield path


@pytest.fixture
def known(browsers: dict[str, Any]) -> dict[str, int]:
    """A page for members, one for Ann alone, and a request to the operator."""
    from openclout.web.claims.claim import change_visibility, claim
    from openclout.web.claims.models import Claim, Visibility
    from openclout.web.members.models import Member
    from openclout.web.mydata.models import Dispute

    ann = Member.objects.get(email="ann@example.org")
    change_visibility(Claim.objects.get(slug="cat"), Visibility.MEMBERS)
    secret = claim(ann, "chatter", "p40", "secret")
    change_visibility(secret, Visibility.MYSELF)
    request = Dispute.objects.create(kind="wrong", member=ann)
    return {"claim": Claim.objects.get(slug="ann").pk, "secret": secret.pk, "dispute": request.pk}


def test_every_address_has_a_row(site: Site) -> None:
    from django.urls import get_resolver

    found = {pattern for pattern in patterns(get_resolver()) if not pattern.startswith(DESK)}
    assert found - {row.pattern for row in TABLE} == set()


def test_nobody_but_the_operator_gets_to_the_desk(browsers: dict[str, Any]) -> None:
    """All that begins with the desk's address has one rule, so each is tried as it is found."""
    from django.urls import get_resolver

    found = [pattern for pattern in patterns(get_resolver()) if pattern.startswith(DESK)]
    assert len(found) > 10
    for pattern in found:
        address = "/" + pattern.replace("<path:object_id>", "1").partition("^")[0].partition("(")[0]
        for role in ROLES[:-1]:
            for method in ("get", "post"):
                answer = getattr(browsers[role], method)(address)
                refused = answer.status_code in (302, 403, 404, 405)
                own = address in ("/desk/login/", "/desk/logout/", "/desk/jsi18n/")
                assert refused or own, (address, role, method, answer.status_code)
                if answer.status_code == 302 and not own:
                    assert "/login/" in answer["Location"] or address in answer["Location"]
    assert browsers["operator"].get("/desk/").status_code == 200


@pytest.mark.parametrize("row", TABLE, ids=lambda row: f"{row.method} {row.address[:60]}")
def test_everybody_gets_what_is_theirs(
    row: Row, browsers: dict[str, Any], known: dict[str, int], unhurried: None
) -> None:
    from django.db import transaction

    address, data = row.address, row.data
    for name, value in known.items():
        address, data = (text.replace(f"{{{name}}}", str(value)) for text in (address, data))
    kind = "application/json" if data.startswith("{") else "application/x-www-form-urlencoded"
    got = []
    for role in ROLES:
        with transaction.atomic():
            ask = {"data": data, "content_type": kind} if row.method == "post" else {}
            answer = getattr(browsers[role], row.method)(address, **ask)
            to_sign_in = answer.status_code == 302 and "/accounts/login/" in answer["Location"]
            got.append("in" if to_sign_in else str(answer.status_code))
            transaction.set_rollback(True)
    assert dict(zip(ROLES, got, strict=True)) == dict(zip(ROLES, row.gets.split(), strict=True))


def test_no_organiser_and_no_member_becomes_the_operator(browsers: dict[str, Any]) -> None:
    said = {"is_staff": "1", "is_superuser": "on", "email": "ann@example.org"}
    for address in ("/my-data/dispute", "/my-data/digest", "/accounts/email/"):
        browsers["member"].post(address, said)
    from openclout.web.members.models import Member

    assert not Member.objects.get(email="ann@example.org").is_staff
