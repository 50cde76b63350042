"""Invitations: a link that is limited, ends, and can be revoked; a badge tells no secret."""

from datetime import UTC, datetime, timedelta
from functools import partial
from typing import Any

import pytest
from tests.web.parallel import at_once
from tests.web.people import member, selects, sweep

from openclout.settings import Site

NOW = datetime.now(UTC)


def accept(who: Any, token: str, now: datetime = NOW) -> str:
    from openclout.web.invitations import inviting

    try:
        inviting.accept(who, token, now)
    except inviting.NotInvited as error:
        return str(error).split()[-1]
    return "welcome"


def test_a_link_is_used_up_expires_and_is_revoked(site: Site, undone: None) -> None:
    from openclout.web.invitations import inviting

    ann = member("ann")
    link = inviting.invite(ann, "for Eve", 2, NOW)
    assert accept(ann, link.token) == "somebody."
    assert accept(member("eve"), link.token) == "welcome"
    assert accept(member("eve"), link.token) == "before."
    assert accept(member("fay"), link.token, link.expires) == "revoked."
    assert accept(member("fay"), link.token) == "welcome"
    assert accept(member("gus"), link.token) == "revoked."
    other = inviting.invite(ann, "", 99, NOW)
    assert other.most == inviting.MOST_USES
    assert not inviting.revoke(member("eve"), other.pk, NOW)
    assert inviting.revoke(ann, other.pk, NOW)
    assert accept(member("gus"), other.token) == "revoked."
    assert accept(member("gus"), "x" * 43) == "revoked."


def test_a_link_for_two_lets_two_in_of_many_at_once(site: Site) -> None:
    from openclout.web.invitations import inviting
    from openclout.web.invitations.models import Invitation

    link = inviting.invite(member("ann"), "", 2, NOW)
    people = [member(f"guest{n}") for n in range(8)]
    try:
        done = at_once([partial(accept, who, link.token) for who in people])
        assert sorted(map(str, done)) == ["revoked."] * 6 + ["welcome"] * 2
    finally:
        Invitation.objects.all().delete()
        sweep()


def test_only_five_links_are_open_at_once(site: Site, undone: None) -> None:
    from openclout.web.invitations import inviting

    ann = member("ann")
    links = [inviting.invite(ann, "", 1, NOW) for _n in range(inviting.MOST_OPEN)]
    with pytest.raises(inviting.NotInvited, match="revoke one"):
        inviting.invite(ann, "", 1, NOW)
    inviting.revoke(ann, links[0].pk, NOW)
    inviting.invite(ann, "", 1, NOW)
    inviting.invite(member("bob"), "", 1, NOW)
    inviting.invite(ann, "", 1, NOW + timedelta(days=inviting.DAYS))


def test_pages_of_invitations(client: Any, undone: None) -> None:
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    assert client.get("/invitations").status_code == 302
    client.force_login(member("ann"))
    client.post("/invitations", {"note": "Eve <b>", "most": "3"})
    with CaptureQueriesContext(connection) as queries:
        text = client.get("/invitations").content.decode()
    assert len(selects(queries)) <= 5
    assert "Eve &lt;b&gt;" in text
    token = member("ann").invitations.get().token
    client.logout()
    with CaptureQueriesContext(connection) as queries:
        text = client.get(f"/invitation/{token}").content.decode()
    assert len(selects(queries)) <= 5
    assert "@ann invites you" in text
    assert f"?next=/invitation/{token}" in text
    assert "Eve" not in text
    assert client.get("/invitation/nothing").status_code == 404
    client.force_login(member("eve"))
    client.post(f"/invitation/{token}")
    assert member("eve").invited_by.invitation.token == token


@pytest.mark.parametrize("slug", ["evexq", "dan", "nobody"])
def test_a_badge_says_invite_of_all_who_have_no_page(client: Any, slug: str) -> None:
    told = client.get(f"/api/v1/badges/{slug}").json()
    assert {key: told[key] for key in ("kind", "score", "provisional")} == {
        "kind": "invite", "score": None, "provisional": False,
    }  # fmt: skip
    member_told = client.get("/api/v1/badges/ann").json()
    assert member_told["kind"] == "member"
    assert member_told["score"] == client.get("/api/v1/people/ann").json()["score"]
