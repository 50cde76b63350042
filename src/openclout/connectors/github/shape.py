"""What GitHub's objects are and hold, checked.

A ValueError says in words what is wrong, and with a second argument which value it is.

https://docs.github.com/en/rest/issues, …/pulls; a timeline's events as in …/rest/issues/timeline.
"""

import re
from datetime import UTC, datetime
from typing import Any

Raw = dict[str, Any]

_FRAGMENTS = {"issuecomment-": "comment", "pullrequestreview-": "review", "discussion_r": "line"}
_THREAD = re.compile(r"https?://\S+/(?:issues|pull)/\d+")


def sort_of(raw: Raw) -> str:
    """Tell what an object is: thread, comment, review, line, event, person, or "" for none of them.

    A thread is an issue or pull, a line a comment on a line of a pull's changes. A timeline's
    events "commented" and "reviewed" are the comment and the review themselves.
    """
    link = raw.get("html_url")
    base, _, fragment = link.partition("#") if isinstance(link, str) else ("", "", "")
    for start, sort in _FRAGMENTS.items():
        if fragment.startswith(start):
            return sort
    if "event" in raw:
        return "event"
    if "number" in raw and "title" in raw and _THREAD.fullmatch(base):
        return "thread"
    return "person" if "login" in raw and "type" in raw else ""


def link_in(raw: Raw) -> str:
    """Give the object's own address on GitHub, which is its id here."""
    link = raw.get("html_url")
    if not isinstance(link, str) or not link.startswith("http"):
        if link is None:
            raise ValueError("html_url is missing")
        raise ValueError("html_url is no link", link)
    return link


def time_in(raw: Raw) -> datetime:
    """Give the moment of writing; a review has `submitted_at` in place of `created_at`."""
    text = raw.get("created_at") or raw.get("submitted_at")
    if text is None:
        raise ValueError("created_at is missing")
    try:
        moment = datetime.fromisoformat(str(text))
    except ValueError:
        raise ValueError("created_at is not a time", text) from None
    return moment if moment.tzinfo else moment.replace(tzinfo=UTC)


def text_in(raw: Raw, key: str) -> str:
    """Give a text, "" where it is null or absent."""
    text = raw.get(key)
    if text is not None and not isinstance(text, str):
        raise ValueError(f"{key} is not a text")
    return text or ""


def list_in(raw: Raw, key: str) -> list[Any]:
    """Give a list, empty where it is null or absent."""
    values = raw.get(key)
    if values is not None and not isinstance(values, list):
        raise ValueError(f"{key} is not a list")
    return values or []


def tags_in(raw: Raw) -> tuple[str, ...]:
    """Give the labels' names; blanks become hyphens, since a tag is one word."""
    labels = list_in(raw, "labels")
    names = [label.get("name") if isinstance(label, dict) else label for label in labels]
    return tuple("-".join(str(name).split()) for name in names if name)


def counts_in(raw: Raw, words: tuple[str, ...]) -> int:
    """Sum up some of the reactions; GitHub tells how many there are of each, not whose."""
    reactions = raw.get("reactions") or {}
    if not isinstance(reactions, dict):
        raise ValueError("reactions is not an object")
    counts = [reactions.get(word) or 0 for word in words]
    if not all(isinstance(count, int) for count in counts):
        raise ValueError("reactions are not numbers")
    return sum(counts)
