"""The JSON values of a file, whole or broken: an object, an array, JSON Lines, arrays in a row.

`gh api --paginate` writes one array per page behind the other, with `--slurp` an array of arrays.
"""

import json
from collections.abc import Iterator
from typing import Any

import orjson

from openclout.connector import Reject

_BETWEEN = " \t\r\n,[]"  # what may stand between the objects of a file
_FIX = "export it again; what can be read of it is used"
_DECODER = json.JSONDecoder()


def read_values(content: bytes, place: str) -> Iterator[tuple[str, Any] | Reject]:
    """Give each value that is not an array, with its place; say where the file is broken.

    A broken line of JSON Lines is passed over, a broken array is read up to the break.
    """
    try:
        whole = orjson.loads(content.removeprefix(b"\xef\xbb\xbf"))
    except orjson.JSONDecodeError:
        yield from _read_piecemeal(content, place)
        return
    if not isinstance(whole, list):
        yield place, whole
        return
    for number, value in enumerate(_flat(whole), start=1):
        yield f"{place}, item {number}", value


def _flat(values: list[Any]) -> Iterator[Any]:
    for value in values:
        if isinstance(value, list):
            yield from _flat(value)
        else:
            yield value


def _read_piecemeal(content: bytes, place: str) -> Iterator[tuple[str, Any] | Reject]:
    text = content.decode(json.detect_encoding(content), errors="replace")
    at = counted = 0
    line = 1
    while (at := _next_value(text, at)) < len(text):
        line, counted = line + text.count("\n", counted, at), at
        where = f"{place}, line {line}"
        try:
            value, at = _DECODER.raw_decode(text, at)
        except (ValueError, RecursionError) as error:
            why = str(getattr(error, "msg", "nested too deeply")).removesuffix(" at")
            yield Reject(where, text[at : at + 200], f"it is not JSON ({why})", _FIX)
            at = _next_line(text, at)
        else:
            yield where, value


def _next_value(text: str, at: int) -> int:
    while at < len(text) and text[at] in _BETWEEN:
        at += 1
    return at


def _next_line(text: str, at: int) -> int:
    """Find where the next object starts at the beginning of a line, as in JSON Lines."""
    found = text.find("\n{", at)
    return len(text) if found < 0 else found + 1
