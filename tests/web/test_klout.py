"""Klout's version 2 as its old clients ask and read it.

The addresses are those that PyPI's `Klout` 0.1.3 makes: `resource.json`, then what it was given
(a network and an id; `twitter` for a screenName; the id alone), then the rest, and `key`.
"""

from typing import Any
from urllib.parse import urlencode

import pytest

from openclout.settings import Site


class OldClient:
    """Asks as the old client does; answers as it did, or raises with the status."""

    def __init__(self, client: Any, key: str) -> None:
        self.client, self.key = client, key

    def call(self, resource: str, *parts: str, **given: str) -> Any:
        path, query = [f"/v2/{resource}.json"], {"key": self.key} if self.key else {}
        for name, value in given.items():
            if name == "screenName":
                path.append("twitter")
                query[name] = value
            elif name == "kloutId":
                path.append(str(value))
            else:
                path += [name, str(value)]
        path += [part for part in parts if part != "klout"]
        answer = self.client.get("/".join(path) + (f"?{urlencode(query)}" if query else ""))
        assert answer.status_code == 200, answer.content
        return answer.json()


@pytest.fixture
def old(client: Any, undone: None) -> OldClient:
    """An old client with a key, among people one of whom is on Twitter's successor."""
    from openclout.web.claims.models import Claim
    from openclout.web.interface.keys import make_key
    from openclout.web.published.models import Person

    Person.objects.filter(network="chatter", account="cat").update(
        network="x", account="11158872", handle="Cat_X", handle_key="cat_x"
    )
    Claim.objects.filter(slug="cat").update(network="x", account="11158872")
    return OldClient(client, make_key("old", "read", 1000))


def test_an_id_is_found_by_screen_name_and_by_number(old: OldClient) -> None:
    by_name = old.call("identity", "klout", screenName="cat_X")
    assert by_name["network"] == "ks"
    assert isinstance(by_name["id"], str)
    assert old.call("identity", "klout", tw="11158872") == by_name
    assert old.call("identity", "klout", ks=by_name["id"]) == by_name


def test_an_id_leads_back_to_the_network(old: OldClient, client: Any) -> None:
    found = old.call("identity", screenName="cat_x")["id"]
    answer = client.get(f"/v2/identity.json/klout/{found}/tw?key={old.key}")
    assert answer.json() == {"id": "11158872", "network": "tw"}


def test_a_user_and_a_score_have_the_old_shapes(old: OldClient) -> None:
    found = old.call("identity", screenName="cat_x")["id"]
    user = old.call("user", kloutId=found)
    assert set(user) == {"kloutId", "nick", "score", "scoreDeltas"}
    assert user["kloutId"] == found
    assert user["nick"] == "Cat_X"
    score = old.call("user", "score", kloutId=found)
    assert set(score) == {"score", "scoreDelta", "bucket"}
    assert set(score["scoreDelta"]) == {"dayChange", "weekChange", "monthChange"}
    assert user["score"] == {"score": score["score"], "bucket": score["bucket"]}
    low, high = score["bucket"].split("-")
    assert int(low) <= score["score"] < int(high) + 1


def test_influence_has_the_old_shape_and_names_claimed_people_only(
    old: OldClient, site: Site
) -> None:
    from openclout.web.claims.models import Claim

    found = old.call("user", "influence", kloutId=str(Claim.objects.get(slug="ann").pk))
    assert set(found) == {"myInfluencers", "myInfluencees", "myInfluencersCount",
                          "myInfluenceesCount"}  # fmt: skip
    assert found["myInfluenceesCount"] == len(found["myInfluencees"]) == 1
    entity = found["myInfluencees"][0]["entity"]
    assert entity["payload"]["nick"] == "bob"
    assert set(entity["payload"]) == {"kloutId", "nick", "score", "scoreDeltas"}
    assert entity["id"] == entity["payload"]["kloutId"]


@pytest.mark.parametrize(
    ("score", "bucket"), [(0, "0-9"), (9.99, "0-9"), (10, "10-19"), (59.2, "50-59"),
                          (90, "90-100"), (100, "90-100")],
)  # fmt: skip
def test_buckets_are_klouts(site: Site, score: float, bucket: str) -> None:
    from openclout.web.klout.reader import bucket as found

    assert found(score) == bucket


@pytest.mark.parametrize(
    "address",
    ["/v2/user.json/999999", "/v2/user.json/x", "/v2/user.json/999999/score",
     "/v2/identity.json/twitter?screenName=evexq", "/v2/identity.json/chatter/evexq",
     "/v2/identity.json/chatter?screenName=dan", "/v2/user.json/99999999999999999999999"],
)  # fmt: skip
def test_who_has_no_page_is_not_found(client: Any, address: str) -> None:
    assert client.get(address).status_code == 404


def test_a_hidden_person_is_not_found(client: Any, undone: None) -> None:
    from openclout.web.claims.claim import change_visibility
    from openclout.web.claims.models import Claim, Visibility

    claim = Claim.objects.get(slug="ann")
    assert client.get(f"/v2/user.json/{claim.pk}").status_code == 200
    change_visibility(claim, Visibility.MEMBERS)
    assert client.get(f"/v2/user.json/{claim.pk}").status_code == 404
    assert client.get("/v2/identity.json/chatter?screenName=ann").status_code == 404


@pytest.mark.parametrize("callback", ["show", "a.b", "$_", "window.klout.done"])
def test_a_script_of_old_is_answered(client: Any, callback: str) -> None:
    answer = client.get(f"/v2/identity.json/chatter?screenName=ann&callback={callback}")
    assert answer["Content-Type"] == "application/javascript"
    assert answer["X-Content-Type-Options"] == "nosniff"
    text = answer.content.decode()
    assert text.startswith(f"/**/{callback}(")
    assert text.endswith(");")


@pytest.mark.parametrize(
    "callback",
    ["alert(1)", "a;b", "<script>", "a b", "1a", "a..b", "a[0]", "a.b.c.d.e.f", "ä", "x" * 300,
     "a\u2028b"],
)  # fmt: skip
def test_a_callback_that_could_be_a_program_is_refused(client: Any, callback: str) -> None:
    query = urlencode({"screenName": "ann", "callback": callback})
    answer = client.get(f"/v2/identity.json/chatter?{query}")
    assert answer.status_code == 400
    assert answer["Content-Type"] == "application/problem+json"


def test_topics_have_the_old_shape(old: OldClient, site: Site) -> None:
    from openclout.web.claims.models import Claim

    found = old.call("user", "topics", kloutId=str(Claim.objects.get(slug="ann").pk))
    assert "coffee" in [one["slug"] for one in found]
    assert set(found[0]) == {"id", "displayName", "name", "slug", "imageUrl", "topicType"}
