"""How a delimited text file is written, found by looking at its first lines."""

import codecs
import csv
import difflib
import re
from collections.abc import Iterable
from dataclasses import dataclass
from io import StringIO

from openclout.connector import TABLES
from openclout.errors import InputError

_DELIMITERS = "\t,;| "
_LOOKED_AT = 30  # lines
_UTF16_MARKS = (codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)
_COMMON = ("utf-8", "latin-1", "cp1252", "utf-16", "mac-roman", "shift-jis", "gb18030")
_OURS = frozenset(column for columns in TABLES.values() for column in columns)


@dataclass(frozen=True, slots=True)
class Dialect:
    """The delimiter, the quote ("" where there is none) and the fields of the first line."""

    delimiter: str
    quote: str
    first: tuple[str, ...]


def read_encoding(head: bytes, name: str, place: str) -> str:
    """Tell how a text is written: as was said, or UTF-16 where it begins with that mark.

    Raises InputError where the name is no encoding of texts, or where the bytes are no text.
    """
    try:
        said = codecs.lookup(name).name
        head[:4].decode(said, "replace")  # some codecs are none of texts
    except LookupError:
        near = difflib.get_close_matches(name.lower(), _COMMON, 1)
        hint = f'did you mean "{near[0]}"?' if near else f"e.g. {', '.join(_COMMON)}"
        raise InputError(f'"{name}" is no encoding', place="--encoding", fix=hint) from None
    if said == "utf-8" and head.startswith(_UTF16_MARKS):
        return "utf-16"
    if said == "utf-8" and head.count(0) * 4 > len(head):
        raise InputError(
            "it is no UTF-8 text: every other byte is zero",
            place=place,
            fix="say --encoding utf-16-le or utf-16-be, or check what this file is",
        )
    return said


def read_lines(head: bytes, encoding: str, whole: bool) -> list[str]:
    """Decode the first bytes of a file and give the lines that hold something.

    Lines that begin with # before all others are comments, as edge lists have them. Unless the head
    is the `whole` file its last line is cut off, and left out.
    """
    text = head.decode(encoding, errors="replace").removeprefix("\ufeff").replace("\0", "")
    lines = re.split(r"\r\n|\r|\n", text)
    lines = [line for line in (lines if whole or len(lines) < 2 else lines[:-1]) if line.strip()]
    comments = next((n for n, line in enumerate(lines) if not line.startswith("#")), len(lines))
    return lines[comments:]


def read_dialect(lines: list[str], known: Iterable[str], place: str) -> Dialect:
    """Look at a file's first lines; `known` are columns that --columns names beside our own.

    The delimiter is the one that makes most of the first line's fields known columns, then the one
    by which most lines have as many fields as the first. Raises InputError where there is no line.
    """
    if not lines:
        raise InputError("the file holds no line", place=place, fix="export it again")
    looked_at = lines[:_LOOKED_AT]
    names = {name.lower() for name in known} | _OURS

    def likeness(mark: str) -> tuple[int, float]:
        fields = _split(looked_at[0], mark)
        headings = sum(field.strip().lower() in names for field in fields)
        return headings if len(fields) > 1 else 0, _agreement(looked_at, mark)

    delimiter = max(_DELIMITERS, key=likeness)
    quote = "" if delimiter == " " else '"'
    return Dialect(delimiter, quote, tuple(_split(looked_at[0], delimiter)))


def _agreement(lines: list[str], delimiter: str) -> float:
    """Tell how well a delimiter explains the lines: the share that has as many as the first."""
    counts = [len(_split(line, delimiter)) for line in lines]
    return sum(count == counts[0] for count in counts) / len(counts) if counts[0] > 1 else 0.0


def _split(line: str, delimiter: str) -> list[str]:
    try:
        return next(csv.reader(StringIO(line), delimiter=delimiter), [])
    except csv.Error:
        return line.split(delimiter)
