"""The archive's data files: JSON behind an assignment, as a browser would load it.

`window.YTD.tweets.part0 = [...]` since 2018, `Grailbird.data.tweets_2012_07 = [...]` and
`var user_details = {...}` before. X publishes no description of them beyond the archive's own
README.txt; what is read here was learnt from such archives.
"""

import json
import re
from dataclasses import dataclass

import orjson

from openclout.bundle import Bundle
from openclout.connector import Reject

_ASSIGNMENT = re.compile(rb"\s*(?:window|Grailbird|var)[\w.$ ]*=\s*")
_BYTE_ORDER_MARK = b"\xef\xbb\xbf"
_BETWEEN = re.compile(r"[\s,]*")
_END = re.compile(r"\s*\]?[\s;]*")
_FIX = "download the archive again"


@dataclass(frozen=True, slots=True)
class Script:
    """What one file holds; `reject` says what could not be read of it, if anything."""

    place: str
    entries: list[object]
    reject: Reject | None = None


def read_script(bundle: Bundle, name: str) -> Script:
    """Read one data file; of a broken one, the entries before the break."""
    place = bundle.place(name)
    with bundle.open(name) as stream:
        content = stream.read().removeprefix(_BYTE_ORDER_MARK)
    assignment = _ASSIGNMENT.match(content)
    body = content[assignment.end() :] if assignment else content
    try:
        value = orjson.loads(body.rstrip(b"; \t\r\n"))
    except orjson.JSONDecodeError as error:
        return _salvage(body, place, str(error))
    return Script(place, value if isinstance(value, list) else [value])


def _salvage(body: bytes, place: str, error: str) -> Script:
    """Read entry by entry, as far as they are whole; bytes that are not UTF-8 become "�"."""
    text = body.decode("utf-8", errors="replace")
    entries: list[object] = []
    decoder = json.JSONDecoder()
    position = len(text) - len(text.removeprefix("["))
    while (start := _after(_BETWEEN, text, position)) < len(text):
        try:
            entry, position = decoder.raw_decode(text, start)
        except (ValueError, RecursionError):
            break
        entries.append(entry)
    return Script(place, entries, _trouble(text, position, len(entries), place, error))


def _after(pattern: re.Pattern[str], text: str, position: int) -> int:
    found = pattern.match(text, position)
    return found.end() if found else position


def _trouble(text: str, position: int, count: int, place: str, error: str) -> Reject:
    if _after(_END, text, position) == len(text) and "\ufffd" in text:
        line = text.count("\n", 0, text.index("\ufffd")) + 1
        reason = 'there are bytes that are not UTF-8; each is replaced by "\ufffd"'
        return Reject(f"{place}, line {line}", "\ufffd", reason, _FIX)
    line = text.count("\n", 0, position) + 1
    reason = f"the file is cut short or broken after {count:,} whole entries"
    fix = f"{_FIX}; the {count:,} entries are used" if count else _FIX
    return Reject(f"{place}, line {line}", error, reason, fix)  # not the text: it may name others
