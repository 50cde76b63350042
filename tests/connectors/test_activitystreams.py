"""ActivityStreams 2 where it is broken or private, and against granary's vectors."""

import gzip
import json
import tarfile
import tempfile
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from openclout.bundle import Bundle, open_bundle
from openclout.connector import Connector, Item, Reading, Reject
from openclout.connectors import activitystreams
from openclout.connectors.activitystreams import CONNECTOR, MASTODON
from openclout.errors import InputError
from openclout.settings import MIB, Settings
from openclout.vocabulary.account import Account
from openclout.vocabulary.interaction import Interaction
from openclout.vocabulary.post import Post

FIXTURES = Path(activitystreams.__file__).parent / "fixtures"
GRANARY = Path(__file__).resolve().parents[2] / "../shared/data/wire/granary.tar.xz"
SETTINGS = Settings(data=Path("unused"), threads=1, memory=512 * MIB)
CONTEXT = "https://www.w3.org/ns/activitystreams"
PUBLIC = f"{CONTEXT}#Public"
ANN, BOB = "https://social.example/users/ann", "https://social.example/users/bob"
TIME = "2025-03-01T08:00:00Z"

Json = dict[str, Any]


def collection(*items: object, **more: Any) -> Json:
    return {"@context": CONTEXT, "type": "OrderedCollection", "orderedItems": items, **more}


def act(kind: str, thing: object, **more: Any) -> Json:
    return {"type": kind, "actor": BOB, "object": thing, "published": TIME, **more}


def note(number: int, **more: Any) -> Json:
    told = {"id": f"{ANN}/statuses/{number}", "type": "Note", "attributedTo": ANN}
    return {**told, "published": TIME, "content": "hello", **more}


def bundle_of(source: Path, tmp_path: Path) -> Bundle:
    scratch = tmp_path / "scratch"
    scratch.mkdir()
    return open_bundle(source, scratch, SETTINGS)


def keyed(network: str, third_party: str) -> str:
    return f"~{len(third_party)}{sum(third_party.encode())}"


def read(
    connector: Connector, source: Path, tmp_path: Path, network: str = ""
) -> tuple[list[Item], list[str]]:
    told: list[str] = []
    now = datetime(2026, 1, 1, tzinfo=UTC)
    reading = Reading(now=now, keyed=keyed, network=network, note=told.append)
    return list(connector.read(bundle_of(source, tmp_path), reading)), told


def read_json(value: object, tmp_path: Path) -> tuple[list[Item], list[str]]:
    (tmp_path / "page.json").write_text(json.dumps(value))
    return read(CONNECTOR, tmp_path / "page.json", tmp_path)


def acts(items: list[Item]) -> list[tuple[str, str | None, str | None, str | None]]:
    found = [item for item in items if isinstance(item, Interaction)]
    return [(item.kind, item.source, item.target, item.object) for item in found]


def rejects(items: list[Item]) -> list[Reject]:
    return [item for item in items if isinstance(item, Reject)]


def export(tmp_path: Path, outbox: object, **actor: Any) -> Path:
    folder = tmp_path / "export"
    folder.mkdir()
    told = {"@context": CONTEXT, "id": ANN, "type": "Person", "preferredUsername": "ann"}
    (folder / "actor.json").write_text(json.dumps({**told, **actor}))
    text = outbox if isinstance(outbox, str) else json.dumps(outbox)
    (folder / "outbox.json").write_text(text)
    return folder


def create(thing: Json) -> Json:
    told = {"id": f"{thing['id']}/activity", "type": "Create", "actor": ANN, "published": TIME}
    return {**told, "to": [PUBLIC], "object": {**thing, "to": [PUBLIC]}}


# --- recognising


def test_a_packed_mastodon_export_is_recognised_and_is_no_mere_collection(tmp_path: Path) -> None:
    with tarfile.open(tmp_path / "archive.tar.gz", "w:gz") as packed:
        packed.add(FIXTURES / "mastodon", arcname="")
    bundle = bundle_of(tmp_path / "archive.tar.gz", tmp_path)
    assert MASTODON.recognise(bundle) == "a Mastodon export of @ann@social.example"
    assert CONNECTOR.recognise(bundle) is None


def test_pages_in_a_folder_are_one_input(tmp_path: Path) -> None:
    folder = tmp_path / "pages"
    folder.mkdir()
    (folder / "1.json").write_text(json.dumps(collection(act("Like", f"{ANN}/statuses/2"))))
    (folder / "2.json").write_text(json.dumps(collection(note(2))))
    (folder / "package.json").write_text('{"name": "no ActivityStreams"}')
    assert CONNECTOR.recognise(bundle_of(folder, tmp_path)) == (
        "ActivityStreams 2 (1.json and 1 more)"
    )
    (tmp_path / "scratch").rmdir()
    items, _ = read(CONNECTOR, folder, tmp_path)
    assert acts(items) == [("like", BOB, ANN, f"{ANN}/statuses/2")]
    assert not rejects(items)


@pytest.mark.parametrize(
    "text",
    [
        '{"type": "Collection", "stac_version": "1.0.0", "links": []}',
        '{"@context": "http://iiif.io/api/presentation/3/context.json", "type": "Collection"}',
        '[{"html_url": "https://github.example", "body": "see https://www.w3.org/ns/activitystreams"}]',
        "{",
        "id,type\n1,Collection\n",
    ],
)
def test_other_json_is_not_recognised(tmp_path: Path, text: str) -> None:
    (tmp_path / "other.json").write_text(text)
    assert CONNECTOR.recognise(bundle_of(tmp_path / "other.json", tmp_path)) is None


# --- broken input


def test_a_truncated_collection_gives_what_came_before_and_says_where(tmp_path: Path) -> None:
    text = json.dumps(collection(*[act("Like", note(n)) for n in range(1, 6)]), indent=1)
    (tmp_path / "page.json").write_text(text[:-40])
    items, _ = read(CONNECTOR, tmp_path / "page.json", tmp_path)
    assert len(acts(items)) == 4
    [reject] = rejects(items)
    assert reject.place.startswith("page.json, line ")
    assert "after 4 whole entries" in reject.reason
    assert reject.fix.endswith("; the 4 entries are used")


@pytest.mark.parametrize(
    "content", [b"", b"\xff\xfe{", b"[" * 100_000, b'{"orderedItems": [' + b"[" * 100_000]
)
def test_a_file_without_json_is_rejected(tmp_path: Path, content: bytes) -> None:
    (tmp_path / "page.json.gz").write_bytes(gzip.compress(content))
    items, _ = read(CONNECTOR, tmp_path / "page.json.gz", tmp_path)
    assert [reject.place for reject in rejects(items)] == ["page.json.gz, line 1"]


def test_a_collection_that_is_not_utf_8_says_so(tmp_path: Path) -> None:
    text = json.dumps(collection(note(1, content="Caf?"))).replace("?", "\xe9")
    (tmp_path / "page.json").write_bytes(text.encode("latin-1"))
    items, _ = read(CONNECTOR, tmp_path / "page.json", tmp_path)
    assert [post.text for post in items if isinstance(post, Post)] == ["Caf\ufffd"]
    assert "not UTF-8" in rejects(items)[0].reason


def test_half_an_emoji_is_replaced(tmp_path: Path) -> None:
    text = json.dumps(collection(note(1, content="cut ?"))).replace("?", "\\ud83d")
    (tmp_path / "page.json").write_text(text)
    items, _ = read(CONNECTOR, tmp_path / "page.json", tmp_path)
    assert [post.text for post in items if isinstance(post, Post)] == ["cut \ufffd"]


@pytest.mark.parametrize(
    ("item", "reason"),
    [
        ({"id": "x"}, "the item has no type"),
        ({"type": "Note", "content": "hello"}, "the post has no id"),
        ({"type": "Like", "object": "x", "published": TIME}, "the activity has no actor"),
        ({"type": "Like", "actor": BOB, "published": TIME}, "the activity has no object"),
        ({"type": "Organization", "name": "Nowhere"}, "the actor has no id"),
    ],
)
def test_a_bad_item_is_rejected_with_its_place(tmp_path: Path, item: Json, reason: str) -> None:
    items, _ = read_json(collection(note(1), item, note(3)), tmp_path)
    assert [post.id[-1] for post in items if isinstance(post, Post)] == ["1", "3"]
    assert [(reject.place, reject.reason) for reject in rejects(items)] == [
        ("page.json, item 2", reason)
    ]


KEYS = st.sampled_from(
    ["type", "id", "url", "actor", "object", "attributedTo", "to", "cc", "tag", "inReplyTo",
     "published", "content", "contentMap", "summary", "name", "quote", "likes", "items", "first",
     "orderedItems", "totalItems", "href", "preferredUsername", "webfinger", "followers", "@type"]
)  # fmt: skip
WORDS = st.sampled_from(
    ["Note", "Create", "Like", "Person", "Undo", "Announce", "Collection", BOB, ANN, PUBLIC, TIME]
)
SHAPES = st.recursive(
    st.none() | st.booleans() | st.integers(-1, 10**18) | st.text(max_size=8) | WORDS,
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(KEYS, inner | WORDS, max_size=6),
    max_leaves=20,
)


@given(SHAPES, st.sampled_from([CONNECTOR, MASTODON]))
def test_no_json_however_shaped_stops_a_reading(value: object, connector: Connector) -> None:
    with tempfile.TemporaryDirectory() as folder:
        source = export(Path(folder), [value])
        items, _ = read(connector, source, Path(folder))
        assert Account in map(type, items)
        assert not [item for item in rejects(items) if "whole entries" in item.reason]


def test_an_export_without_an_owner_is_refused(tmp_path: Path) -> None:
    with pytest.raises(InputError, match=r"actor\.json does not tell whose export this is"):
        read(MASTODON, export(tmp_path, collection(), id=None), tmp_path)


def test_exports_of_two_accounts_are_refused(tmp_path: Path) -> None:
    folder = export(tmp_path, collection())
    (folder / "bob").mkdir()
    (folder / "bob/actor.json").write_text(json.dumps({"id": BOB, "type": "Person"}))
    with pytest.raises(InputError, match="there are exports of 2 accounts"):
        read(MASTODON, folder, tmp_path)


def test_a_broken_outbox_gives_what_came_before(tmp_path: Path) -> None:
    text = json.dumps(collection(*[create(note(n)) for n in range(1, 4)]))
    items, _ = read(MASTODON, export(tmp_path, text[:-30]), tmp_path)
    assert [post.id[-1] for post in items if isinstance(post, Post)] == ["1", "2"]
    assert rejects(items)[0].place == "export/outbox.json, line 1"


# --- what is public


@pytest.mark.parametrize("word", [PUBLIC, "as:Public", "Public"])
@pytest.mark.parametrize("key", ["to", "cc"])
def test_public_is_public_in_all_its_spellings(tmp_path: Path, word: str, key: str) -> None:
    items, _ = read_json(collection(note(1, **{key: ["https://x.example", word]})), tmp_path)
    assert len(items) == 1


@pytest.mark.parametrize(
    "private",
    [
        note(1, to=[BOB]),
        note(1, to=f"{ANN}/followers", cc=[]),
        note(1, bto=[BOB]),
        note(1, to=[]),
        act("Create", note(1, to=[BOB]), to=[PUBLIC]),
        act("Create", note(1, to=[PUBLIC]), to=[BOB]),
        act("Like", f"{ANN}/statuses/2", to=[ANN]),
    ],
)
def test_what_is_not_for_the_public_is_left_out_and_counted(tmp_path: Path, private: Json) -> None:
    items, notes = read_json(collection(private), tmp_path)
    assert not items
    assert notes == ["left out 1: not public"]


def test_an_export_keeps_nothing_that_does_not_say_it_is_public(tmp_path: Path) -> None:
    items, notes = read(MASTODON, export(tmp_path, collection(note(1))), tmp_path)
    assert [type(item) for item in items] == [Account]
    assert notes == ["left out 1: not public"]


# --- taking back


def test_what_was_undone_or_deleted_is_not_read(tmp_path: Path) -> None:
    like = act("Like", f"{ANN}/statuses/2", id="https://social.example/likes/1")
    undo = act("Undo", "https://social.example/likes/1")
    gone = {"id": f"{ANN}/statuses/9", "type": "Tombstone"}
    delete = {"type": "Delete", "actor": ANN, "object": gone}
    reply = {"inReplyTo": f"{BOB}/statuses/4"}
    items, notes = read_json(collection(delete, undo, like, note(9, **reply)), tmp_path)
    assert not items
    assert notes == ["left out 2: taking something back", "left out 2: undone or deleted later"]


def test_a_stranger_cannot_take_back_what_others_did(tmp_path: Path) -> None:
    like = act("Like", f"{ANN}/statuses/2", id="https://social.example/likes/1")
    undo = act("Undo", "https://social.example/likes/1", actor="https://eve.example/users/eve")
    items, _ = read_json(collection(undo, like), tmp_path)
    assert len(acts(items)) == 1


def test_an_undo_without_an_id_takes_back_only_what_came_before(tmp_path: Path) -> None:
    first, again = act("Follow", ANN), act("Follow", ANN, published="2025-03-03T08:00:00Z")
    undo = act("Undo", {"type": "Follow", "actor": BOB, "object": ANN})
    undo["published"] = "2025-03-02T08:00:00Z"
    items, _ = read_json(collection(again, undo, first), tmp_path)
    kept = [item.published for item in items if isinstance(item, Interaction)]
    assert kept == ["2025-03-03T08:00:00Z"]


def test_a_deleted_account_is_gone_with_all_it_did(tmp_path: Path) -> None:
    delete = {"type": "Delete", "actor": BOB, "object": BOB}
    items, _ = read_json(collection(act("Like", note(1)), delete), tmp_path)
    assert not items


# --- acts


@pytest.mark.parametrize(
    ("item", "expected"),
    [
        (act("Announce", "https://o.example/objects/1", cc=[ANN, PUBLIC, f"{BOB}/followers"]),
         ("share", BOB, ANN, "https://o.example/objects/1")),
        (act("Announce", "https://o.example/objects/1"),
         ("share", BOB, None, "https://o.example/objects/1")),
        (act("Like", "https://social.example/@ann/5"),
         ("like", BOB, ANN, "https://social.example/@ann/5")),
        (act("Like", f"{ANN}/statuses/5"), ("like", BOB, ANN, f"{ANN}/statuses/5")),
        (act("EmojiReact", note(5)), ("like", BOB, ANN, f"{ANN}/statuses/5")),
        (act("View", note(5)), ("view", BOB, ANN, f"{ANN}/statuses/5")),
        (act("Accept", {"type": "Event", "id": "https://o.example/e", "attributedTo": ANN}),
         ("accept", BOB, ANN, "https://o.example/e")),
        (act("Add", ANN), ("list", BOB, ANN, None)),
        (act("Follow", {"type": "Person", "url": "https://social.example/@ann"}),
         ("follow", BOB, ANN, None)),
        (act("Announce", act("Like", note(5)), actor="https://g.example/c/group"),
         ("like", BOB, ANN, f"{ANN}/statuses/5")),
    ],
)  # fmt: skip
def test_an_activity_is_an_act_upon_somebody(
    tmp_path: Path, item: Json, expected: tuple[str, ...]
) -> None:
    items, _ = read_json(collection(item), tmp_path)
    assert acts(items) == [expected]


def test_a_dislike_is_a_like_of_negative_value(tmp_path: Path) -> None:
    items, _ = read_json(collection(act("Dislike", note(5))), tmp_path)
    assert [item.value for item in items if isinstance(item, Interaction)] == [-1.0]


def test_the_network_can_be_named_by_the_user(tmp_path: Path) -> None:
    items, _ = read(CONNECTOR, FIXTURES / "community.json", tmp_path, network="mastodon")
    assert {item.network for item in items if not isinstance(item, Reject)} == {"mastodon"}  # type: ignore[union-attr]


def test_a_page_that_is_not_the_whole_collection_says_so(tmp_path: Path) -> None:
    _, notes = read_json(collection(note(1), totalItems=340), tmp_path)
    assert notes == ["page.json holds 1 of 340 items; the others are on further pages"]
