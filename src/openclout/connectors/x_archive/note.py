"""Long posts: tweets.js holds their opening only, note-tweet.js the whole text.

A note has an id of its own, which is not the tweet's: they are matched by the second in which they
were written and by how they begin.
"""

import html
import re
from collections import defaultdict
from collections.abc import Iterable
from datetime import datetime
from typing import Any

_ANSWERED = re.compile(r"^(?:@\w+\s+)+")
_CUT = re.compile(r"…|https?://")
_OPENING = 40  # characters; X cuts the text in tweets.js after about 280
_DRIFT = (0, -1, 1, -2, 2)  # seconds between the two files' clocks

Notes = dict[int, list[str]]
"""Whole texts by the Unix second of their creation."""


def index_notes(entries: Iterable[object]) -> Notes:
    """Gather the whole texts of note-tweet.js."""
    notes: Notes = defaultdict(list)
    for entry in entries:
        note = entry.get("noteTweet", entry) if isinstance(entry, dict) else None
        if isinstance(note, dict) and (text := _text(note)) and (second := _second(note)):
            notes[second].append(html.unescape(text))
    return dict(notes)


def whole_text(text: str, published: datetime, notes: Notes) -> str:
    """Give the note's text where a note begins like `text` and was written at the same time."""
    opening = _opening(text)
    for drift in _DRIFT:
        for note in notes.get(int(published.timestamp()) + drift, ()):
            if len(note) > len(opening) and _opening(note).startswith(opening):
                return note
    return text


def _opening(text: str) -> str:
    return _CUT.split(_ANSWERED.sub("", text), maxsplit=1)[0].strip()[:_OPENING]


def _text(note: dict[str, Any]) -> str | None:
    core = note.get("core")
    text = core.get("text") if isinstance(core, dict) else None
    return text if isinstance(text, str) else None


def _second(note: dict[str, Any]) -> int | None:
    try:
        return int(datetime.fromisoformat(str(note.get("createdAt"))).timestamp())
    except ValueError:
        return None
