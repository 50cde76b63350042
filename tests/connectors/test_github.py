"""GitHub's REST JSON: the real backup counted to the last item, and what is broken."""

import json
import re
from collections import Counter
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from openclout.bundle import open_bundle
from openclout.connector import Item, Reading, Reject
from openclout.connectors.github import CONNECTOR
from openclout.connectors.github.document import read_values
from openclout.connectors.github.mention import Words, find_words
from openclout.settings import MIB, Settings
from openclout.vocabulary.account import Account
from openclout.vocabulary.interaction import Interaction
from openclout.vocabulary.post import Post

FIXTURE = Path(CONNECTOR.read.__code__.co_filename).parent / "fixtures/backup"
SHARED = Path(__file__).resolve().parents[2] / "../shared/data/github/core-gui.tar.xz"
SETTINGS = Settings(data=Path("unused"), threads=1, memory=512 * MIB)
SITE = "https://github.com/garden/beds"
API = "https://api.github.com/repos/garden/beds"
NOON = datetime(2024, 5, 1, 12, tzinfo=UTC)
Raw = dict[str, Any]


def read(source: Path, scratch: Path, notes: list[str] | None = None) -> list[Item]:
    told = [] if notes is None else notes
    (scratch / "scratch").mkdir(exist_ok=True)
    bundle = open_bundle(source, scratch / "scratch", SETTINGS)
    assert CONNECTOR.recognise(bundle)
    reading = Reading(now=datetime(2026, 1, 1, tzinfo=UTC), keyed=keyed, note=told.append)
    return list(CONNECTOR.read(bundle, reading))


def keyed(_network: str, third_party: str) -> str:
    return f"~{third_party}"


def user(login: str, number: int, sort: str = "User") -> Raw:
    return {"login": login, "id": number, "type": sort}


def comment(number: int, **more: Any) -> Raw:
    return {
        "html_url": f"{SITE}/issues/1#issuecomment-{number}",
        "issue_url": f"{API}/issues/1",
        "user": user("ann", 101),
        "created_at": "2024-05-01T12:00:00Z",
        "body": "hello",
        **more,
    }


def issue(**more: Any) -> Raw:
    return {
        "html_url": f"{SITE}/issues/1",
        "url": f"{API}/issues/1",
        "number": 1,
        "title": "The tap drips",
        "user": user("bob", 102),
        "created_at": "2024-05-01T08:00:00Z",
        "body": None,
        **more,
    }


def write(folder: Path, name: str, content: object) -> Path:
    path = folder / "x" / name
    path.parent.mkdir(parents=True, exist_ok=True)
    text = content if isinstance(content, bytes) else json.dumps(content).encode()
    path.write_bytes(text)
    return folder / "x"


def rejects(items: list[Item]) -> list[Reject]:
    return [item for item in items if isinstance(item, Reject)]


def acts(items: list[Item]) -> list[Interaction]:
    return [item for item in items if isinstance(item, Interaction)]


def ids(items: list[Item]) -> list[str]:
    return [item.id.partition("-")[2] for item in items if isinstance(item, Post)]


# The real backup


@pytest.mark.shared
def test_the_real_backup_is_read_to_the_last_item(tmp_path: Path) -> None:
    if not SHARED.exists():
        pytest.skip("shared data not present")
    notes: list[str] = []
    items = read(SHARED, tmp_path, notes)
    sorts = Counter(type(item).__name__ for item in items)
    kinds = Counter(act.kind for act in acts(items))
    [unread, strangers] = notes
    unread_items = sum(int(n.replace(",", "")) for n in re.findall(r"(\d[\d,]*)(?:, |$)", unread))
    threads = [p for p in items if isinstance(p, Post) and p.in_reply_to is None]
    assert len(threads) == 878
    assert kinds == {"reply": 5197 + 2308 + 842, "accept": 332 + 644, "mention": 1850}
    assert len(threads) + len(acts(items)) + unread_items == 22_790
    assert sorts == {"Account": 328, "Post": 9798, "Interaction": 11_173}
    assert strangers == "files without issues, pulls or comments, 1: core-gui/state.json"
    assert "review that only wraps comments 302" in unread


@pytest.mark.shared
def test_real_acts_have_ids_of_their_own_and_known_people(tmp_path: Path) -> None:
    if not SHARED.exists():
        pytest.skip("shared data not present")
    items = read(SHARED, tmp_path)
    found = acts(items)
    people = {item.id for item in items if isinstance(item, Account)}
    assert len({(act.kind, act.id) for act in found}) == len(found)
    assert {act.source for act in found} - {None} <= people
    assert {act.target for act in found} - {None} <= people
    assert not any(item.handle == "ghost" for item in items if isinstance(item, Account))


# What is broken


def test_a_truncated_array_is_read_up_to_the_break(tmp_path: Path) -> None:
    content = json.dumps([comment(n) for n in range(1, 6)], indent=1).encode()[:-120]
    items = read(write(tmp_path, "comments.json", content), tmp_path)
    assert ids(items) == ["1", "2", "3", "4"]
    [reject] = rejects(items)
    assert reject.place == "x/comments.json, line 46"
    assert reject.reason.startswith("it is not JSON (")
    assert reject.fix


def test_a_broken_line_is_rejected_and_the_others_are_read(tmp_path: Path) -> None:
    lines = [json.dumps(comment(n)) for n in range(1, 4)]
    lines.insert(1, lines[1][:60])
    items = read(write(tmp_path, "comments.jsonl", "\n".join(lines).encode()), tmp_path)
    assert ids(items) == ["1", "2", "3"]
    assert [reject.place for reject in rejects(items)] == ["x/comments.jsonl, line 2"]


@pytest.mark.parametrize("content", [b"<html>Not Found</html>", b"\x00\x01\x02", b"nonsense", b"["])
def test_a_file_that_is_not_json_does_not_stop_the_others(tmp_path: Path, content: bytes) -> None:
    write(tmp_path, "issues/1.json", content)
    items = read(write(tmp_path, "issues/2.json", issue()), tmp_path)
    assert len(acts(items)) == 0
    assert [item.id for item in items if isinstance(item, Post)] == [f"{SITE}/issues/1"]
    assert [r.place for r in rejects(items)] == ["x/issues/1.json, line 1"] * (content != b"[")


@pytest.mark.parametrize(
    ("change", "reason"),
    [
        ({"created_at": None}, "created_at is missing"),
        ({"created_at": "yesterday"}, "created_at is not a time"),
        ({"created_at": 7}, "created_at is not a time"),
        ({"html_url": "issues/1#issuecomment-1"}, "html_url is no link"),
        ({"body": ["hello"]}, "body is not a text"),
        ({"user": "ann"}, "the user has no id"),
        ({"user": {"login": "ann"}}, "the user has no id"),
        ({"reactions": [1]}, "reactions is not an object"),
        ({"reactions": {"+1": "many"}}, "reactions are not numbers"),
    ],
)
def test_a_comment_of_a_wrong_shape_is_rejected_alone(
    tmp_path: Path, change: Raw, reason: str
) -> None:
    content = [comment(1), comment(2, **change), comment(3)]
    items = read(write(tmp_path, "comments.json", content), tmp_path)
    assert ids(items) == ["1", "3"]
    [reject] = rejects(items)
    assert (reject.place, reject.reason) == ("x/comments.json, item 2", reason)
    odd = next(iter(change.values()))
    assert reject.value in (f"{SITE}/issues/1#issuecomment-2", str(odd))


@pytest.mark.parametrize("change", [{"created_at": None}, {"labels": 7}, {"title": 7}])
def test_the_comments_of_a_broken_issue_are_read(tmp_path: Path, change: Raw) -> None:
    notes: list[str] = []
    events = [{"event": "closed"}, {**comment(1), "event": "commented"}]
    whole = {"type": "issue", "issue": issue(**change), "events": events}
    items = read(write(tmp_path, "issues/1.json", whole), tmp_path, notes)
    assert ids(items) == ["1"]
    assert [act.object for act in acts(items)] == [f"{SITE}/issues/1"]
    assert [reject.place for reject in rejects(items)] == ["x/issues/1.json"]
    assert notes == ["no acts upon anybody, left out: closed without its issue 1"]


def test_parts_that_are_none_are_rejected(tmp_path: Path) -> None:
    events = [7, None, {"sha": "0123"}, {"event": "commented"}]
    whole = {"type": "issue", "issue": issue(), "events": events, "comments": "none"}
    places = [r.place for r in rejects(read(write(tmp_path, "issues/1.json", whole), tmp_path))]
    assert places == [
        "x/issues/1.json, events 1",
        "x/issues/1.json, events 2",
        "x/issues/1.json, events 3",
        "x/issues/1.json, comments",
        "x/issues/1.json, events 4",
    ]


def test_other_json_in_a_folder_is_no_backup(tmp_path: Path) -> None:
    source = write(tmp_path, "issues/1.json", [{"html_url": "https://example.org", "id": 1}])
    (tmp_path / "scratch").mkdir()
    bundle = open_bundle(source, tmp_path / "scratch", SETTINGS)
    assert CONNECTOR.recognise(bundle) is None


# Forms


def test_pages_in_a_row_and_arrays_of_arrays_say_the_same() -> None:
    one, two = [comment(1), comment(2)], [comment(3)]
    row = (json.dumps(one) + json.dumps(two)).encode()
    slurped = json.dumps([one, two]).encode()
    for content in (row, slurped, b"\xef\xbb\xbf" + slurped, slurped.decode().encode("utf-16")):
        found = [value for value in read_values(content, "x") if not isinstance(value, Reject)]
        assert [value for _place, value in found] == one + two


def test_a_network_of_the_users_own_choice_is_taken(tmp_path: Path) -> None:
    source = write(tmp_path, "comments.json", [comment(1)])
    (tmp_path / "scratch").mkdir()
    bundle = open_bundle(source, tmp_path / "scratch", SETTINGS)
    reading = Reading(now=NOON, keyed=keyed, network="forge")
    networks = {getattr(item, "network", "") for item in CONNECTOR.read(bundle, reading)}
    assert networks == {"forge"}


def test_what_is_left_out_is_said(tmp_path: Path) -> None:
    notes: list[str] = []
    read(FIXTURE, tmp_path, notes)
    unread, strangers = notes
    assert unread == (
        "no acts upon anybody, left out: committed 1, labeled 1, mention in words that are gone 1,"
        " mention of a deleted account 1, repeated 1, review that only wraps comments 1,"
        " subscribed 1"
    )
    assert strangers == "files without issues, pulls or comments, 1: state.json"


def test_every_part_of_the_fixture_becomes_something(tmp_path: Path) -> None:
    notes: list[str] = []
    items = read(FIXTURE, tmp_path, notes)
    parts = 0
    for path in FIXTURE.glob("*/*.json"):
        whole = json.loads(path.read_text())
        wrapped = sum(len(event.get("comments", [])) - 1 for event in whole["events"]
                      if "comments" in event)  # fmt: skip
        parts += len(whole["events"]) + len(whole.get("comments", [])) + wrapped
    unread = sum(int(n) for n in re.findall(r"\d+", notes[0]))
    assert parts == len(acts(items)) + unread + len(rejects(items))


# Mentions


def words(author: str, text: str, minutes: float) -> Words:
    return Words(author, NOON + timedelta(minutes=minutes), text)


@pytest.mark.parametrize(
    ("thread", "author"),
    [
        ([words("ann", "@cat look", 0), words("bob", "@cat again", -5)], "ann"),
        ([words("ann", "@cat look", -9), words("bob", "@cat again", -5)], "bob"),
        ([words("ann", "@cat look", -9), words("bob", "@Cat, again", 5)], "ann"),
        ([words("ann", "@cat look", -9), words("bob", "@garden/keepers", 0)], "bob"),
        ([words("ann", "@CAT", 0.02)], "ann"),
        ([words("ann", "@cat", 5)], None),
        ([words("ann", "@cats and @cat-nip, me@cat.example", -5)], None),
        ([words("ann", "no sign of anybody", 0)], None),
        ([], None),
    ],
)
def test_a_mention_is_of_the_words_that_made_it(thread: list[Words], author: str | None) -> None:
    found = find_words("cat", NOON, thread)
    assert (found.author if found else None) == author


# Anything at all


anything = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(max_size=9),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=4), inner),
    max_leaves=6,
)
KEYS = ("html_url", "created_at", "user", "body", "event", "actor", "labels", "reactions", "state")


@given(
    key=st.sampled_from([*KEYS, "number", "title", "merged_at", "merged_by", "id", "source"]),
    value=anything,
    more=anything,
)
def test_no_value_anywhere_stops_a_reading(
    key: str, value: Any, more: Any, tmp_path_factory: pytest.TempPathFactory
) -> None:
    folder = tmp_path_factory.mktemp("odd")
    events = [{"event": "mentioned", "actor": user("ann", 101), "created_at": "2024-05-01T12:00Z"}]
    parts = [{**part, key: value} for part in (*events, comment(1))]
    whole = {"type": "issue", "issue": {**issue(), key: value}, "events": parts, "comments": more}
    write(folder, "issues/1.json", whole)
    write(folder, "comments.json", [{**comment(1), key: value}, value])
    items = read(write(folder, "issues/2.json", issue()), folder)
    assert all(reject.reason and reject.fix for reject in rejects(items))
    assert all(act.target or act.object for act in acts(items))
