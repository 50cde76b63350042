"""The interface for programs: keys, quotas, one shape of errors, cursors, conditions."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import orjson
import pytest
from tests.web.conftest import SECRET_NAMES

from openclout.settings import GIB, Settings, Site
from openclout.warehouse.engine import Engine

READS = (
    "/api/v1/people?q=a",
    "/api/v1/people/ann",
    "/api/v1/people/bob",
    "/api/v1/people/ann/score",
    "/api/v1/people/ann/contributions",
    "/api/v1/people/ann/history",
    "/api/v1/people/bob/influence",
    "/api/v1/people/bob/topics",
    "/api/v1/topics",
    "/api/v1/moments",
    "/api/v1/topics/coffee",
    "/api/v1/topics/coffee/leaderboard?limit=1",
    "/api/v1/leaderboards",
    "/api/v1/leaderboards?network=chatter&limit=200",
    "/api/v1/compare?people=ann,bob,cat",
    "/api/v1/openapi.json",
    "/leaderboard.csv",
)


@pytest.fixture(autouse=True)
def _unhurried(site: Site, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """Let the tests ask more often than a visitor may."""
    from openclout.web.interface import keys

    monkeypatch.setattr(keys, "ANONYMOUS_A_MINUTE", 100_000)
    yield
    keys._CALLERS.clear()
    keys._MINUTES.clear()


def whole(answer: Any) -> str:
    """Give an answer's text, streamed or not."""
    parts = answer.streaming_content if answer.streaming else [answer.content]
    return b"".join(parts).decode()


@pytest.mark.parametrize("address", READS)
def test_no_answer_names_anybody_who_has_not_claimed(client: Any, address: str) -> None:
    answer = client.get(address)
    assert answer.status_code == 200
    text = whole(answer)
    assert [name for name in SECRET_NAMES if f'"{name}"' in text or f",{name}," in text] == []


def test_a_profile_and_its_page_say_the_same(client: Any) -> None:
    told = client.get("/api/v1/people/bob").json()
    page = client.get("/@bob").content.decode()
    assert f">{told['score']:.1f}<" in page
    assert told["networks"] == ["chatter", "forum"]
    parts = told["base"] + sum(part["points"] for part in told["contributions"])
    assert parts == pytest.approx(told["score"], abs=0.051)
    for part in told["contributions"]:
        assert part["question"][:20] in page


@pytest.mark.parametrize(
    ("address", "status"),
    [
        ("/api/v1/people/evexq", 404),
        ("/api/v1/people/ann?key=oc_wrong", 401),
        ("/api/v1/leaderboards?after=zzz", 400),
        ("/api/v1/leaderboards?limit=0", 422),
        ("/api/v1/leaderboards?limit=1000000", 422),
        ("/api/v1/people", 422),
    ],
)
def test_every_error_has_one_shape(client: Any, address: str, status: int) -> None:
    answer = client.get(address)
    assert answer.status_code == status
    assert answer["Content-Type"] == "application/problem+json"
    told = answer.json()
    assert set(told) == {"type", "title", "status", "detail"}
    assert told["status"] == status
    assert told["detail"]


def test_cursors_lead_through_a_list_once(client: Any) -> None:
    found, after = [], ""
    while True:
        page = client.get(f"/api/v1/leaderboards?limit=1&after={after}").json()
        found += [(row["place"], row["id"]) for row in page["rows"]]
        after = page["next"]
        if not after:
            break
    assert found == [(1, "bob"), (2, "ann"), (3, "cat")]


def test_what_has_not_changed_is_not_sent_again(client: Any) -> None:
    first = client.get("/api/v1/people/ann")
    again = client.get("/api/v1/people/ann", headers={"If-None-Match": first["ETag"]})
    assert (again.status_code, again.content) == (304, b"")
    other = client.get("/api/v1/people/cat", headers={"If-None-Match": first["ETag"]})
    assert other.status_code == 200


def test_a_key_does_what_its_scopes_say(client: Any, undone: None) -> None:
    from openclout.web.interface.keys import make_key

    wanted = orjson.dumps({"people": ["ann", "evexq", "bob", "ann"]})
    asked = {"path": "/api/v1/lookup", "data": wanted, "content_type": "application/json"}
    assert client.post(**asked).status_code == 403
    reads = make_key("reads", "read", 100)
    assert client.post(**asked, headers={"X-API-Key": reads}).status_code == 403
    bulk = make_key("bulk", "read bulk", 100)
    answer = client.post(**asked, headers={"Authorization": f"Bearer {bulk}"})
    assert answer.status_code == 200
    told = answer.json()
    assert [row["id"] for row in told["people"]] == ["ann", "bob"]
    assert told["missing"] == ["evexq"]


def test_a_look_up_takes_a_thousand_at_most(client: Any, undone: None) -> None:
    from openclout.web.interface.keys import make_key

    key = make_key("bulk", "read bulk", 100)
    for count, status in ((1000, 200), (1001, 422), (0, 422)):
        answer = client.post(
            "/api/v1/lookup", orjson.dumps({"people": ["ann"] * count}), "application/json",
            headers={"X-API-Key": key},
        )  # fmt: skip
        assert answer.status_code == status


def test_a_key_is_good_for_so_many_requests_a_day(client: Any, undone: None) -> None:
    from openclout.web.interface.keys import make_key
    from openclout.web.interface.models import Usage

    key = make_key("few", "read", 3)
    answers = [client.get(f"/api/v1/people/ann?key={key}") for _n in range(5)]
    assert [answer.status_code for answer in answers] == [200, 200, 200, 429, 429]
    assert 0 < int(answers[-1]["Retry-After"]) <= 86400
    assert Usage.objects.get(key__name="few").requests == 3


def test_a_revoked_key_is_wrong(client: Any, undone: None, monkeypatch: Any) -> None:
    from django.utils import timezone

    from openclout.web.interface import keys
    from openclout.web.interface.models import ApiKey

    key = keys.make_key("gone", "read", 10)
    assert client.get("/api/v1/people/ann", headers={"X-API-Key": key}).status_code == 200
    ApiKey.objects.filter(name="gone").update(revoked=timezone.now())
    monkeypatch.setattr(keys, "_REMEMBERED", 0.0)
    assert client.get("/api/v1/people/ann", headers={"X-API-Key": key}).status_code == 401


def test_a_key_is_not_kept(site: Site, undone: None) -> None:
    from openclout.web.interface.keys import make_key
    from openclout.web.interface.models import ApiKey

    key = make_key("secret", "read", 10)
    row = ApiKey.objects.values().get(name="secret")
    assert key[3:] not in str(row)


def test_who_has_no_key_may_read_slowly(client: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    from openclout.web.interface import keys

    monkeypatch.setattr(keys, "ANONYMOUS_A_MINUTE", 2)
    keys._MINUTES.clear()
    codes = [client.get("/api/v1/people/ann").status_code for _n in range(6)]
    assert codes[:2] == [200, 200]
    assert 429 in codes[2:]  # a minute may end in between


def test_the_description_is_served_and_shown(client: Any) -> None:
    paths = client.get("/api/v1/openapi.json").json()["paths"]
    page = client.get("/api").content.decode()
    for path in paths:
        assert path in page
    assert "<script" not in page.replace('<script src="/static/', "")


def test_a_name_is_no_formula_in_a_spreadsheet(site: Site) -> None:
    from openclout.web.leaderboard.views import _plain

    assert _plain("=1+1") == "'=1+1"
    assert _plain("ann") == "ann"


def test_the_export_holds_those_who_claimed_and_nobody_else(
    client: Any, undone: None, tmp_path: Path
) -> None:
    from openclout.web.claims.claim import change_visibility
    from openclout.web.claims.models import Claim, Visibility
    from openclout.web.interface.keys import make_key

    headers = {"X-API-Key": make_key("bulk", "read bulk", 100)}
    assert client.get("/api/v1/export/people.parquet").status_code == 403
    first = client.get("/api/v1/export/people.parquet", headers=headers)
    assert exported(whole_bytes(first), tmp_path) == {"ann", "bob", "cat"}
    change_visibility(Claim.objects.get(slug="cat"), Visibility.MYSELF)
    second = client.get("/api/v1/export/people.parquet", headers=headers)
    assert exported(whole_bytes(second), tmp_path) == {"ann", "bob"}
    assert first["ETag"] != second["ETag"]


def whole_bytes(answer: Any) -> bytes:
    """Give a streamed file."""
    return b"".join(answer.streaming_content)


def exported(content: bytes, folder: Path) -> set[str]:
    """Read whom an exported file names, by the engine."""
    file = folder / "people.parquet"
    file.write_bytes(content)
    engine = Engine(None, Settings(folder, 1, GIB), folder)
    rows = engine.rows(f"select id from read_parquet('{file}')")
    engine.close()
    return {row[0] for row in rows}
