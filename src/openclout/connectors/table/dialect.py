"""How a delimited text file is written, found by looking at its first lines."""

import csv
from dataclasses import dataclass
from io import StringIO

from openclout.errors import InputError

_DELIMITERS = "\t,;| "
_LOOKED_AT = 30  # lines
_MARKS = {b"\xff\xfe": "UTF-16", b"\xfe\xff": "UTF-16", b"\x1f\x8b": "gzip", b"PK": "zip"}


@dataclass(frozen=True, slots=True)
class Dialect:
    """The delimiter, the quote ("" where there is none) and the fields of the first line."""

    delimiter: str
    quote: str
    first: tuple[str, ...]


def read_dialect(head: bytes, place: str, encoding: str) -> Dialect:
    """Look at the first bytes of a file; raises InputError where they are no lines of fields."""
    for mark, what in _MARKS.items():
        if head.startswith(mark) and encoding == "utf-8":
            raise InputError(
                f"the file is not UTF-8 text but {what}", place=place, fix=f"save it as UTF-8 ({what} found)"
            )  # fmt: skip
    text = head.decode("utf-8-sig" if encoding == "utf-8" else encoding, errors="replace")
    lines = [line for line in text.splitlines()[:_LOOKED_AT] if line.strip()]
    if not lines:
        raise InputError("the file holds no line", place=place, fix="export it again")
    delimiter = max(_DELIMITERS, key=lambda mark: _agreement(lines, mark))
    quote = "" if delimiter == " " else '"'
    return Dialect(delimiter, quote, tuple(_split(lines[0], delimiter)))


def _agreement(lines: list[str], delimiter: str) -> float:
    """Tell how well a delimiter explains the lines: the share that has as many as the first."""
    counts = [len(_split(line, delimiter)) for line in lines]
    return sum(count == counts[0] for count in counts) / len(counts) if counts[0] > 1 else 0.0


def _split(line: str, delimiter: str) -> list[str]:
    try:
        return next(csv.reader(StringIO(line), delimiter=delimiter), [])
    except csv.Error:
        return line.split(delimiter)
