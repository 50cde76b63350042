"""Who leaves is gone: from database, warehouse, snapshot, rejects, pages, pictures, mail, logs.

It changes its data folder for good, so it runs in a process of its own (test_leaving.py).
"""

import os
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from tests.report.conftest import run
from tests.system.test_optout import ACCOUNTS, ACTS, DAN, POSTS, traces

from openclout.settings import GIB, Outside, Settings, Site, read_database

ALONE = "OPENCLOUT_TEST_ALONE"
pytestmark = pytest.mark.skipif(ALONE not in os.environ, reason="runs in test_leaving.py")
EMAIL = "dan.deepdigger@home.example"
PAGES = ("/", "/leaderboard", "/leaderboard.csv", "/leaderboard/network/net", "/@ann",
         "/@dan_the_gardener", "/search?q=dan", "/api/v1/people?q=dan", "/api/v1/people/ann",
         "/api/v1/people/dan_the_gardener", "/api/v1/leaderboards", "/picture/ann/card.svg",
         "/picture/dan_the_gardener/badge.svg",
         "/v2/identity.json/net?screenName=dan_the_gardener")  # fmt: skip


def write_export(folder: Path) -> Path:
    """Write a community of which Dan is part, moved by sixty others."""
    folder.mkdir()
    start = datetime(2026, 1, 5, tzinfo=UTC)
    crowd = "".join(
        f"net,like,f{n},{target},{(start + timedelta(hours=n)).isoformat()},{post},,,,,\n"
        for target, post in (("acct-dan-7781", "p3"), ("acct-ann-1", "p1"))
        for n in range(60)
    )
    for name, text in (("accounts", ACCOUNTS), ("posts", POSTS), ("acts", ACTS + crowd)):
        (folder / f"{name}.csv").write_text(text, encoding="utf-8")
    return folder


@pytest.fixture(scope="module")
def left_site(tmp_path_factory: pytest.TempPathFactory) -> Site:
    """A site on that community, on which Ann and Dan claimed their pages."""
    from click.testing import CliRunner

    from openclout.cli import openclout
    from openclout.web.opening import open_site, prepare, publish

    folder = tmp_path_factory.mktemp("gone")
    data = folder / "data"
    export = write_export(folder / "export")
    CliRunner().invoke(
        openclout, ["import", str(export), "--data", str(data)]
    )  # one row is refused
    run("score", "--data", data)
    site = Site(Settings(data, 2, 2 * GIB), read_database("", data), "a secret of the tests alone",
                ("testserver",), "https://testserver", production=False, debug=False,
                outside=Outside(mail="file"))  # fmt: skip
    open_site(site)
    prepare(site)
    publish(site)
    from openclout.web.claims.granting import grant

    grant("ann@example.org", "net", "acct-ann-1", "ann", "https://proof.example")
    grant(EMAIL, "net", "acct-dan-7781", "dan_the_gardener", "https://proof.example/dan")
    return site


@pytest.fixture
def dan(left_site: Site) -> Any:
    """Dan's browser, signed in, after having done everything that leaves a trace."""
    from django.core.mail import send_mail
    from django.test import Client

    from openclout.web.members.models import Member

    client = Client(headers={"host": "testserver"})
    client.force_login(Member.objects.get(email=EMAIL))
    said = {"kind": "wrong", "network": "net", "account": "acct-dan-7781", "text": "Dan Deepdigger"}
    assert client.post("/my-data/dispute", said, secure=True).status_code == 302
    assert client.post("/my-data/digest", {"wanted": "1"}, secure=True).status_code == 302
    send_mail("Hello", "Dan Deepdigger", None, [EMAIL])
    return client


def test_who_erases_themselves_is_nowhere(left_site: Site, dan: Any, capfd: Any) -> None:
    from django.test import Client

    from openclout.web.erasure.run import finish_departures

    data = left_site.settings.data
    names = (*DAN, EMAIL)
    shown = dan.get("/@dan_the_gardener", secure=True)
    assert b"dan_the_gardener" in shown.content
    assert len(traces(data, names)) > 10
    told = dan.get("/my-data/download", secure=True).json()
    assert told["accounts"][0]["warehouse"]["posts"][0]["id"] == "p3"
    assert dan.post("/my-data/erase", {"email": "x@y.example"}, secure=True).status_code == 422
    assert dan.post("/my-data/erase", {"email": EMAIL}, secure=True)["Location"] == "/gone"
    _nobody_sees(Client(), names)  # at once, before the data folder follows
    assert finish_departures()
    _nobody_sees(Client(), names)
    assert traces(data, names) == []
    printed = capfd.readouterr()
    assert [name for name in names if name in printed.out + printed.err] == []


def _nobody_sees(client: Any, names: tuple[str, ...]) -> None:
    for page in PAGES:
        answer = client.get(page, secure=True)
        content = b"".join(answer.streaming_content) if answer.streaming else answer.content
        text = content.decode("utf-8", "replace").lower().replace(page.lower(), "")
        assert [name for name in names if name.lower() in text] == [], page


def test_no_import_brings_them_back(left_site: Site, tmp_path: Path) -> None:
    from click.testing import CliRunner

    from openclout.cli import openclout
    from openclout.web.claims.identity import Identity, Unclaimable, claim_identity
    from openclout.web.members.models import Member
    from openclout.web.opening import publish
    from openclout.web.published.models import Person

    data = left_site.settings.data
    export = write_export(tmp_path / "export")
    CliRunner().invoke(openclout, ["import", str(export), "--data", str(data)])
    run("score", "--data", data)
    out = tmp_path / "out"
    out.mkdir()
    run("report", "--out", out, "--data", data)
    publish(left_site)
    assert traces(data) == []
    assert traces(out) == []
    assert Person.objects.filter(account="acct-ann-1").exists()
    ann = Member.objects.get(email="ann@example.org")
    with pytest.raises(Unclaimable):
        claim_identity(ann, Identity(("net",), ("acct-dan-7781",), "dan_the_gardener", ""))


def test_the_ledger_tells_when_and_no_name(left_site: Site) -> None:
    from openclout.web.erasure.models import Departure

    rows = list(Departure.objects.values())
    assert [row["reason"] for row in rows] == ["erase"]
    assert rows[0]["finished"]
    assert not any(name in str(rows) for name in DAN)
