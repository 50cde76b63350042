"""A site on a small world: two networks, a person on both, one who opted out, some claimed.

Django has one configuration a process: all tests here share one site, on SQLite or, where
OPENCLOUT_TEST_DATABASE names one, on PostgreSQL (test_postgresql.py runs this folder so).
"""

import csv
import os
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from tests.report.conftest import Act, run

from openclout.settings import GIB, LOGINS, Outside, Settings, Site, read_database
from openclout.web.opening import open_site, prepare, publish

START = datetime(2026, 1, 1, tzinfo=UTC)
MOVED = {"ann": 40, "dan": 31, "bob": 28, "evexq": 25, "cat": 22}
"""How many people moved whom on chatter; bob is on forum too, ann, bob and cat claimed a page."""
KEYS = tuple((name, tuple(f"{name}-{part}" for part in parts)) for name, parts in LOGINS.items())
"""What the networks by which one may sign in gave the operator."""
SECRET_NAMES = ("evexq", "dan", "p38")
"""Some who are in the data and claimed nothing: no public answer may name them."""


def acts() -> Iterator[Act]:
    """Give acts (source, target, time, network), each upon a post of the target's."""
    for target, count in {**MOVED, **{f"p{n:02}": n // 2 for n in range(2, 42)}}.items():
        for n in range(count):
            for again in range(1 + n % 2):
                yield (f"p{n:02}", target, START + timedelta(days=80 - n - again), "chatter")
    for n in range(3):  # bob and ann act upon each other, and everybody's names are not told
        yield ("bob", "ann", START + timedelta(days=78 - n), "chatter")
        yield ("ann", "bob", START + timedelta(days=77 - n), "chatter")
        yield ("evexq", "ann", START + timedelta(days=76 - n), "chatter")
    for n in range(12):
        yield (f"q{n}", "bob", START + timedelta(days=70 + n), "forum")
        yield (f"q{n}", "q0" if n else "q1", START + timedelta(days=60 + n), "forum")


def write_tables(folder: Path) -> list[Path]:
    """Write the acts and the posts that they are upon: one a week and author, about coffee."""
    rows = list(acts())
    wrote = {(network, target, week(when)) for _source, target, when, network in rows}
    acted, posts = folder / "acts.csv", folder / "posts.csv"
    with acted.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file)
        writer.writerow(["network", "kind", "source", "target", "object", "published"])
        for source, target, when, network in rows:
            post = f"{target}-{week(when)}"
            writer.writerow([network, "reply", source, target, post, when.isoformat()])
    with posts.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file)
        writer.writerow(["network", "id", "author", "published", "text", "tags", "url"])
        for network, author, number in sorted(wrote):
            when = START + timedelta(weeks=number)
            address = f"https://{network}.example/{author}/{number}"
            writer.writerow([network, f"{author}-{number}", author, when.isoformat(),
                             f"Coffee of week {number}", "coffee", address])  # fmt: skip
    return [posts, acted]


def week(when: datetime) -> int:
    """Give the number of the week since the start."""
    return (when - START).days // 7


@pytest.fixture(scope="session")
def data(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The data folder of the small world, scored."""
    place = tmp_path_factory.mktemp("site")
    folder = place / "data"
    posts, acted = write_tables(place)
    run("import", posts, "--as", "posts", "--data", folder)
    run("import", acted, "--as", "interactions", "--data", folder)
    run("person", "link", "chatter:bob", "forum:bob", "--proof", "https://bob.example",
        "--data", folder)  # fmt: skip
    run("optout", "add", "chatter:dan", "--data", folder)
    run("score", "--data", folder)
    run("backfill", "--days", "21", "--every", "7d", "--data", folder)
    return folder


@pytest.fixture(scope="session")
def site(data: Path) -> Site:
    """The site, published, with three claimed pages."""
    made = Site(
        Settings(data, 2, 2 * GIB),
        read_database(os.environ.get("OPENCLOUT_TEST_DATABASE", ""), data),
        "a secret of the tests alone",
        ("testserver", "127.0.0.1"),
        "http://testserver",
        production=False,
        debug=False,
        outside=Outside("memory", keys=KEYS),
    )
    open_site(made)
    prepare(made)
    from openclout.web.claims.granting import grant

    for name in ("ann", "bob", "cat"):
        grant(f"{name}@example.org", "chatter", name, name, "https://proof.example")
    publish(made)
    return made


@pytest.fixture
def client(site: Site) -> Any:
    """A visitor with a browser that keeps cookies; whatever the test writes is undone."""
    from django.test import Client

    return Client()


@pytest.fixture
def undone(site: Site) -> Iterator[None]:
    """Undo what the test writes into the database."""
    from django.db import transaction

    with transaction.atomic():
        yield
        transaction.set_rollback(True)


@pytest.fixture
def reachable(site: Site, monkeypatch: pytest.MonkeyPatch) -> Any:
    """Give a function that lets the site reach named ports of this machine."""
    from dataclasses import replace

    from openclout.web.proof import fetch

    def reach(*ports: int) -> None:
        outside = replace(site.outside, loopback=frozenset(ports))
        monkeypatch.setattr(fetch, "this_site", lambda: replace(site, outside=outside))

    return reach


@pytest.fixture
def browsers(site: Site, undone: None) -> dict[str, Any]:
    """Browsers of a visitor, of Ann (member), Bob (other), an organiser and the operator."""
    from django.contrib.auth.models import Group
    from django.test import Client

    from openclout.web.members.models import Member
    from openclout.web.members.roles import ORGANISERS

    found = {"visitor": Client()}
    people = {"member": "ann@example.org", "other": "bob@example.org",
              "organiser": "olga@example.org", "operator": "otto@example.org"}  # fmt: skip
    for role, email in people.items():
        member, _made = Member.objects.get_or_create(
            email=email, defaults={"username": email, "password": "!"}
        )
        if role == "operator":
            member.is_staff = member.is_superuser = True
            member.save()
        if role == "organiser":
            member.groups.add(Group.objects.get_or_create(name=ORGANISERS)[0])
        found[role] = Client()
        found[role].force_login(member, backend="django.contrib.auth.backends.ModelBackend")
    return found


@pytest.fixture
def unhurried(site: Site, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """Let the test ask more often than a visitor may."""
    from openclout.web.interface import keys

    monkeypatch.setattr(keys, "ANONYMOUS_A_MINUTE", 100_000)
    yield
    keys._CALLERS.clear()
    keys._MINUTES.clear()
