"""The invented community: the same bytes every time, in formats that plain parsers read."""

import csv
import json
import subprocess
import sys
import zipfile
import zlib
from collections import Counter, defaultdict
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from itertools import pairwise
from pathlib import Path
from typing import Any
from xml.etree import ElementTree as ET

import pytest

from openclout.vocabulary.interaction import KINDS

ROOT = Path(__file__).resolve().parents[2]
END = datetime(2026, 7, 1, tzinfo=UTC)
DAY = timedelta(days=1)
Row = dict[str, str]


def write(out: Path, *more: str) -> Path:
    subprocess.run([sys.executable, "-m", "demo", "--out", out, *more], cwd=ROOT, check=True)
    return out


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return write(tmp_path_factory.mktemp("community"))


@pytest.fixture(scope="module")
def other(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return write(tmp_path_factory.mktemp("other"), "--seed", "11")


class Chat:
    """Chatterhub's tables, with handles in place of numbers."""

    def __init__(self, folder: Path) -> None:
        self.accounts = {row["id"]: row for row in table(folder, "accounts")}
        handle = {number: row["handle"] for number, row in self.accounts.items()}
        self.posts = {row["id"]: row for row in table(folder, "posts")}
        for post in self.posts.values():
            post["author"] = handle[post["author"]]
        self.acts = table(folder, "interactions")
        for act in self.acts:
            act["source"], act["target"] = handle[act["source"]], handle[act["target"]]

    def engagers(self, earliest: float, latest: float = 0) -> dict[str, set[str]]:
        """Who acted on whom, from so many days before the end until so many before it."""
        found: dict[str, set[str]] = defaultdict(set)
        for act in self.acts:
            if END - earliest * DAY <= moment(act["published"]) < END - latest * DAY:
                found[act["target"]].add(act["source"])
        return found


@pytest.fixture(scope="module", params=["home", "other"])
def chat(request: pytest.FixtureRequest) -> Chat:
    folder: Path = request.getfixturevalue(request.param)
    return Chat(folder)


def table(folder: Path, name: str) -> list[Row]:
    with (folder / f"chat-{name}.csv").open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file, strict=True))


def moment(text: str) -> datetime:
    told = datetime.fromisoformat(text)
    return told if told.tzinfo else told.replace(tzinfo=UTC)


def contents(folder: Path) -> dict[str, bytes]:
    files = sorted(path for path in folder.rglob("*") if path.is_file())
    return {str(path.relative_to(folder)): path.read_bytes() for path in files}


def test_the_same_seed_gives_the_same_bytes(home: Path, tmp_path: Path) -> None:
    write(tmp_path, "--seed", "3")
    once = contents(home)
    assert contents(tmp_path) != once
    assert contents(write(tmp_path, "--seed", "7")) == once, "something of an earlier run is left"


def test_everything_is_small_and_explained(home: Path, other: Path) -> None:
    for folder in (home, other):
        assert sum(map(len, contents(folder).values())) < 6_000_000
    readme = (home / "README.txt").read_text(encoding="utf-8")
    assert [path.name for path in home.iterdir() if path.name not in readme] == ["README.txt"]


def test_another_day_ends_there(tmp_path: Path) -> None:
    write(tmp_path, "--as-of", "2025-02-28")
    told = [moment(act["published"]) for act in table(tmp_path, "interactions")]
    assert datetime(2025, 2, 26, tzinfo=UTC) < max(told) < datetime(2025, 3, 1, tzinfo=UTC)


# --- Stack Exchange


def rows(home: Path, name: str) -> list[dict[str, str]]:
    return [dict(row.attrib) for row in ET.parse(home / f"stackexchange-tea/{name}.xml").getroot()]  # noqa: S314


def test_dump_is_written_like_the_real_one(home: Path) -> None:
    files = sorted((home / "stackexchange-tea").iterdir())
    assert [path.stem for path in files] == [
        "Comments", "PostLinks", "Posts", "Tags", "Users", "Votes",
    ]  # fmt: skip
    for path in files:
        content, root = path.read_bytes(), path.stem.lower()
        head = f'\ufeff<?xml version="1.0" encoding="utf-8"?>\r\n<{root}>\r\n  <row Id="'
        assert content.startswith(head.encode())
        assert content.endswith(f" />\r\n</{root}>".encode())
        assert content.count(b"\n") == content.count(b"\r\n") == len(rows(home, path.stem)) + 2


def test_dump_holds_together(home: Path) -> None:
    posts = {row["Id"]: row for row in rows(home, "Posts")}
    users = {row["Id"] for row in rows(home, "Users")}
    assert 400 <= len(posts) <= 600
    assert 130 <= len(users) <= 150
    for row in posts.values():
        assert row["OwnerUserId"] in users
        assert ("Title" in row) == ("ParentId" not in row) == (row["PostTypeId"] == "1")
        if accepted := row.get("AcceptedAnswerId"):
            assert posts[accepted]["ParentId"] == row["Id"]
        if parent := row.get("ParentId"):
            assert posts[parent]["CreationDate"] < row["CreationDate"]
        assert END - 365 * DAY <= moment(row["CreationDate"]) < END
    for row in (*rows(home, "Comments"), *rows(home, "Votes"), *rows(home, "PostLinks")):
        assert posts[row["PostId"]]["CreationDate"][:10] <= row["CreationDate"][:10]


def test_votes_have_a_day_and_no_voter(home: Path) -> None:
    votes = rows(home, "Votes")
    assert {row["VoteTypeId"] for row in votes} == {"1", "2", "3", "5"}
    assert all(row["CreationDate"].endswith("T00:00:00.000") for row in votes)
    assert all(("UserId" in row) == (row["VoteTypeId"] == "5") for row in votes)
    score = Counter(row["PostId"] for row in votes if row["VoteTypeId"] == "2")
    score.subtract(row["PostId"] for row in votes if row["VoteTypeId"] == "3")
    assert all(score[row["Id"]] == int(row["Score"]) for row in rows(home, "Posts"))


# --- SourceCred


def graph_of(home: Path) -> dict[str, Any]:
    path = home / "discourse-allotment/output/graphs/sourcecred/discourse/graph.json.gzip"
    kind, whole = json.loads(zlib.decompress(path.read_bytes()))
    assert kind == {"type": "sourcecred/weightedGraph", "version": "0.1.0"}
    return dict(whole["graphJSON"][1])


def test_graph_is_in_order_and_joined(home: Path) -> None:
    graph = graph_of(home)
    addresses = graph["sortedNodeAddresses"]
    assert addresses == sorted(addresses)
    assert len({tuple(address) for address in addresses}) == len(addresses)
    assert [node["index"] for node in graph["nodes"]] == sorted(n["index"] for n in graph["nodes"])
    edges = [edge["address"] for edge in graph["edges"]]
    assert edges == sorted(edges)
    ends = {
        "authors": ("user", {"post", "topic"}), "createsLike": ("user", {"like"}),
        "likes": ("like", {"post"}), "replyTo": ("post", {"post"}),
        "references": ("post", {"user"}), "topicContainsPost": ("topic", {"post"}),
        "topicHasLikedPost": ("topic", {"post"}),
    }  # fmt: skip
    for edge in graph["edges"]:
        source, target = addresses[edge["srcIndex"]], addresses[edge["dstIndex"]]
        assert source[2] == ends[edge["address"][2]][0]
        assert target[2] in ends[edge["address"][2]][1]
        assert END - 456 * DAY <= datetime.fromtimestamp(edge["timestampMs"] / 1000, UTC) < END


def test_a_mentioned_name_without_a_user_has_no_node(home: Path) -> None:
    graph = graph_of(home)
    known = {tuple(graph["sortedNodeAddresses"][node["index"]]) for node in graph["nodes"]}
    unknown = {tuple(a) for a in graph["sortedNodeAddresses"]} - known
    assert {address[2:5:2] for address in unknown} == {("user", "everyone-in-row-9")}
    assert sum(address[2] == "user" for address in known) == 160


def test_ledger_is_a_log_of_identities(home: Path) -> None:
    lines = (home / "discourse-allotment/data/ledger.json").read_text(encoding="utf-8")
    events = [json.loads(line) for line in lines.splitlines()]
    kinds = Counter(event["action"]["type"] for event in events)
    assert kinds == {"CREATE_IDENTITY": 4, "ADD_ALIAS": 5}
    users = {"N\0" + "\0".join(a) + "\0" for a in graph_of(home)["sortedNodeAddresses"]}
    aliases = [event["action"].get("alias") for event in events]
    assert all(alias["address"] in users for alias in aliases if alias)


# --- GitHub


def threads(home: Path) -> Iterator[tuple[dict[str, Any], list[dict[str, Any]]]]:
    for path in sorted((home / "github-kettle").glob("*/*.json")):
        whole = json.loads(path.read_text(encoding="utf-8"))
        top = whole[whole["type"]]
        assert path.parts[-2:] == (f"{whole['type']}s", f"{top['number']}.json")
        yield top, [*whole["events"], *whole.get("comments", [])]


def test_backup_has_people_a_bot_and_merges(home: Path) -> None:
    people: dict[str, str] = {}
    kinds: Counter[str] = Counter()
    for top, parts in threads(home):
        for part in (top, *parts):
            user = part.get("user") or part.get("actor") or {}
            people.update({user["login"]: user["type"]} if user else {})
            kinds[part.get("event", "line" if "diff_hunk" in part else "top")] += 1
            assert "github.com" not in json.dumps(part)
    assert len(people) >= 90
    assert [name for name, sort in people.items() if sort == "Bot"] == ["kettle-ci[bot]"]
    assert {"commented", "reviewed", "merged", "mentioned", "line", "committed"} <= set(kinds)
    state = json.loads((home / "github-kettle/state.json").read_bytes())
    assert state["failed_pulls"] == []


def test_who_is_mentioned_stands_in_a_comment_of_that_second(home: Path) -> None:
    for _, parts in threads(home):
        said = [part for part in parts if part.get("event") == "commented"]
        for event in (part for part in parts if part.get("event") == "mentioned"):
            at = moment(event["created_at"])
            login = event["actor"]["login"]
            assert any(
                f"@{login} " in comment["body"]
                and abs(moment(comment["created_at"]) - at) <= timedelta(seconds=2)
                for comment in said
            )


def test_threads_run_forwards(home: Path) -> None:
    tops = sorted((top for top, _ in threads(home)), key=lambda top: int(top["number"]))
    assert [top["created_at"] for top in tops] == sorted(top["created_at"] for top in tops)
    for top, parts in threads(home):
        told = (part.get("created_at") or part.get("submitted_at") for part in parts)
        assert all(top["created_at"] <= text < "2026-07-01" for text in told if text)
        assert top["comments"] == sum(part.get("event") == "commented" for part in parts)


# --- Mastodon and X


def unzip(path: Path) -> dict[str, str]:
    with zipfile.ZipFile(path) as archive:
        assert {entry.date_time for entry in archive.infolist()} == {(1980, 1, 1, 0, 0, 0)}
        return {name: archive.read(name).decode("utf-8") for name in archive.namelist()}


def test_mastodon_export_is_ann(home: Path) -> None:
    files = {name: json.loads(text) for name, text in unzip(home / "mastodon-ann.zip").items()}
    assert set(files) == {"actor.json", "outbox.json", "likes.json", "bookmarks.json"}
    me, outbox = files["actor.json"]["id"], files["outbox.json"]
    assert me == "https://tea.example/users/ann"
    items = outbox["orderedItems"]
    assert len(items) == outbox["totalItems"] > 100
    assert {item["type"] for item in items} == {"Create", "Announce"}
    assert {item["actor"] for item in items} == {me}
    assert [item["published"] for item in items] == sorted(item["published"] for item in items)
    notes = [item["object"] for item in items if item["type"] == "Create"]
    assert any(note["inReplyTo"] for note in notes)
    assert sum(note["likes"]["totalItems"] for note in notes) > 1000
    assert all(isinstance(liked, str) for liked in files["likes.json"]["orderedItems"])


def test_x_archive_is_bob(home: Path) -> None:
    data: dict[str, list[dict[str, Any]]] = {}
    for name, text in unzip(home / "x-bob.zip").items():
        word = name.removeprefix("data/").removesuffix(".js")
        head, _, body = text.partition(" = ")
        assert head == f"window.YTD.{word.replace('-', '_')}.part0"
        data[word] = json.loads(body)
    assert set(data) == {"account", "tweets", "note-tweet", "like", "following", "follower"}
    assert data["account"][0]["account"]["username"] == "bob_tea_example"
    tweets = [entry["tweet"] for entry in data["tweets"]]
    assert len({tweet["id"] for tweet in tweets}) == len(tweets) > 100
    assert sum(int(tweet["favorite_count"]) for tweet in tweets) > 300
    for tweet in tweets:
        for tag in tweet["entities"]["hashtags"]:
            start, stop = map(int, tag["indices"])
            assert tweet["full_text"][start:stop] == f"#{tag['text']}"
        for who in tweet["entities"]["user_mentions"]:
            start, stop = map(int, who["indices"])
            assert tweet["full_text"][start:stop] == f"@{who['screen_name']}"


# --- Chatterhub


def test_tables_hold_together(chat: Chat) -> None:
    assert len(chat.accounts) == 5 + 400 + 1 + 300
    assert len({row["handle"] for row in chat.accounts.values()}) == len(chat.accounts)
    assert len({act["id"] for act in chat.acts}) == len(chat.acts)
    assert 11_000 < len(chat.acts) < 19_000
    assert [a["published"] for a in chat.acts] == sorted(a["published"] for a in chat.acts)
    born = {row["handle"]: row["created"] for row in chat.accounts.values()}
    for act in chat.acts:
        assert act["kind"] in KINDS
        assert act["source"] != act["target"]
        assert act["published"] >= born[act["source"]]
        assert END - 487 * DAY <= moment(act["published"]) < END
        if act["object"]:
            post = chat.posts[act["object"]]
            assert post["author"] == act["target"]
            assert post["published"] <= act["published"]
    for post in chat.posts.values():
        parent = chat.posts.get(post["in_reply_to"])
        assert bool(parent) == bool(post["in_reply_to"])
        assert parent is None or parent["published"] <= post["published"]


def test_nobody_likes_a_post_twice(chat: Chat) -> None:
    likes = [(act["source"], act["object"]) for act in chat.acts if act["kind"] == "like"]
    assert len(set(likes)) == len(likes)


def test_habits_last_from_window_to_window(chat: Chat) -> None:
    windows = [chat.engagers(90 * n + 90, 90 * n) for n in range(5)]
    assert min(map(len, windows)) > 120
    pairs = [{(s, t) for t in w for s in w[t] if t != "eve"} for w in windows]
    for later, earlier in pairwise(pairs):
        assert len(later & earlier) > 0.4 * len(earlier)


def test_few_receive_much_and_many_little(chat: Chat) -> None:
    people = sorted(map(len, chat.engagers(90).values()), reverse=True)
    assert people[len(people) // 2] <= 4
    assert people[9] >= 4 * people[len(people) // 2]


def test_ann_has_most_engagers_lately(chat: Chat) -> None:
    first, second = sorted(chat.engagers(30).items(), key=lambda item: -len(item[1]))[:2]
    assert first[0] == "ann"
    assert len(first[1]) > 1.5 * len(second[1])
    followers = {row["handle"]: int(row["followers"]) for row in chat.accounts.values()}
    assert max(followers, key=lambda handle: followers[handle]) == "ann"


def test_bobs_few_come_back_every_week(chat: Chat) -> None:
    quarter = chat.engagers(91)["bob"]
    assert 10 <= len(quarter) <= 20
    for week in range(13):
        assert len(chat.engagers(7 * week + 7, 7 * week)["bob"] & quarter) >= 6


def test_cat_is_loud_and_unread(chat: Chat) -> None:
    gave = sum(act["source"] == "cat" for act in chat.acts)
    got = sum(act["target"] == "cat" for act in chat.acts)
    posted = sum(post["author"] == "cat" for post in chat.posts.values())
    assert gave > 1000
    assert posted > 2500
    assert 0 < got < 0.02 * posted


def test_eve_bought_three_hundred_within_two_days(chat: Chat) -> None:
    bought = {row["handle"] for row in chat.accounts.values() if row["created"] > "2026-05-15"}
    acts = [act for act in chat.acts if act["source"] in bought]
    fakes = {act["source"] for act in acts if act["kind"] == "like" and act["target"] == "eve"}
    assert len(fakes) >= 300
    told = [moment(a["published"]) for a in acts if a["source"] in fakes and a["target"] == "eve"]
    assert max(told) - min(told) < 2 * DAY + timedelta(minutes=15)
    assert not fakes & {act["target"] for act in chat.acts}
    assert not fakes & {post["author"] for post in chat.posts.values()}


def test_bot_is_declared_and_likes_tea(chat: Chat) -> None:
    bots = [row["handle"] for row in chat.accounts.values() if row["bot"] == "true"]
    assert bots == ["teabot"]
    likes = [act for act in chat.acts if act["source"] == "teabot"]
    assert len(likes) > 300
    for act in likes:
        post = chat.posts[act["object"]]
        assert "tea" in post["tags"].split(";")
        assert moment(act["published"]) - moment(post["published"]) <= timedelta(minutes=10)


def test_dan_is_there_to_opt_out(chat: Chat) -> None:
    assert len(chat.engagers(90)["dan"]) >= 5
