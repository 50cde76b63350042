"""What visitors see: claimed people only, the same numbers as the command line, few queries."""

import re
from pathlib import Path
from typing import Any

import orjson
import pytest
from tests.report.conftest import run
from tests.web.conftest import SECRET_NAMES

from openclout.settings import Site

PAGES = ("/", "/leaderboard", "/leaderboard/network/chatter", "/@ann", "/@bob", "/search?q=zz",
         "/compare", "/leaderboard/friends/@ann", "/topics", "/topics?q=co",
         "/topics/coffee", "/moments",
         "/compare?people=ann,bob&people=zz9,cat", "/api")  # fmt: skip
MOST_QUERIES = 5
"""Publication, the account at an address, its person, the person's accounts, posts."""


@pytest.mark.parametrize("page", PAGES)
def test_a_page_names_nobody_who_has_not_claimed(client: Any, page: str) -> None:
    answer = client.get(page)
    assert answer.status_code == 200
    text = answer.content.decode()
    assert [name for name in SECRET_NAMES if re.search(rf"\b{name}\b", text)] == []


@pytest.mark.parametrize("page", PAGES)
def test_a_page_takes_few_queries(client: Any, page: str) -> None:
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    client.get(page)
    with CaptureQueriesContext(connection) as queries:
        client.get(page)
    asked = [query["sql"] for query in queries if "SAVEPOINT" not in query["sql"]]
    assert len([sql for sql in asked if sql.startswith("SELECT")]) <= MOST_QUERIES, asked


@pytest.mark.parametrize("slug", ["evexq", "dan", "p10", "chatter-evexq", "nobody"])
def test_who_claimed_nothing_has_no_page(client: Any, slug: str) -> None:
    assert client.get(f"/@{slug}").status_code == 404


@pytest.mark.parametrize("page", [*PAGES, "/@nobody", "/robots.txt"])
def test_headers_forbid_indexing_and_foreign_scripts(client: Any, page: str) -> None:
    answer = client.get(page)
    assert answer["X-Robots-Tag"] == "noindex, nofollow"
    policy = answer["Content-Security-Policy"]
    assert "default-src 'none'" in policy
    assert "unsafe" not in policy
    assert "http" not in policy


@pytest.mark.parametrize("page", PAGES)
def test_no_page_has_an_inline_script_or_style_or_anything_from_elsewhere(
    client: Any, page: str
) -> None:
    text = client.get(page).content.decode()
    assert "<style" not in text
    assert " style=" not in text
    assert "<script>" not in text
    assert " on" + "click=" not in text
    assert 'src="http' not in text
    assert 'href="//' not in text


def test_a_profile_adds_up_to_the_score_of_the_command_line(client: Any, data: Path) -> None:
    from openclout.web.profile.reader import find_profile

    for slug, words in (("ann", ("chatter:ann",)), ("bob", ("chatter:bob", "--person"))):
        told = orjson.loads(run("explain", *words, "--json", "--data", data))
        profile = find_profile(slug)
        assert profile.person.score == pytest.approx(told["score"], abs=1e-6)
        whole = profile.base + sum(part.shown for part in profile.parts)
        hidden = told["score"] - whole
        assert abs(hidden) < 0.051
        shown = {(p["signal"], p.get("account")): p["points"] for p in told["contributions"]}
        ours = sorted((round(part.points, 4) for part in profile.parts), reverse=True)
        theirs = sorted((round(points, 4) for points in shown.values() if points > 0), reverse=True)
        assert ours == pytest.approx(theirs, abs=2e-4)


def test_pages_of_the_leaderboard_follow_one_another(site: Site) -> None:
    from openclout.web.leaderboard.reader import read_board

    whole = read_board(limit=10)
    assert [row.slug for _place, row in whole.rows][:1] == ["bob"]
    first = read_board(limit=2)
    second = read_board(after=first.after, limit=2)
    assert [*first.rows, *second.rows] == whole.rows
    assert second.after == ""


def test_a_mark_that_is_none_of_ours_is_not_found(client: Any) -> None:
    for mark in ("x", "W10", "!!!", "bnVsbA"):
        assert client.get(f"/leaderboard?after={mark}").status_code == 404


def test_a_hidden_page_is_gone_from_everywhere_at_once(client: Any, undone: None) -> None:
    from openclout.web.claims.claim import change_visibility
    from openclout.web.claims.models import Claim, Visibility

    change_visibility(Claim.objects.get(slug="ann"), Visibility.MYSELF)
    assert client.get("/@ann").status_code == 404
    for page in ("/", "/leaderboard", "/search?q=ann"):
        assert "/@ann" not in client.get(page).content.decode()


def test_the_language_and_the_look_are_kept(client: Any) -> None:
    assert 'lang="en"' in client.get("/").content.decode()
    client.post("/setlang/", {"language": "de", "next": "/"})
    client.post("/look", {"theme": "dark", "next": "/"})
    text = client.get("/").content.decode()
    assert 'lang="de"' in text
    assert 'data-theme="dark"' in text
    assert "Wer bewegt Menschen" in text


def test_a_choice_of_look_leads_nowhere_else(client: Any) -> None:
    answer = client.post("/look", {"theme": "dark", "next": "https://evil.example/"})
    assert answer["Location"] == "/"


def test_a_profile_tells_how_the_score_moved(client: Any, data: Path) -> None:
    from openclout.web.profile.reader import find_profile

    for slug, words in (("ann", ("chatter:ann",)), ("bob", ("chatter:bob", "--person"))):
        told = orjson.loads(run("history", *words, "--json", "--data", data))
        line = find_profile(slug).line
        assert line is not None
        days = {str(day): score for day, score in zip(line.days, line.scores, strict=True)}
        assert days == {day["day"]: round(day["score"], 1) for day in told["days"]}
        person = find_profile(slug).person
        week = told["changes"]["week"]
        assert person.week == pytest.approx(week["points"], abs=1e-6)
        assert person.day is None


def test_why_it_moved_adds_up_to_the_change(site: Site) -> None:
    from openclout.web.profile.reader import find_profile

    profile = find_profile("ann")
    assert profile.moved
    whole = sum(one.points for one in profile.moved)
    assert whole == pytest.approx(profile.person.week, abs=0.051)


def test_who_moves_whom_names_claimed_people_only(client: Any) -> None:
    told = client.get("/api/v1/people/ann/influence").json()
    assert [one["id"] for one in told["influencees"]] == ["bob"]
    assert [one["id"] for one in told["influencers"]] == ["bob"]
    assert told["influencers"][0]["share"] == 1.0
    page = client.get("/leaderboard/friends/@ann").content.decode()
    assert page.index("/@bob") > 0
    assert client.get("/leaderboard/friends/@evexq").status_code == 404


def test_a_topic_shows_its_people_and_their_best_posts(client: Any, data: Path) -> None:
    from openclout.web.topics.reader import read_topic

    page = read_topic("coffee")
    told = orjson.loads(run("topics", "show", "coffee", "--json", "--data", data))
    assert [row.person.slug for row in page.board.rows] == ["ann", "bob", "cat"]
    assert sum(page.board.topic.spread) == page.board.topic.people
    assert {author.slug for _post, author in page.posts} <= {"ann", "bob", "cat"}
    assert page.posts
    assert "ann" in str(told)
    assert client.get("/topics/kettles-of-yore").status_code == 404


def test_a_topic_on_a_profile_is_that_of_the_command_line(client: Any, data: Path) -> None:
    told = orjson.loads(run("explain", "chatter:ann", "--json", "--data", data))
    ours = client.get("/api/v1/people/ann/topics").json()["topics"]
    assert [one["topic"] for one in ours] == [one["topic"] for one in told["topics"]]
    assert ours[0]["score"] == pytest.approx(told["topics"][0]["score"], abs=0.051)


def test_a_hidden_page_is_gone_from_topics_too(client: Any, undone: None) -> None:
    from openclout.web.claims.claim import change_visibility
    from openclout.web.claims.models import Claim, Visibility

    pages = ("/topics/coffee", "/moments", "/leaderboard/friends/@bob", "/@bob")
    for page in pages:
        assert "/@ann" in client.get(page).content.decode(), page
    change_visibility(Claim.objects.get(slug="ann"), Visibility.MYSELF)
    for page in pages:
        assert "/@ann" not in client.get(page).content.decode(), page


def test_moments_are_those_of_the_command_line(client: Any, data: Path) -> None:
    rows = client.get("/api/v1/moments?limit=100").json()["rows"]
    told = orjson.loads(run("moments", "chatter:ann", "--json", "--data", data))
    ours = [(row["url"], row["people"]) for row in rows if row["author"]["id"] == "ann"]
    theirs = [(one["url"], round(one["people"], 1)) for one in told]
    assert sorted(ours) == sorted(theirs)
    assert {row["author"]["name"] for row in rows} == {"ann", "bob", "cat"}
