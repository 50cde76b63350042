"""JSON as exports hold it: cut short, or with half an emoji in it. What is whole is kept."""

import json
import re
from dataclasses import dataclass

import orjson

_BETWEEN = re.compile(r"[\s,]*")
_HALF_CHARACTER = re.compile(  # half a surrogate pair, of an emoji that was cut in two
    r"\\u[dD][89abAB]..(?!\\u[dD][c-fC-F])|(?<!\\u[dD][89abAB]..)\\u[dD][c-fC-F].."
)


@dataclass(frozen=True, slots=True)
class Fault:
    """What is wrong with a text: the parser's words, our reason, the line, whether all is lost.

    `whole` is how many entries stand before the break; None where every entry could be read.
    """

    error: str
    reason: str
    line: int | None = None
    whole: int | None = None


def read_json(content: bytes, start: re.Pattern[str]) -> tuple[object, Fault | None]:
    """Read a JSON document; of a broken one, the list of entries before the break.

    `start` matches the text up to the first entry of the list that is wanted then. Broken
    characters become "\ufffd".
    """
    try:
        return orjson.loads(content), None
    except orjson.JSONDecodeError as error:
        return _mended(content.decode("utf-8", errors="replace"), start, str(error))


def _mended(text: str, start: re.Pattern[str], error: str) -> tuple[object, Fault]:
    text = _HALF_CHARACTER.sub(r"\\ufffd", text)
    try:
        value = orjson.loads(text)
    except orjson.JSONDecodeError:
        return _whole_entries(text, start, error)
    reason = 'there are characters that are not UTF-8; each is replaced by "\ufffd"'
    return value, Fault(error, reason)


def _whole_entries(text: str, start: re.Pattern[str], error: str) -> tuple[object, Fault]:
    """Read entry by entry, as far as they are whole."""
    entries: list[object] = []
    found = start.search(text)
    position = found.end() if found else len(text)
    decoder = json.JSONDecoder()
    while (begin := _next(text, position)) < len(text) and text[begin] != "]":
        try:
            entry, position = decoder.raw_decode(text, begin)
        except (ValueError, RecursionError):
            break
        entries.append(entry)
    reason = f"the file is cut short or broken after {len(entries):,} whole entries"
    return entries, Fault(error, reason, text.count("\n", 0, position) + 1, len(entries))


def _next(text: str, position: int) -> int:
    found = _BETWEEN.match(text, position)
    return found.end() if found else position
