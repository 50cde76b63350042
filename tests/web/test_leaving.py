"""Leaving: objecting, opting out without an account, disputes, the operator's answers."""

import os
import re
import subprocess
import sys
from typing import Any

import pytest
from tests.conftest import ROOT
from tests.web.test_gone import ALONE


@pytest.mark.slow
def test_who_leaves_is_gone() -> None:
    command = [sys.executable, "-m", "pytest", "-q", "-x", "tests/web/test_gone.py"]
    done = subprocess.run(command, cwd=ROOT, env={**os.environ, ALONE: "1"}, capture_output=True,
                          text=True, check=False)  # fmt: skip
    assert done.returncode == 0, done.stdout[-6000:]


def test_a_page_is_for_whom_its_owner_says(
    browsers: dict[str, Any], known_claim: Any, unhurried: None
) -> None:
    """Page, lists, pictures and both interfaces follow; the owner sees it always."""
    places = ("/", "/leaderboard", "/leaderboard.csv", "/search?q=ann", "/api/v1/people?q=ann",
              "/api/v1/leaderboards", "/moments", "/api/v1/moments")  # fmt: skip
    for wanted, page in (
        ("members", "404 200 200"),
        ("me", "404 200 404"),
        ("public", "200 200 200"),
    ):
        said = {"claim": known_claim.pk, "visibility": wanted}
        assert browsers["member"].post("/my-data/visibility", said).status_code == 302
        got = [str(browsers[role].get("/@ann").status_code)
               for role in ("visitor", "member", "other")]  # fmt: skip
        assert got == page.split(), wanted
        for place in places:
            answer = browsers["visitor"].get(place)
            parts = answer.streaming_content if answer.streaming else [answer.content]
            text = b"".join(parts).decode()
            named = re.search(
                r'@ann\b(?!&|%)|>ann<|"ann"(?! place)|,ann,', text.replace('value="ann"', "")
            )
            assert wanted == "public" or named is None, place
        for picture in ("badge.svg", "card.svg", "wide.png"):
            code = browsers["other"].get(f"/picture/ann/{picture}").status_code
            assert code == (200 if wanted == "public" else 404)


def test_accounts_of_one_person_are_hidden_together(undone: None) -> None:
    from openclout.web.claims.claim import change_visibility, claim
    from openclout.web.claims.models import Claim, Visibility
    from openclout.web.members.models import Member

    bob = Member.objects.get(email="bob@example.org")
    claim(bob, "forum", "bob", "bob-forum")
    change_visibility(Claim.objects.get(slug="bob-forum"), Visibility.MYSELF)
    kept = Claim.objects.filter(member=bob).values_list("visibility", flat=True)
    assert set(kept) == {"me"}


def test_everything_can_be_taken_along(browsers: dict[str, Any], known_claim: Any) -> None:
    browsers["member"].post("/my-data/dispute", {"kind": "wrong", "text": "my own words"})
    answer = browsers["member"].get("/my-data/download")
    assert answer["Content-Disposition"].startswith("attachment")
    assert answer["Cache-Control"] == "no-store"
    told = answer.json()
    assert told["member"]["email"] == "ann@example.org"
    assert "password" not in told["member"]
    account = told["accounts"][0]
    assert account["published"]["account"] == "ann"
    assert account["warehouse"]["accounts"][0]["id"] == "ann"
    assert len(account["warehouse"]["received"]) >= 40
    assert account["warehouse"]["received"][0]["file"]
    assert told["kept_here"]["mydata.dispute"][0]["text"] == "my own words"
    assert "bob@example.org" not in answer.content.decode()


def test_a_dispute_is_answered_by_a_person_and_kept(browsers: dict[str, Any]) -> None:
    from openclout.web.claims.models import Claim

    said = {"kind": "not-me", "network": "chatter", "account": "cat", "text": "<b>me?</b>"}
    browsers["member"].post("/my-data/dispute", said)
    page = browsers["operator"].get("/requests").content.decode()
    assert "&lt;b&gt;me?&lt;/b&gt;" in page
    number = re.findall(r"/requests/(\d+)", page)[-1]
    browsers["operator"].post(
        f"/requests/{number}", {"answer": "Taken back.", "action": "withdraw"}
    )
    assert not Claim.objects.filter(slug="cat").exists()
    assert browsers["visitor"].get("/@cat").status_code == 404
    assert "Taken back." in browsers["member"].get("/my-data").content.decode()
    assert "Taken back." in browsers["operator"].get("/requests").content.decode()
    assert "Taken back." not in browsers["other"].get("/my-data").content.decode()


def test_the_digest_is_off_and_one_click_ends_it(browsers: dict[str, Any]) -> None:
    from django.core import mail
    from django.test import Client
    from django.utils import timezone

    from openclout.web.digest.sending import WEEK, send_due

    mail.outbox = []
    now = timezone.now()
    assert send_due(now) == 0
    browsers["member"].post("/my-data/digest", {"wanted": "1"})
    assert [send_due(now), send_due(now), send_due(now + WEEK)] == [1, 0, 1]
    sent = mail.outbox[0]
    assert sent.to == ["ann@example.org"]
    assert "bob" not in str(sent.body)
    link = str(sent.extra_headers["List-Unsubscribe"]).strip("<>").removeprefix("http://testserver")
    assert sent.extra_headers["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
    careful = Client(enforce_csrf_checks=True)  # a mail program has no cookie and no token
    assert careful.get(link).status_code == 200
    assert send_due(now + 2 * WEEK) == 1  # looking ends nothing
    assert careful.post(link, {"List-Unsubscribe": "One-Click"}).status_code == 200
    assert send_due(now + 3 * WEEK) == 0
    assert careful.get(link[:-2]).status_code == 404


@pytest.fixture
def known_claim(browsers: dict[str, Any]) -> Any:
    """Ann's claim."""
    from openclout.web.claims.models import Claim

    return Claim.objects.get(slug="ann")
