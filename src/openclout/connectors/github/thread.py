"""An issue or pull with what was said and done in it, read into posts and acts."""

from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from typing import Any

from openclout.connector import Item, Reject
from openclout.connectors.github.act import (
    Context,
    Thread,
    read_comment,
    read_event,
    read_line,
    read_merge,
    read_review,
    read_top,
)
from openclout.connectors.github.shape import Raw, sort_of

Reader = Callable[[Raw, Thread, Context], Iterator[Item]]

_READERS: dict[str, Reader] = {
    "comment": read_comment,
    "review": read_review,
    "line": read_line,
}
_DATA = ("comment_regular_data", "comment_data", "review_data", "event_data")  # github-backup's
_FIX = "export it again from GitHub's REST API"


@dataclass(slots=True)
class _Parts:
    """What belongs to a thread, each once: first what was written, then what was done."""

    written: list[tuple[str, Raw]] = field(default_factory=list)
    events: list[tuple[str, Raw]] = field(default_factory=list)
    others: list[tuple[str, object]] = field(default_factory=list)
    repeated: int = 0


def read_thread(place: str, raw: Raw, context: Context) -> Iterator[Item]:
    """Read an issue or pull with its comments, reviews and events, from any of three layouts.

    `{"type": "pull", "pull": …, "events": […], "comments": […]}`, python github-backup's
    `{…, "comment_data": […], …}`, or the bare object of the REST API.
    """
    wrapped = is_wrapped(raw)
    top = raw[raw["type"]] if wrapped else raw
    thread = Thread(str(top.get("html_url")))
    parts = _sort(place, raw, ("events", "comments") if wrapped else _DATA)
    context.unread["repeated"] += parts.repeated
    for where, other in parts.others:
        yield _reject(where, other, "it is no comment, review or event")
    tops = list(_guarded(place, top, read_top, thread, context))
    yield from tops
    if isinstance(tops[-1], Reject):
        yield from _read_orphans(parts, context)
        return
    for where, part in sorted(parts.written, key=_moment):
        yield from _guarded(where, part, _READERS[sort_of(part)], thread, context)
    for where, event in parts.events:
        yield from _guarded(where, event, read_event, thread, context)
    if top.get("merged_at") and not thread.merged:
        yield from _guarded(place, top, read_merge, thread, context)


def _read_orphans(parts: _Parts, context: Context) -> Iterator[Item]:
    """Read what was written in an issue that cannot be used itself."""
    context.unread.update(f"{event.get('event')} without its issue" for _, event in parts.events)
    for where, part in parts.written:
        yield from read_alone(where, part, context)


def read_alone(place: str, raw: Raw, context: Context) -> Iterator[Item]:
    """Read a comment or review that was exported without its thread.

    Whom it answers is found by its object, as soon as the thread is imported.
    """
    thread = Thread(str(raw.get("html_url")).partition("#")[0])
    yield from _guarded(place, raw, _READERS[sort_of(raw)], thread, context)


def is_wrapped(raw: Raw) -> bool:
    """Tell whether this is an issue or pull laid beside its events and comments."""
    return raw.get("type") in ("issue", "pull") and isinstance(raw.get(raw["type"]), dict)


def _sort(place: str, raw: Raw, keys: tuple[str, ...]) -> _Parts:
    parts, seen = _Parts(), set[str]()
    for where, part in _members(place, raw, keys):
        sort = sort_of(part) if isinstance(part, dict) else ""
        if sort in _READERS:
            link = part["html_url"]
            parts.repeated += link in seen
            parts.written += [] if link in seen else [(where, part)]
            seen.add(link)
        elif sort == "event":
            parts.events.append((where, part))
        else:
            parts.others.append((where, part))
    return parts


def _members(place: str, raw: Raw, keys: tuple[str, ...]) -> Iterator[tuple[str, Any]]:
    """Give the parts of a thread; a timeline wraps line comments into events of their own."""
    for key in keys:
        values = raw.get(key)
        if values is not None and not isinstance(values, list):
            yield f"{place}, {key}", values
            continue
        for number, value in enumerate(values or [], start=1):
            where = f"{place}, {key} {number}"
            inner = value.get("comments") if isinstance(value, dict) else None
            if isinstance(inner, list):
                yield from ((f"{where}.{n}", comment) for n, comment in enumerate(inner, start=1))
            else:
                yield where, value


def _moment(entry: tuple[str, Raw]) -> str:
    """Order what was written by time, so that what is answered is known before its answers."""
    raw = entry[1]
    return str(raw.get("created_at") or raw.get("submitted_at"))


def _guarded(
    place: str, raw: Raw, reader: Reader, thread: Thread, context: Context
) -> Iterator[Item]:
    """Read one object whole or reject it whole."""
    try:
        yield from list(reader(raw, thread, context))
    except (ValueError, TypeError, AttributeError) as error:
        reason, *value = error.args
        yield _reject(place, value[0] if value else raw, str(reason))


def _reject(place: str, value: object, reason: str) -> Reject:
    link = value.get("html_url") if isinstance(value, dict) else None
    return Reject(place, str(link or value)[:200], reason, _FIX)


def unread_words(counts: Counter[str]) -> str:
    """List what was no act upon anybody, most first."""
    return ", ".join(f"{word} {count:,}" for word, count in sorted(counts.items(), key=_most))


def _most(entry: tuple[str, int]) -> tuple[int, str]:
    return -entry[1], entry[0]
