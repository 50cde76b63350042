"""Connecting a network by signing in there, and proofs without it; neighbours play the networks."""

import json
import re
from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest
from tests.web.neighbours import neighbour

from openclout.settings import Site

TOLD = {
    "github": {"id": 583231, "login": "Octo-Ann", "name": "Ann", "email": "secret@home.example"},
    "google": {"id": "1122", "name": "Ann", "email": "secret@home.example", "verified_email": True},
    "reddit": {"name": "Ann_R", "id": "abc1", "icon_img": "https://x.example/secret.png"},
    "stackexchange": {"items": [{"account_id": 7, "user_id": 42, "display_name": "Ann S"}]},
    "twitter_oauth2": {"data": {"id": "2244994945", "name": "Ann", "username": "AnnX"}},
}
CLAIMED = {
    "github": ("github", "583231"),
    "google": ("youtube", "UC_ann"),
    "reddit": ("reddit", "abc1"),
    "stackexchange": ("stackexchange-stackoverflow", "42"),
    "twitter_oauth2": ("x", "2244994945"),
}


def play(asked: Any) -> None:
    """Answer as a network does: a token, the channels of YouTube, else who it is."""
    path = urlsplit(asked.path).path
    if path == "/token":
        form = parse_qs(asked.form())
        good = form.get("code") == ["good"]
        asked.say(json.dumps({"access_token": "t0ken", "token_type": "bearer"} if good else
                             {"error": "invalid_grant"}), 200 if good else 400,
                  Content_Type="application/json")  # fmt: skip
    elif path == "/emails":
        asked.say("[]", Content_Type="application/json")
    elif path == "/channels":
        asked.say(json.dumps({"items": [{"id": "UC_ann"}]}), Content_Type="application/json")
    else:
        asked.say(json.dumps(TOLD[path.strip("/")]), Content_Type="application/json")


@pytest.fixture
def networks(site: Site, monkeypatch: pytest.MonkeyPatch) -> Any:
    """Have allauth's networks answered by a server on this machine."""
    from allauth.socialaccount import providers as registry

    from openclout.web.signin import adapter

    with neighbour(play) as (url, _port, _seen):
        for provider in registry.registry.get_class_list():
            found = provider.oauth2_adapter_class
            monkeypatch.setattr(found, "access_token_url", f"{url}/token")
            for name in ("profile_url", "identity_url"):
                monkeypatch.setattr(found, name, f"{url}/{provider.id}", raising=False)
            monkeypatch.setattr(found, "emails_url", f"{url}/emails", raising=False)
        monkeypatch.setattr(adapter, "CHANNELS", f"{url}/channels")
        yield url


def go_and_return(client: Any, provider: str, code: str = "good", process: str = "connect") -> Any:
    """Leave for a network and come back with what it gave."""
    away = client.post(f"/accounts/{provider}/login/?process={process}")
    target = re.search(r'href="(https://[^"]+)"', away.content.decode())
    assert target
    state = parse_qs(urlsplit(target[1].replace("&amp;", "&")).query)["state"][0]
    return client.get(f"/accounts/{provider}/login/callback/?code={code}&state={state}")


@pytest.mark.parametrize("provider", sorted(TOLD))
def test_who_connects_a_network_has_claimed_the_account(
    networks: str, browsers: dict[str, Any], provider: str
) -> None:
    from allauth.socialaccount.models import SocialAccount, SocialToken

    from openclout.web.claims.models import Claim

    assert go_and_return(browsers["member"], provider).status_code == 302
    network, account = CLAIMED[provider]
    found = Claim.objects.get(network=network, account=account)
    assert found.member.email == "ann@example.org"
    kept = SocialAccount.objects.get(provider=provider)
    assert "secret" not in json.dumps(kept.extra_data)
    assert not SocialToken.objects.exists()
    page = browsers["member"].get("/networks").content.decode()
    assert f"/@{found.slug}" in page


def test_an_answer_that_nobody_asked_for_connects_nothing(
    networks: str, browsers: dict[str, Any]
) -> None:
    from openclout.web.claims.models import Claim

    before = Claim.objects.count()
    go_and_return(browsers["member"], "github", code="bad")
    browsers["other"].get("/accounts/github/login/callback/?code=good&state=forged")
    assert Claim.objects.count() == before


def test_an_account_is_one_members(networks: str, browsers: dict[str, Any]) -> None:
    from openclout.web.claims.models import Claim

    go_and_return(browsers["member"], "twitter_oauth2")
    go_and_return(browsers["other"], "twitter_oauth2")
    assert Claim.objects.get(network="x").member.email == "ann@example.org"


def test_who_signs_up_by_a_network_says_that_they_are_of_age(
    networks: str, client: Any, undone: None
) -> None:
    from openclout.web.members.models import Member

    asked = go_and_return(client, "github", process="login")
    assert asked["Location"] == "/accounts/3rdparty/signup/"
    said = {"email": "octo@example.org", "agreed": "on"}
    assert client.post("/accounts/3rdparty/signup/", said).status_code == 200
    assert not Member.objects.filter(email="octo@example.org").exists()
    assert client.post("/accounts/3rdparty/signup/", {**said, "adult": "on"}).status_code == 302
    assert Member.objects.get(email="octo@example.org").claims.get().account == "583231"


class Fediverse:
    """A server whose accounts say what the test lets them say."""

    def __init__(self) -> None:
        self.note, self.uri, self.user = "", "", "ann"

    def answer(self, asked: Any) -> None:
        """Answer as Mastodon's interface does."""
        host = asked.headers["Host"]
        root = f"http://{host}"
        told: dict[str, Any] = {"username": self.user, "acct": self.user,
                "url": f"{root}/@{self.user}",
                "uri": self.uri or f"{root}/users/{self.user}",
                "note": self.note, "fields": []}  # fmt: skip
        path = urlsplit(asked.path).path
        if path == "/api/v1/apps":
            told = {"client_id": "me", "client_secret": "mine"}
        elif path == "/oauth/token":
            told = {"access_token": "t0ken", "token_type": "Bearer"}
        elif path.startswith("/api/v1/statuses/"):
            told = {"account": told, "content": self.note}
        asked.say(json.dumps(told), Content_Type="application/json")


@pytest.fixture
def fediverse(reachable: Any) -> Any:
    """Give such a server and its host."""
    server = Fediverse()
    with neighbour(server.answer) as (url, port, _seen):
        reachable(port)
        yield server, url.removeprefix("http://")


def test_a_code_in_the_bio_proves_the_account(fediverse: Any, browsers: dict[str, Any]) -> None:
    from openclout.web.claims.models import Claim

    server, host = fediverse
    page = browsers["member"].get("/networks").content.decode()
    code = re.search(r"openclout-[a-z0-9]+", page)
    assert code
    said = {"network": "mastodon", "name": f"@ann@{host}"}
    browsers["member"].post("/networks/bio", said)
    assert not Claim.objects.filter(network="mastodon").exists()
    server.note = f"<p>{code[0]}</p>"
    browsers["other"].post("/networks/bio", said)  # the code is Ann's
    assert not Claim.objects.filter(network="mastodon").exists()
    browsers["member"].post("/networks/bio", said)
    found = Claim.objects.get(network="mastodon")
    assert (found.member.email, found.account) == ("ann@example.org", f"http://{host}/users/ann")


def test_a_server_speaks_for_its_own_accounts_only(
    fediverse: Any, browsers: dict[str, Any]
) -> None:
    from openclout.web.claims.models import Claim
    from openclout.web.connect.outside import bio_code
    from openclout.web.members.models import Member

    server, host = fediverse
    server.note = bio_code(Member.objects.get(email="bob@example.org"))
    for stolen in ("https://mastodon.social/users/ann", "http://127.0.0.1:1/users/ann"):
        server.uri = stolen
        browsers["other"].post("/networks/bio", {"network": "mastodon", "name": f"ann@{host}"})
    assert not Claim.objects.filter(network="mastodon").exists()


def test_signing_in_at_a_server_of_the_fediverse(fediverse: Any, browsers: dict[str, Any]) -> None:
    from openclout.web.claims.models import Claim
    from openclout.web.connect.models import Instance

    _server, host = fediverse
    ann = browsers["member"]
    away = ann.post("/networks/mastodon", {"server": host}).content.decode()
    target = re.search(r'href="(http://[^"]+)"', away)
    assert target
    asked = parse_qs(urlsplit(target[1].replace("&amp;", "&")).query)
    assert asked["redirect_uri"] == ["http://testserver/networks/mastodon/back"]
    assert Instance.objects.get(host=host).client_secret == "mine"  # noqa: S105
    ann.get("/networks/mastodon/back?code=x&state=forged")
    assert not Claim.objects.filter(network="mastodon").exists()
    away = ann.post("/networks/mastodon", {"server": f"@ann@{host}"}).content.decode()
    state = re.search(r"state=(\w+)", away)
    assert state
    ann.get(f"/networks/mastodon/back?code=x&state={state[1]}")
    assert Claim.objects.get(network="mastodon").account == f"http://{host}/users/ann"


def test_links_both_ways_prove_a_website(reachable: Any, browsers: dict[str, Any]) -> None:
    from openclout.web.claims.models import Claim

    ann = browsers["member"]
    found = re.search(r"http://testserver(/me/\w+)", ann.get("/networks").content.decode())
    assert found
    links = {"/": f'<a rel="me" href="{found[0]}">me</a>', "/plain": f'<a href="{found[0]}">me</a>',
             "/other": '<a rel="me" href="http://testserver/me/0123">me</a>'}  # fmt: skip
    with neighbour(lambda asked: asked.say(links[asked.path], Content_Type="text/html")) as (
        url,
        port,
        _,
    ):
        reachable(port)
        for path in ("/plain", "/other"):
            ann.post("/networks/website", {"url": f"{url}{path}"})
            assert not Claim.objects.filter(network="web").exists()
        browsers["other"].post("/networks/website", {"url": url})
        assert not Claim.objects.filter(network="web").exists()
        ann.post("/networks/website", {"url": url})
    assert Claim.objects.get(network="web").account == f"{url}/"
    assert (
        f'rel="me nofollow noopener" href="{url}/"'
        in browsers["visitor"].get(found[1]).content.decode()
    )


def test_leaving_without_an_account_by_bio_and_by_post(
    fediverse: Any, client: Any, undone: None, data: Any
) -> None:
    from openclout.consent import Ledger
    from openclout.web.erasure.models import Departure

    server, host = fediverse
    ledger = Ledger(data)
    for name, post in (("ann", ""), ("zoe", f"http://{host}/@zoe/17")):
        server.user, server.note = name, ""
        said = {"network": "mastodon", "name": f"{name}@{host}", "post": post}
        page = client.post("/leave", said).content.decode()
        code = re.search(r"openclout-[a-z0-9]+", page)
        assert code
        assert client.post("/leave", {**said, "check": "1"}).status_code == 200
        assert not Ledger(data).holds("mastodon", f"{name}@{host}")
        server.note = f"<p>{code[0]}</p>"
        other = {**said, "name": f"evil@{host}", "check": "1"}
        assert client.post("/leave", other).status_code == 200  # the code is of one account
        assert client.post("/leave", {**said, "check": "1"})["Location"] == "/gone"
        for network in ("mastodon", "fediverse"):
            assert Ledger(data).holds(network, f"http://{host}/users/{name}")
            assert Ledger(data).holds(network, f"{name}@{host}")
            ledger.remove([(network, f"{name}@{host}")]) if network == "fediverse" else None
    assert Departure.objects.filter(reason="outside").count() == 2
