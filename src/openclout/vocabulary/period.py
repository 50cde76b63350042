"""Period: the window that a score looks back on, and the length of its parts."""

import re
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from openclout.errors import InputError

EARLIEST = datetime(1990, 1, 1, tzinfo=UTC)
"""Nothing social is older; what claims to be is a broken clock or a wrong unit."""

_UNITS = {"h": "hours", "d": "days", "w": "weeks"}


@dataclass(frozen=True, slots=True)
class Period:
    """`window` before `as_of`; `h`, a quarter of it, is the unit of age in every signal."""

    as_of: datetime
    window: timedelta

    @property
    def h(self) -> timedelta:
        """A quarter of the window."""
        return self.window / 4

    @property
    def start(self) -> datetime:
        """The first moment that still counts."""
        return self.as_of - self.window

    def earlier(self, steps: int) -> "Period":
        """Give the disjoint period of the same length that ends `steps` windows before."""
        return Period(self.as_of - steps * self.window, self.window)


def read_window(text: str, place: str = "--window") -> timedelta:
    """Read `90d`, `12w` or `36h`; at least one hour, at most ten years.

    >>> read_window("4d")
    datetime.timedelta(days=4)
    """
    found = re.fullmatch(r"(\d+)\s*([hdw])", text.strip().lower())
    span = timedelta(**{_UNITS[found[2]]: int(found[1])}) if found else timedelta(0)
    if not timedelta(hours=1) <= span <= timedelta(days=3653):
        raise InputError(f'"{text}" is not a window', place=place, fix="e.g. 90d, 12w or 36h")
    return span


def read_time(text: str, now: datetime) -> datetime:
    """Read a moment: `now`, a date (its end, so that the day counts) or an ISO 8601 time, UTC."""
    if text == "now":
        return now
    try:
        moment = datetime.fromisoformat(text)
    except ValueError:
        raise InputError(
            f'"{text}" is not a time', place="--as-of", fix="e.g. 2026-03-31 or 2026-03-31T12:00Z"
        ) from None
    if re.fullmatch(r"\d{4}-\d{2}-\d{2}", text):
        moment += timedelta(days=1)
    return moment.replace(tzinfo=UTC) if moment.tzinfo is None else moment.astimezone(UTC)
