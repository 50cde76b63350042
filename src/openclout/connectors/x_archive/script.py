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
_TAIL = b"; \t\r\n"
_HALF_CHARACTER = re.compile(  # half a surrogate pair, of an emoji that was cut in two
    r"\\u[dD][89abAB]..(?!\\u[dD][c-fC-F])|(?<!\\u[dD][89abAB]..)\\u[dD][c-fC-F].."
)
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
        return Script(place, _listed(orjson.loads(body.rstrip(_TAIL))))
    except orjson.JSONDecodeError as error:
        return _mend(body.rstrip(_TAIL).decode("utf-8", errors="replace"), place, str(error))


def _listed(value: object) -> list[object]:
    return value if isinstance(value, list) else [value]


def _mend(text: str, place: str, error: str) -> Script:
    """Read a file in which characters are broken: each becomes "�"."""
    text = _HALF_CHARACTER.sub(r"\\ufffd", text)
    try:
        value = orjson.loads(text)
    except orjson.JSONDecodeError:
        return _salvage(text, place, error)
    reason = 'there are characters that are not UTF-8; each is replaced by "\ufffd"'
    return Script(place, _listed(value), Reject(place, error, reason, _FIX))


def _salvage(text: str, place: str, error: str) -> Script:
    """Read entry by entry, as far as they are whole."""
    entries: list[object] = []
    decoder = json.JSONDecoder()
    position = len(text) - len(text.removeprefix("["))
    while (start := _after(_BETWEEN, text, position)) < len(text):
        try:
            entry, position = decoder.raw_decode(text, start)
        except (ValueError, RecursionError):
            break
        entries.append(entry)
    line = text.count("\n", 0, position) + 1
    reason = f"the file is cut short or broken after {len(entries):,} whole entries"
    fix = f"{_FIX}; the {len(entries):,} entries are used" if entries else _FIX
    # The value is not the text that follows: it may name others.
    return Script(place, entries, Reject(f"{place}, line {line}", error, reason, fix))


def _after(pattern: re.Pattern[str], text: str, position: int) -> int:
    found = pattern.match(text, position)
    return found.end() if found else position
