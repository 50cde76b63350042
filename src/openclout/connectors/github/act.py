"""What people write and do in an issue or pull, one object of GitHub's at a time.

Every reader takes the object, the thread that it belongs to and the reading's context, gives
records, and raises ValueError where the object cannot be used.
"""

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import datetime

from openclout.connector import Item
from openclout.connectors.github.mention import Words, find_words
from openclout.connectors.github.people import People
from openclout.connectors.github.shape import Raw, counts_in, link_in, tags_in, text_in, time_in
from openclout.vocabulary.interaction import Interaction
from openclout.vocabulary.post import Post

_LIKES = ("+1", "heart", "hooray", "rocket", "laugh", "eyes")
_DISLIKES = ("-1", "confused")


@dataclass(slots=True)
class Context:
    """What a reading keeps from thread to thread; `unread` counts what is no act upon anybody."""

    network: str
    people: People
    unread: Counter[str] = field(default_factory=Counter)


@dataclass(slots=True)
class Thread:
    """An issue or pull as far as it is known: of a lone comment's thread only the link."""

    link: str
    author: str | None = None
    authors: dict[str, str | None] = field(default_factory=dict)
    words: list[Words] = field(default_factory=list)
    merged: bool = False


@dataclass(frozen=True, slots=True)
class _Writing:
    """What somebody wrote; `author` is None where the account was deleted."""

    link: str
    author: str | None
    published: datetime
    text: str


def read_top(raw: Raw, thread: Thread, context: Context) -> Iterator[Item]:
    """Read the issue or pull itself."""
    writing = _writing(raw, thread, context)
    thread.author = writing.author
    title = text_in(raw, "title")
    yield Post(
        network=context.network,
        id=writing.link,
        author=writing.author,
        published=writing.published,
        text=f"{title}\n\n{writing.text}".strip(),
        tags=tags_in(raw),
        url=writing.link,
    )
    yield from _reactions(raw, writing, context)


def read_comment(raw: Raw, thread: Thread, context: Context) -> Iterator[Item]:
    """Read a comment: a reply upon the thread's author."""
    writing = _writing(raw, thread, context)
    yield _post(writing, thread.link, context)
    yield _upon("reply", writing, thread.author, thread.link, context)
    yield from _reactions(raw, writing, context)


def read_line(raw: Raw, thread: Thread, context: Context) -> Iterator[Item]:
    """Read a comment on a line: a reply upon the answered comment's, else the pull's author."""
    writing = _writing(raw, thread, context)
    answered = raw.get("in_reply_to_id")
    link = f"{thread.link}#discussion_r{answered}" if answered else thread.link
    author = thread.authors.get(link) if answered else thread.author
    yield _post(writing, link, context)
    yield _upon("reply", writing, author, link, context)
    yield from _reactions(raw, writing, context)


def read_review(raw: Raw, thread: Thread, context: Context) -> Iterator[Item]:
    """Read a review: an approval accepts, anything else with words of its own replies.

    A review that only wraps comments on lines is no act of its own, and a draft is none yet.
    """
    state = text_in(raw, "state").upper()
    if state == "PENDING":
        context.unread["draft of a review"] += 1
        return
    writing = _writing(raw, thread, context)
    if state == "COMMENTED" and not writing.text.strip():
        context.unread["review that only wraps comments"] += 1
        return
    if writing.text.strip():
        yield _post(writing, thread.link, context)
    kind = "accept" if state == "APPROVED" else "reply"
    yield _upon(kind, writing, thread.author, thread.link, context)
    yield from _reactions(raw, writing, context)


def read_event(raw: Raw, thread: Thread, context: Context) -> Iterator[Item]:
    """Read an event: mentions, merges and references from elsewhere are acts, nothing else is."""
    word = text_in(raw, "event")
    if word == "mentioned":
        yield from _mention(raw, thread, context)
    elif word == "merged":
        thread.merged = True
        yield _merge(raw.get("actor"), time_in(raw), thread, context)
    elif word in ("commented", "reviewed"):  # with a link they were taken for what they wrap
        link_in(raw)
    elif word == "cross-referenced":
        yield _reference(raw, thread, context)
    else:
        context.unread[word] += 1


def read_merge(raw: Raw, thread: Thread, context: Context) -> Iterator[Item]:
    """Read from the pull itself that it was merged; lists of pulls do not tell by whom."""
    moment = time_in({"created_at": raw["merged_at"]})
    yield _merge(raw.get("merged_by"), moment, thread, context)


def _writing(raw: Raw, thread: Thread, context: Context) -> _Writing:
    """Take what was written, and remember it for mentions and answers."""
    link, published, text = link_in(raw), time_in(raw), text_in(raw, "body")
    writing = _Writing(link, context.people.id_of(raw.get("user")), published, text)
    thread.authors[link] = writing.author
    thread.words.append(Words(writing.author, published, text))
    return writing


def _post(writing: _Writing, answered: str, context: Context) -> Post:
    return Post(
        network=context.network,
        id=writing.link,
        author=writing.author,
        published=writing.published,
        text=writing.text or None,
        in_reply_to=answered,
        url=writing.link,
    )


def _upon(
    kind: str, writing: _Writing, target: str | None, link: str, context: Context
) -> Interaction:
    return Interaction(
        network=context.network,
        kind=kind,
        source=writing.author,
        target=target,
        published=writing.published,
        object=link,
        id=writing.link,
    )


def _reactions(raw: Raw, writing: _Writing, context: Context) -> Iterator[Interaction]:
    """Give the counts of emoji as anonymous likes at the time of writing, the only one known.

    Disapproval is kept with a negative value, never counted.
    """
    for words, mark, value in ((_LIKES, "likes", None), (_DISLIKES, "dislikes", -1.0)):
        count = counts_in(raw, words)
        if count > 0:
            yield Interaction(
                network=context.network,
                kind="like",
                source=None,
                target=writing.author,
                published=writing.published,
                object=writing.link,
                id=_mark(writing.link, mark),
                count=count,
                value=value,
            )


def _mention(raw: Raw, thread: Thread, context: Context) -> Iterator[Interaction]:
    mentioned, moment = context.people.id_of(raw.get("actor")), time_in(raw)
    if mentioned is None:
        context.unread["mention of a deleted account"] += 1
        return
    words = find_words(str(raw["actor"].get("login")), moment, thread.words)
    if words is None:
        context.unread["mention in words that are gone"] += 1
        return
    yield Interaction(
        network=context.network,
        kind="mention",
        source=words.author,
        target=mentioned,
        published=moment,
        id=_mark(thread.link, f"event-{raw.get('id')}"),
    )


def _merge(merger: object, moment: datetime, thread: Thread, context: Context) -> Interaction:
    return Interaction(
        network=context.network,
        kind="accept",
        source=context.people.id_of(merger),
        target=thread.author,
        published=moment,
        object=thread.link,
        id=_mark(thread.link, "merged"),
    )


def _reference(raw: Raw, thread: Thread, context: Context) -> Interaction:
    """Read a link from another issue or pull, whose words stand in that one's own export."""
    source = raw.get("source") or {}
    origin = source.get("issue") or {}
    return Interaction(
        network=context.network,
        kind="link",
        source=context.people.id_of(raw.get("actor")),
        target=thread.author,
        published=time_in(raw),
        object=thread.link,
        id=_mark(thread.link, f"referenced-by-{link_in(origin)}"),
    )


def _mark(link: str, mark: str) -> str:
    """Make an id below a link, which may have a fragment already."""
    return f"{link}{'&' if '#' in link else '#'}{mark}"
