"""Perks: claimed once, never more than there are, by those who are eligible; told why."""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from functools import partial
from typing import Any

import pytest
from tests.web.parallel import at_once
from tests.web.people import member, selects, sweep

from openclout.settings import Site

NOW = datetime.now(UTC)


def stands(name: str, topic: str, score: float, percentile: float | None) -> Any:
    """Give a claimed account (ann, bob, cat) or a new member's claim a score in a topic."""
    from django.db.models import Max

    from openclout.web.claims.models import Claim
    from openclout.web.published.models import Person, TopicScore

    found = member(name)
    claim = Claim.objects.filter(member=found).first() or Claim.objects.create(
        member=found, network="chatter", account=name, slug=name, visibility="me"
    )
    person = Person.objects.get(network=claim.network, account=claim.account, level="account")
    TopicScore.objects.filter(owner=person.id, topic=topic).delete()
    number = (TopicScore.objects.aggregate(most=Max("id"))["most"] or 0) + 1
    TopicScore.objects.create(id=number, owner=person.id, topic=topic, score=score, low=score,
                              high=score, provisional=False, percentile=percentile,
                              people=9)  # fmt: skip
    return found


def offer(**changes: Any) -> Any:
    from openclout.web.perks.models import Perk, State

    given = {
        "organiser": member("orga"), "title": "Tea at the harbour", "text": "A pot of tea.",
        "topic": "tea", "minimum_score": 40.0, "quota": 3, "starts": NOW - timedelta(days=1),
        "ends": NOW + timedelta(days=5), "state": State.APPROVED,
    }  # fmt: skip
    return Perk.objects.create(**{**given, **changes})


def claim(who: Any, perk: Any, now: datetime = NOW) -> str:
    """Claim; give the code, or why not."""
    from openclout.web.perks import claiming

    try:
        return claiming.claim(who, perk.pk, now).code
    except claiming.NotClaimed as error:
        return f"no: {error}"


@pytest.fixture
def swept(site: Site) -> Iterator[None]:
    """Delete what a test with threads committed."""
    yield
    from openclout.web.published.models import TopicScore

    sweep()
    TopicScore.objects.filter(topic="tea").delete()


def test_only_who_stands_in_the_topic_may_claim(site: Site, undone: None) -> None:
    perk = offer(minimum_percentile=90.0)
    assert "no score in tea" in claim(member("eve"), perk)
    assert "yours is 39.9" in claim(stands("ann", "tea", 39.9, 95.0), perk)
    assert "higher than 89" in claim(stands("bob", "tea", 60.0, 89.9), perk)
    assert "no score in tea" in claim(stands("cat", "jazz", 90.0, 99.0), perk)
    code = claim(stands("p30", "tea", 40.0, 90.0), perk)
    assert len(code) == 14
    assert claim(member("p30"), perk) == code  # once more is the same claim


def test_a_country_is_asked_for_and_told(site: Site, undone: None) -> None:
    from openclout.web.perks.models import Whereabouts

    perk, ann = offer(regions="AT DE"), stands("ann", "tea", 50.0, None)
    assert "not said where" in claim(ann, perk)
    where = Whereabouts.objects.create(member=ann, region="FR")
    assert "you are in FR" in claim(ann, perk)
    where.region = "DE"
    where.save()
    assert len(claim(ann, perk)) == 14


def test_only_within_its_time_and_only_approved(site: Site, undone: None) -> None:
    perk, ann = offer(), stands("ann", "tea", 50.0, None)
    assert claim(ann, perk, NOW - timedelta(days=2)).startswith("no: open from")
    assert claim(ann, perk, NOW + timedelta(days=5)).startswith("no: open from")
    for state in ("draft", "submitted", "refused", "closed"):
        assert "not offered" in claim(ann, offer(state=state))


def test_parallel_claims_of_many_never_exceed_the_quota(site: Site, swept: None) -> None:
    perk = offer(quota=3)
    people = [stands(f"p{n}", "tea", 50.0, None) for n in range(20, 30)]
    done = at_once([partial(claim, who, perk) for who in people])
    codes = [str(one) for one in done if len(str(one)) == 14]
    assert len(set(codes)) == 3, done
    assert perk.claims.count() == 3


def test_parallel_claims_of_one_are_one(site: Site, swept: None) -> None:
    perk, who = offer(quota=5), stands("p20", "tea", 50.0, None)
    assert len({str(one) for one in at_once([partial(claim, who, perk) for _n in range(8)])}) == 1
    assert perk.claims.count() == 1


def test_codes_of_the_organiser_are_each_given_once(site: Site, swept: None) -> None:
    from openclout.web.perks.models import Code

    perk = offer(quota=9)
    Code.objects.bulk_create(Code(perk=perk, text=text) for text in ("A", "B", "C"))
    people = [stands(f"p{n}", "tea", 50.0, None) for n in range(20, 26)]
    done = sorted(map(str, at_once([partial(claim, who, perk) for who in people])))
    assert done[:3] == ["A", "B", "C"]
    assert all("codes" in one for one in done[3:]), done


def test_a_place_given_back_is_somebody_elses_a_code_is_spent(site: Site, undone: None) -> None:
    from openclout.web.perks import claiming

    perk = offer(quota=1)
    ann, bob = (stands(name, "tea", 50.0, None) for name in ("ann", "bob"))
    first = claim(ann, perk)
    assert "0 of 1" in claim(bob, perk)
    assert not claiming.withdraw(bob, perk.pk, NOW)
    assert claiming.withdraw(ann, perk.pk, NOW)
    assert not claiming.withdraw(ann, perk.pk, NOW)
    second = claim(bob, perk)
    assert second not in {first, ""}
    assert "once only" in claim(ann, perk)
    assert not claiming.redeem(perk.organiser, perk.pk, first, NOW)
    assert claiming.redeem(perk.organiser, perk.pk, second, NOW)


def test_a_code_is_redeemed_once_and_by_its_organiser(site: Site, swept: None) -> None:
    from openclout.web.perks import claiming

    perk = offer()
    code = claim(stands("p20", "tea", 50.0, None), perk)
    assert not claiming.redeem(member("mallory"), perk.pk, code, NOW)
    done = at_once([partial(claiming.redeem, perk.organiser, perk.pk, code, NOW)] * 6)
    assert sorted(map(str, done)) == ["False"] * 5 + ["True"]
    assert not claiming.withdraw(member("p20"), perk.pk, NOW)


def test_pages_say_why_and_take_few_queries(client: Any, undone: None) -> None:
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    perk, hidden = offer(regions="DE"), offer(state="submitted", title="Not yet")
    client.force_login(stands("ann", "tea", 55.25, None))
    client.post("/perks/where", {"region": "de"})
    for page in ("/perks", f"/perks/{perk.pk}"):
        with CaptureQueriesContext(connection) as queries:
            text = client.get(page).content.decode()
        assert "yours is 55.3" in text or "yours is 55.2" in text
        assert "you are in DE" in text
        assert "Not yet" not in text
        assert len(selects(queries)) <= 5, selects(queries)
    assert client.get(f"/perks/{hidden.pk}").status_code == 404
    client.post(f"/perks/{perk.pk}/claim")
    code = perk.claims.get().code
    assert code in client.get(f"/perks/{perk.pk}").content.decode()
    assert client.post(f"/perks/{perk.pk}/withdraw").status_code == 302
    assert code not in client.get(f"/perks/{perk.pk}").content.decode()


def test_an_organiser_writes_and_the_operator_looks_first(client: Any, undone: None) -> None:
    from django.contrib.auth.models import Group

    from openclout.web.perks.models import Perk

    orga = member("orga")
    client.force_login(orga)
    assert client.get("/offers").status_code == 403
    orga.groups.add(Group.objects.get_or_create(name="organisers")[0])
    form = {"title": "Jazz night", "text": "Two seats.", "topic": "#Free Jazz", "quota": "2",
            "minimum_score": "30", "regions": "de, at", "starts": "2026-01-01T00:00",
            "ends": "2026-02-01T00:00", "codes": "A1\nB2\nA1\n", "submit": "1"}  # fmt: skip
    wrong = {**form, "minimum_score": "", "regions": "Germany", "codes": "A1"}
    text = client.post("/offers/new", wrong).content.decode()
    assert text.count('class="error"') == 3
    assert client.post("/offers/new", form).status_code == 302
    perk = Perk.objects.get(title="Jazz night")
    assert (perk.state, perk.topic, perk.regions) == ("submitted", "free-jazz", "AT DE")
    assert sorted(perk.codes.values_list("text", flat=True)) == ["A1", "B2"]
    assert client.get(f"/offers/{perk.pk}").status_code == 404  # handed in: not changed any more
    assert "Jazz night" in client.get("/offers").content.decode()
    client.force_login(member("mallory"))
    assert client.post(f"/offers/{perk.pk}/close").status_code == 403
