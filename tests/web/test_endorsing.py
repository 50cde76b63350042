"""+K: the rules of giving, under parallel clicks too; what leaves the site for the pipeline."""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from functools import partial
from pathlib import Path
from typing import Any

import orjson
import pytest
from tests.report.conftest import run
from tests.web.parallel import at_once
from tests.web.people import member, selects, sweep

from openclout.settings import Site

NOW = datetime(2026, 4, 1, 12, tzinfo=UTC)  # a Wednesday


def give(giver: Any, slug: str, topic: str, now: datetime = NOW) -> str:
    """Give; tell what became of it: the topic, or the first words of why not."""
    from openclout.web.endorsing import giving

    try:
        return giving.give(giver, slug, topic, now).topic
    except giving.NotGiven as error:
        return str(error).split(" ", 2)[1]


@pytest.fixture
def swept(site: Site) -> Iterator[None]:
    """Delete what a test with threads committed."""
    yield
    sweep()


def test_five_a_day_and_one_a_week_for_a_person_and_topic(site: Site, undone: None) -> None:
    eve = member("eve")
    assert give(eve, "ann", "#Free Jazz") == "free-jazz"
    assert give(eve, "ann", "free jazz") == "gave"
    assert give(eve, "bob", "free jazz") == "free-jazz"
    assert [give(eve, "ann", topic) for topic in ("tea", "go", "tax")] == ["tea", "go", "tax"]
    assert give(eve, "cat", "tea") == "five"
    tomorrow = NOW + timedelta(days=1)
    assert give(eve, "cat", "tea", tomorrow) == "tea"
    assert give(eve, "ann", "tea", tomorrow) == "gave"
    assert give(eve, "ann", "tea", NOW + timedelta(days=5)) == "tea"  # the next Monday


def test_nobody_endorses_themselves_nor_who_is_not_shown(site: Site, undone: None) -> None:
    from openclout.web.claims.claim import change_visibility
    from openclout.web.claims.models import Claim, Visibility
    from openclout.web.members.models import Member

    assert give(Member.objects.get(email="ann@example.org"), "ann", "tea") == "endorses"
    assert give(member("eve"), "evexq", "tea") == "person"
    change_visibility(Claim.objects.get(slug="cat"), Visibility.MYSELF)
    assert give(member("eve"), "cat", "tea") == "person"
    assert give(member("eve"), "ann", " # ") == "for"


def test_parallel_clicks_give_five_and_no_more(site: Site, swept: None) -> None:
    eve = member("eve")
    done = at_once([partial(give, eve, "ann", f"topic-{n}") for n in range(12)])
    assert sorted(str(text) for text in done if str(text).startswith("topic")) != []
    assert [str(text) for text in done].count("five") == 7, done
    assert eve.given.count() == 5


def test_parallel_clicks_on_one_button_give_one(site: Site, swept: None) -> None:
    eve = member("eve")
    done = at_once([partial(give, eve, "ann", "jazz") for _n in range(8)])
    assert sorted(map(str, done)) == ["gave"] * 7 + ["jazz"]


def test_two_who_endorse_one_another_at_once_do_not_wait_for_ever(site: Site, swept: None) -> None:
    from openclout.web.members.models import Member

    ann, bob = (Member.objects.get(email=f"{name}@example.org") for name in ("ann", "bob"))
    works = [partial(give, ann, "bob", f"t{n}") for n in range(4)]
    works += [partial(give, bob, "ann", f"t{n}") for n in range(4)]
    try:
        assert sorted(map(str, at_once(works))) == sorted([f"t{n}" for n in range(4)] * 2)
    finally:
        ann.given.all().delete()
        bob.given.all().delete()


def test_only_the_giver_takes_back(site: Site, undone: None) -> None:
    from openclout.web.endorsing.giving import undo
    from openclout.web.endorsing.models import Endorsement

    give(member("eve"), "ann", "jazz")
    number = Endorsement.objects.get(topic="jazz").pk
    assert not undo(member("mallory"), number)
    assert undo(member("eve"), number)
    assert not undo(member("eve"), number)
    assert give(member("eve"), "ann", "jazz") == "jazz"


def test_pages_of_a_member(client: Any, undone: None) -> None:
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    assert client.get("/k").status_code == 302
    assert "Members give five a day" in client.get("/@ann/k").content.decode()
    assert client.post("/@ann/k", {"topic": "jazz"}).status_code == 302
    client.force_login(member("eve"))
    client.post("/@ann/k", {"topic": "Hard Bop"})
    for page in ("/@ann/k", "/k"):
        with CaptureQueriesContext(connection) as queries:
            text = client.get(page).content.decode()
        assert "hard-bop" in text
        assert len(selects(queries)) <= 5, selects(queries)
    assert client.get("/@evexq/k").status_code == 404
    told = client.get("/api/v1/people/ann/endorsements").json()
    assert told == {"id": "ann", "topics": [{"topic": "hard-bop", "people": 1}]}
    assert client.get("/api/v1/people/evexq/endorsements").status_code == 404


def test_who_gave_is_told_to_nobody_else(client: Any, undone: None) -> None:
    from openclout.web.members.models import Member

    bob, ann = (Member.objects.get(email=f"{name}@example.org") for name in ("bob", "ann"))
    give(bob, "ann", "jazz", datetime.now(UTC))
    client.force_login(member("eve"))
    for page in ("/@ann/k", "/api/v1/people/ann/endorsements"):
        assert "bob" not in client.get(page).content.decode()
    client.force_login(ann)
    assert "@bob" in client.get("/k").content.decode()


def test_the_file_names_accounts_of_the_same_network_and_else_numbers(
    site: Site, undone: None
) -> None:
    from openclout.web.endorsing.export import export_lines
    from openclout.web.endorsing.models import Endorsement
    from openclout.web.members.models import Member

    bob, eve = Member.objects.get(email="bob@example.org"), member("eve")
    give(bob, "ann", "jazz")
    give(eve, "ann", "tea")
    give(eve, "ann", "spam")
    Endorsement.objects.filter(topic="spam").update(removed=NOW)
    rows = [orjson.loads(line) for line in export_lines()]
    assert rows[0] == {"openclout": "endorsements", "version": 1}
    told = [{key: row[key] for key in row if key != "id"} for row in rows[1:]]
    shared = {"network": "chatter", "target": "ann", "published": NOW.isoformat()}
    assert told == [
        {**shared, "source": "bob", "topic": "jazz"},
        {**shared, "member": str(eve.pk), "topic": "tea"},
    ]


def test_the_verb_writes_what_import_reads(site: Site, swept: None, tmp_path: Path) -> None:
    """On a data folder of its own: the site of the tests is the one that the process serves."""
    give(member("eve"), "ann", "jazz")
    from openclout.web.endorsing.export import export_lines

    file = tmp_path / "endorsements.jsonl"
    file.write_bytes(b"".join(export_lines()))
    assert "+K of an OpenClout site" in run("import", file, "--data", tmp_path / "data")
