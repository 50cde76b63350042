"""A tweet's JSON, taken with care: any field may be absent or of another type."""

import html
from datetime import UTC, datetime, timedelta
from typing import Any

_MONTHS = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"]


def objects(value: object, *path: str) -> list[dict[str, Any]]:
    """Give the JSON objects in the list at `path`; none where there is no such list."""
    for key in path:
        value = value.get(key) if isinstance(value, dict) else None
    return [entry for entry in value if isinstance(entry, dict)] if isinstance(value, list) else []


def number(value: dict[str, Any], key: str) -> str | None:
    """Give an id as digits, from `key_str` or `key`; X writes -1 for accounts that are gone."""
    for candidate in (value.get(f"{key}_str"), value.get(key)):
        if str(candidate).isascii() and str(candidate).isdigit():
            return str(candidate)
    return None


def text_of(tweet: dict[str, Any]) -> str:
    """Give a tweet's text; X writes `&`, `<` and `>` as HTML entities."""
    text = tweet.get("full_text") or tweet.get("text")
    return html.unescape(text) if isinstance(text, str) else ""


def time_of(said: object) -> datetime:
    """Read `Wed Oct 10 20:19:24 +0000 2018` (English whatever the locale) or ISO 8601.

    Raises ValueError.
    """
    text = str(said or "")
    if text[:1].isdigit():
        moment = datetime.fromisoformat(text.replace(" +", "+").replace(" -", "-"))
        return moment.replace(tzinfo=UTC) if moment.tzinfo is None else moment.astimezone(UTC)
    _, month, day, clock, offset, year = text.split()
    hour, minute, second = (int(part) for part in clock.split(":"))
    east = timedelta(hours=int(offset[:3]), minutes=int(offset[0] + offset[3:]))
    at = datetime(int(year), _MONTHS.index(month) + 1, int(day), hour, minute, second, tzinfo=UTC)
    return at - east
