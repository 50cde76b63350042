"""Cursors: where a page of a list starts, as letters that mean nothing to a reader."""

import base64
import binascii
from dataclasses import dataclass

import orjson

from openclout.web.interface.errors import Refused


@dataclass(frozen=True, slots=True)
class Cursor:
    """Where a page starts: after this value and id; `place` is that of its first row."""

    value: float
    id: int
    place: int


def write_cursor(cursor: Cursor) -> str:
    """Write a cursor."""
    packed = orjson.dumps([cursor.value, cursor.id, cursor.place])
    return base64.urlsafe_b64encode(packed).decode().rstrip("=")


def read_cursor(text: str) -> Cursor | None:
    """Read a cursor, None for the top; raises Refused where it is none of ours."""
    if not text:
        return None
    try:
        padded = text.encode("ascii") + b"=" * (-len(text) % 4)
        value, row, place = orjson.loads(base64.b64decode(padded, b"-_", validate=True))
        return Cursor(float(value), int(row), int(place))
    except (binascii.Error, ValueError, TypeError):
        raise Refused('"after" is no mark of a page; leave it out to start at the top') from None
