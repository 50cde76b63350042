"""The X archive where it is broken, and what must never leave it."""

import json
import tempfile
import zipfile
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from openclout.bundle import Bundle, open_bundle
from openclout.connector import Item, Reading, Reject
from openclout.connectors.x_archive import CONNECTOR
from openclout.connectors.x_archive.people import People
from openclout.connectors.x_archive.tweet import read_tweet
from openclout.errors import InputError
from openclout.settings import MIB, Settings
from openclout.vocabulary.account import Account
from openclout.vocabulary.interaction import Interaction
from openclout.vocabulary.post import Post

FIXTURE = Path(CONNECTOR.read.__code__.co_filename).parent / "fixtures/archive"
SETTINGS = Settings(data=Path("unused"), threads=1, memory=512 * MIB)
ACCOUNT = {"account": {"accountId": "1001", "username": "ann", "email": "ann@mail.example"}}
TIME = "Wed Oct 10 20:19:24 +0000 2018"


def script(word: str, entries: object) -> bytes:
    return f"window.YTD.{word}.part0 = ".encode() + json.dumps(entries).encode()


def tweet(number: int, **more: Any) -> dict[str, Any]:
    return {"tweet": {"id_str": str(number), "created_at": TIME, "full_text": "hello", **more}}


def archive(folder: Path, **files: bytes) -> Path:
    """Write data/NAME.js for each of `files` (`_` for `-`), with Ann's account.js."""
    data = folder / "x/data"
    data.mkdir(parents=True)
    for name, content in {"account": script("account", [ACCOUNT]), **files}.items():
        (data / f"{name.replace('_', '-')}.js").write_bytes(content)
    return data.parent


def bundle_of(source: Path, tmp_path: Path) -> Bundle:
    scratch = tmp_path / "scratch"
    scratch.mkdir()
    return open_bundle(source, scratch, SETTINGS)


def keyed(network: str, third_party: str) -> str:
    return f"~{len(third_party)}{sum(third_party.encode())}"


def read(source: Path, tmp_path: Path, notes: list[str] | None = None) -> list[Item]:
    told = [] if notes is None else notes
    reading = Reading(now=datetime(2026, 1, 1, tzinfo=UTC), keyed=keyed, note=told.append)
    return list(CONNECTOR.read(bundle_of(source, tmp_path), reading))


def ids(items: list[Item]) -> list[str]:
    return [item.id for item in items if isinstance(item, Post)]


def rejects(items: list[Item]) -> list[Reject]:
    return [item for item in items if isinstance(item, Reject)]


def test_a_zip_is_recognised_and_named_by_its_owner(tmp_path: Path) -> None:
    with zipfile.ZipFile(tmp_path / "twitter.zip", "w") as packed:
        for path in FIXTURE.rglob("*.js"):
            packed.write(path, path.relative_to(FIXTURE))
    bundle = bundle_of(tmp_path / "twitter.zip", tmp_path)
    assert CONNECTOR.recognise(bundle) == "an X archive of @ann (2 files of posts)"


def test_a_file_called_tweets_that_is_no_archive_is_not_recognised(tmp_path: Path) -> None:
    (tmp_path / "x").mkdir()
    (tmp_path / "x/tweets.js").write_text("export const tweets = [];")
    assert CONNECTOR.recognise(bundle_of(tmp_path / "x", tmp_path)) is None


def test_media_and_messages_are_never_unpacked(tmp_path: Path) -> None:
    with zipfile.ZipFile(tmp_path / "twitter.zip", "w") as packed:
        for path in FIXTURE.rglob("*.js"):
            packed.write(path, path.relative_to(FIXTURE))
        packed.writestr("data/tweets_media/1-film.mp4", b"film")
    bundle = bundle_of(tmp_path / "twitter.zip", tmp_path)
    CONNECTOR.recognise(bundle)
    reading = Reading(now=datetime(2026, 1, 1, tzinfo=UTC), keyed=keyed)
    assert ids(list(CONNECTOR.read(bundle, reading)))
    opened = {Path(name).name for name, path in bundle.members.items() if path}
    assert not opened & {"direct-messages.js", "1-film.mp4"}


def test_a_truncated_file_gives_what_came_before_and_says_where_it_ends(tmp_path: Path) -> None:
    whole = script("tweets", [tweet(n) for n in range(1, 6)])
    source = archive(tmp_path, tweets=whole[:-20], tweets_part1=script("tweets", [tweet(9)]))
    items = read(source, tmp_path)
    assert sorted(ids(items)) == ["1", "2", "3", "4", "9"]
    [reject] = rejects(items)
    assert reject.place == "x/data/tweets.js, line 1"
    assert "after 4 whole entries" in reject.reason
    assert reject.fix == "download the archive again; the 4 entries are used"


@pytest.mark.parametrize("content", [b"window.YTD.tweets.part0 = ", b"\x00\x01", b"<html>", b"["])
def test_a_file_without_json_is_rejected_and_the_others_are_read(
    tmp_path: Path, content: bytes
) -> None:
    source = archive(tmp_path, tweets=content, tweets_part1=script("tweets", [tweet(9)]))
    items = read(source, tmp_path)
    assert ids(items) == ["9"]
    assert [reject.place for reject in rejects(items)] == ["x/data/tweets.js, line 1"]


def test_json_nested_beyond_any_tweet_is_rejected(tmp_path: Path) -> None:
    items = read(archive(tmp_path, tweets=b"[" * 100_000), tmp_path)
    assert len(rejects(items)) == 1


def test_bytes_that_are_not_utf_8_are_replaced_and_said(tmp_path: Path) -> None:
    latin = script("tweets", [tweet(1, full_text="Caf?"), tweet(2)]).replace(b"?", b"\xe9")
    items = read(archive(tmp_path, tweets=latin), tmp_path)
    assert ids(items) == ["1", "2"]
    assert next(post.text for post in items if isinstance(post, Post)) == "Caf\ufffd"
    assert "not UTF-8" in rejects(items)[0].reason


def test_half_an_emoji_is_replaced(tmp_path: Path) -> None:
    halves = b"cut \\ud83d, whole \\ud83d\\ude00, \\ude00 late"
    content = script("tweets", [tweet(1, full_text="?")]).replace(b"?", halves)
    items = read(archive(tmp_path, tweets=content), tmp_path)
    texts = [item.text for item in items if isinstance(item, Post)]
    assert texts == ["cut \ufffd, whole \U0001f600, \ufffd late"]
    assert len(rejects(items)) == 1


@pytest.mark.parametrize(
    ("entry", "reason"),
    [
        ({"tweet": {"created_at": TIME}}, "the tweet has no id"),
        ({"tweet": {"id_str": "7"}}, "created_at is not a time"),
        (tweet(7, created_at="Wed Okt 10 20:19:24 +0000 2018"), "created_at is not a time"),
        (tweet(7, created_at="Wed Oct 32 20:19:24 +0000 2018"), "created_at is not a time"),
        (tweet(7, favorite_count="many"), "favorite_count is not a whole number"),
        ({"tweet": None}, "this is no tweet"),
        ("tweet", "this is no tweet"),
    ],
)
def test_a_bad_tweet_is_rejected_with_its_place(tmp_path: Path, entry: object, reason: str) -> None:
    source = archive(tmp_path, tweets=script("tweets", [tweet(1), entry, tweet(3)]))
    items = read(source, tmp_path)
    assert [number for number in ids(items) if number != "7"] == ["1", "3"]
    [reject] = rejects(items)
    assert reject.place.startswith("x/data/tweets.js, post 2")
    assert reject.reason.startswith(reason)


def test_without_an_owner_nothing_is_read(tmp_path: Path) -> None:
    source = archive(tmp_path, account=b"window.YTD.account.part0 = [", tweets=b"[]")
    with pytest.raises(InputError, match=r"tells no owner.*account\.js, line 1: the file is cut"):
        read(source, tmp_path)


def test_the_manifest_tells_the_owner_where_account_js_is_broken(tmp_path: Path) -> None:
    manifest = b'window.__THAR_CONFIG = {"userInfo": {"accountId": "1001", "userName": "ann"}}'
    source = archive(tmp_path, account=b"", manifest=manifest, tweets=script("tweets", [tweet(1)]))
    items = read(source, tmp_path)
    assert [item.handle for item in items if isinstance(item, Account)] == ["ann"]
    assert len(rejects(items)) == 1


def test_archives_of_two_people_are_refused(tmp_path: Path) -> None:
    source = archive(tmp_path, tweets=b"[]")
    (source / "bob").mkdir()
    other = script("account", [{"account": {"accountId": "2002"}}])
    (source / "bob/account.js").write_bytes(other)
    with pytest.raises(InputError, match=r"2 accounts \(1001, 2002\)"):
        read(source, tmp_path)


def test_a_broken_list_of_followers_gives_no_count(tmp_path: Path) -> None:
    follower = script("follower", [{"follower": {"accountId": "5"}}] * 3)[:-5]
    source = archive(tmp_path, follower=follower, following=script("following", [{}]))
    [account] = [item for item in read(source, tmp_path) if isinstance(item, Account)]
    assert (account.followers, account.following) == (None, 1)


def test_acts_without_a_date_are_counted_in_a_note(tmp_path: Path) -> None:
    notes: list[str] = []
    read(FIXTURE, tmp_path, notes)
    assert notes == [
        "likes given (2) are left out: X exports them without a date",
        "accounts followed (1) are left out: X exports them without a date",
    ]


def test_a_note_replaces_only_the_post_that_it_begins_like(tmp_path: Path) -> None:
    text = "A long story about one afternoon at the lake"
    notes = [
        {"noteTweet": {"createdAt": "2018-10-10T20:19:24.000Z", "core": {"text": text + " …" * 9}}}
    ]
    posts = [tweet(1, full_text=f"@bob {text[:30]}… https://t.co/x"), tweet(2, full_text="Another")]
    source = archive(tmp_path, tweets=script("tweets", posts), note_tweet=script("note", notes))
    texts = [item.text for item in read(source, tmp_path) if isinstance(item, Post)]
    assert texts == [text + " …" * 9, "Another"]


def test_a_screen_name_is_kept_under_the_number_that_another_post_tells(tmp_path: Path) -> None:
    link = {"urls": [{"expanded_url": "https://x.com/Bob/status/5"}]}
    mention = {"user_mentions": [{"screen_name": "bob", "id_str": "2002"}]}
    posts = [tweet(1, entities=link), tweet(2, entities=mention)]
    items = read(archive(tmp_path, tweets=script("tweets", posts)), tmp_path)
    targets = {item.kind: item.target for item in items if isinstance(item, Interaction)}
    assert targets == {"quote": keyed("x", "2002"), "mention": keyed("x", "2002")}


PRIVATE = ("mail.example", "surprise", "52.52", "13.40")
OTHERS = ("bob_small", "cat_loud", "dan_quiet", "eve_buys", "2002", "2003", "2004", "Bob", "Cat")


def test_nothing_private_and_nobody_else_leaves_an_archive(tmp_path: Path) -> None:
    told = " ".join(map(repr, read(FIXTURE, tmp_path)))
    assert "@ann" in told
    assert not [secret for secret in (*PRIVATE, *OTHERS) if secret in told]


HANDLES = st.from_regex(r"zz[a-z0-9_]{2,13}", fullmatch=True)
TEXTS = st.sampled_from(
    ["@{} hello", "hello @{}!", "RT @{}: hi", ".@{}", "(@{}さん)", "＠{}", "x.com/{}/status/12",
     "https://twitter.com/{}", "mail@{}.example", "@ann @{}", "@{}@social.example", "@{0}@{0}"]
)  # fmt: skip


@given(handle=HANDLES, text=TEXTS, numeric=st.none() | st.integers(10**9, 10**18))
def test_no_record_holds_a_third_partys_handle(handle: str, text: str, numeric: int | None) -> None:
    named = {"screen_name": handle, "id_str": str(numeric or -1), "name": handle.title()}
    link = {"expanded_url": f"https://x.com/{handle}/status/12"}
    entry = tweet(
        1,
        full_text=text.format(handle),
        in_reply_to_screen_name=handle,
        in_reply_to_user_id=numeric,
        entities={"user_mentions": [named], "urls": [link]},
    )
    people = People("1001", "ann", keyed)
    items = list(read_tweet(entry, "tweets.js, post 1", people, {}))
    assert items
    assert handle not in repr(items).lower()
    assert str(numeric) not in repr(items) or numeric is None


KEYS = st.sampled_from(
    ["tweet", "id", "id_str", "created_at", "full_text", "text", "entities", "user_mentions",
     "urls", "hashtags", "screen_name", "expanded_url", "favorite_count", "retweet_count", "lang",
     "in_reply_to_user_id", "in_reply_to_screen_name", "retweeted_status"]
)  # fmt: skip
WORDS = st.sampled_from([TIME, "RT @bob: hi", "12", "https://x.com/bob/status/5"])
SHAPES = st.recursive(
    st.none() | st.booleans() | st.integers(-1, 10**18) | st.text(max_size=8) | WORDS,
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(KEYS, inner | WORDS, max_size=6),
    max_leaves=20,
)


@given(SHAPES)
def test_no_json_however_shaped_stops_a_reading(value: object) -> None:
    with tempfile.TemporaryDirectory() as folder:
        content = script("tweets", [value])
        source = archive(Path(folder), tweets=content, note_tweet=content, follower=content)
        items = read(source, Path(folder))
        assert Account in map(type, items)
        assert len(items) > 1
