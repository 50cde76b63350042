"""Shortlists: an organiser's own, notes and posts beside numbers, nobody who is not shown."""

import csv
import io
from typing import Any

from tests.web.people import member, organiser, selects


def begin(client: Any) -> Any:
    """Begin a list as an organiser, with ann and bob on it."""
    orga = organiser()
    client.force_login(orga)
    client.post("/shortlists", {"name": "Tea festival", "purpose": "whom to invite"})
    found = orga.shortlists.get()
    for who in ("@ann", "https://testserver/@bob", "@ann", "@evexq"):
        client.post(f"/shortlists/{found.pk}/add", {"who": who})
    return found


def test_only_organisers_keep_lists(client: Any, undone: None) -> None:
    assert client.get("/shortlists").status_code == 302
    client.force_login(member("eve"))
    assert client.get("/shortlists").status_code == 403


def test_a_list_shows_numbers_notes_and_posts(client: Any, undone: None) -> None:
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    from openclout.web.published.models import Person, Post

    found = begin(client)
    assert sorted(found.entries.values_list("claim__slug", flat=True)) == ["ann", "bob"]
    author = Person.objects.get(slug="ann", level="account").id
    Post.objects.create(id=10**9, author=author, place=1, post="p1", text="Oolong <3", people=7,
                        anonymous=0, everybody=7, kinds="")  # fmt: skip
    entry = found.entries.get(claim__slug="ann")
    client.post(f"/shortlists/{found.pk}/{entry.pk}", {"note": "=knows oolong"})
    for page in (f"/shortlists/{found.pk}", f"/shortlists/{found.pk}.html"):
        with CaptureQueriesContext(connection) as queries:
            text = client.get(page).content.decode()
        assert len(selects(queries)) <= 7, selects(queries)
        assert "Oolong &lt;3" in text
        assert "=knows oolong" in text
        assert text.index("bob") < text.index("@ann</small>")  # bob's score is the higher one
    rows = list(
        csv.DictReader(io.StringIO(client.get(f"/shortlists/{found.pk}.csv").content.decode()))
    )
    assert [row["id"] for row in rows] == ["bob", "ann"]
    assert rows[1]["note"] == "'=knows oolong"
    told = client.get("/api/v1/people/bob").json()
    assert rows[0]["score"] == f"{told['score']:.1f}"


def test_who_hides_the_page_is_not_on_the_list_any_more(client: Any, undone: None) -> None:
    from openclout.web.claims.claim import change_visibility
    from openclout.web.claims.models import Claim, Visibility

    found = begin(client)
    change_visibility(Claim.objects.get(slug="ann"), Visibility.MYSELF)
    for page in ("", ".csv", ".html"):
        assert "@ann" not in client.get(f"/shortlists/{found.pk}{page}").content.decode()
    Claim.objects.get(slug="ann").delete()
    assert found.entries.count() == 1


def test_a_list_is_its_organisers_alone(client: Any, undone: None) -> None:
    found = begin(client)
    entry = found.entries.first()
    client.force_login(organiser("other"))
    for page in ("", ".csv", ".html"):
        assert client.get(f"/shortlists/{found.pk}{page}").status_code == 404
    for action in ("add", "delete", str(entry.pk)):
        assert client.post(f"/shortlists/{found.pk}/{action}", {"who": "@cat"}).status_code == 404
    orga = organiser()
    orga.groups.clear()
    client.force_login(orga)
    assert client.get(f"/shortlists/{found.pk}").status_code == 403
    assert found.entries.count() == 2
