"""ActivityStreams 2: the wishes of accounts, third parties, and other people's vectors."""

import tarfile
from collections import Counter
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.connectors.test_activitystreams import (
    ANN,
    BOB,
    FIXTURES,
    GRANARY,
    PUBLIC,
    Json,
    act,
    acts,
    collection,
    create,
    export,
    keyed,
    note,
    read,
    read_json,
)

from openclout.connectors.activitystreams import CONNECTOR, MASTODON
from openclout.connectors.activitystreams.act import read_item
from openclout.connectors.activitystreams.scene import Scene
from openclout.vocabulary.post import Post

# --- the wishes of accounts, and third parties


@pytest.mark.parametrize(
    "wish", [{"discoverable": False}, {"summary": "<p>#<span>nobot</span></p>"},
             {"summary": "noindex please"}, {"tag": [{"type": "Hashtag", "name": "#nobot"}]}]
)  # fmt: skip
def test_who_asks_not_to_be_listed_is_kept_under_a_key(tmp_path: Path, wish: Json) -> None:
    ann = {"type": "Person", "id": ANN, "preferredUsername": "ann", **wish}
    items, _ = read_json(collection(ann, note(1), act("Like", f"{ANN}/statuses/1")), tmp_path)
    assert len(items) == 1
    assert acts(items) == [("like", BOB, keyed("", ANN), keyed("", f"{ANN}/statuses/1"))]
    assert "ann" not in repr(items)


@pytest.mark.parametrize("wish", [{"indexable": False}, {"discoverable": False}])
def test_the_texts_of_who_asks_not_to_be_indexed_are_not_kept(tmp_path: Path, wish: Json) -> None:
    source = export(tmp_path, collection(create(note(1))), **wish)
    items, notes = read(MASTODON, source, tmp_path)
    assert [post.text for post in items if isinstance(post, Post)] == [None]
    assert "asks not to be indexed" in notes[0]


PRIVATE = ("surprise", "publicKey", "dan", "ann.example/users")
OTHERS = ("bob", "cat", "eve", "dan", "6f1c2f0e", "other.example")


def test_nothing_private_and_nobody_else_leaves_an_export(tmp_path: Path) -> None:
    items, notes = read(MASTODON, FIXTURES / "mastodon", tmp_path)
    told = " ".join(map(repr, [*items, *notes])).lower()
    assert "@ann" in told
    assert not [secret for secret in (*PRIVATE, *OTHERS) if secret in told]


HANDLES = st.from_regex(r"zz[a-z0-9_]{2,13}", fullmatch=True)
TEXTS = st.sampled_from(
    ["<p>@{} hello</p>", "<p>@<span>{}</span></p>", "hello @{}@zz.example!", "(＠{})",
     "https://social.example/@{}/12", "https://social.example/users/{}", "@{0}, @{0}.", "@ann @{}"]
)  # fmt: skip


@given(handle=HANDLES, text=TEXTS, style=st.sampled_from(["/users/{}/statuses/7", "/@{}/7"]))
def test_no_record_holds_a_third_partys_handle(handle: str, text: str, style: str) -> None:
    other = f"https://zz.example{style.format(handle)}"
    mention = {
        "type": "Mention",
        "href": f"https://zz.example/users/{handle}",
        "name": f"@{handle}",
    }
    said = note(1, content=text.format(handle), inReplyTo=other, tag=[mention], quoteUrl=other)
    boost = act("Announce", other, actor=ANN, to=[PUBLIC], cc=[mention["href"]])
    scene = Scene("mastodon", keyed, ANN)
    items = [item for act in (create(said), boost) for item in read_item(act, "outbox", scene)]
    assert {kind for kind, *_ in acts(items)} == {"reply", "quote", "share"}
    assert handle not in repr(items)
    assert "zz.example" not in repr(items)


# --- other people's vectors


@pytest.mark.shared
@pytest.mark.skipif(not GRANARY.exists(), reason="shared data not present")
def test_granarys_vectors_are_read(tmp_path: Path) -> None:
    with tarfile.open(GRANARY) as packed:
        packed.extractall(tmp_path / "granary", filter="data")
    found: Counter[str] = Counter()
    for number, path in enumerate(sorted((tmp_path / "granary").rglob("*.as2*.json"))):
        (tmp_path / str(number)).mkdir()
        items, notes = read(CONNECTOR, path, tmp_path / str(number))
        assert items or notes, path.name
        found.update(type(item).__name__ for item in items)
    assert found == {"Account": 18, "Post": 15, "Interaction": 4, "Reject": 14}
