"""Tidying: an untidy text becomes one of records that the engine reads, each with its line.

A file of plain UTF-8 lines without a quote goes to the engine as it is. Any other is read here line
by line: decoded, its line ends made alike, blank lines passed over, a record over several lines put
together. What is no record is set aside with its line, its value and its fault, so that a stray
quote costs the line on which it stands and none beneath.
"""

import codecs
import json
import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

from openclout.connector import LONGEST_LINE, literal
from openclout.connectors.table.record import TOO_LONG, Fault, Lines, Splitter

_CHUNK = 1 << 20  # bytes; a line over several of them is no plain one
_BLANK_LINE = re.compile(rb"\n[ \t]*\r?\n")
_NO_LETTER = "\udcff"  # stands for bytes that the encoding has no letter for; in no text by itself
_HANDLER = "openclout-no-letter"
_ASCII = bytes(range(128))
_SHOWN = 200  # letters of a line that is too long
_LONGEST = LONGEST_LINE - 32  # bytes; the line's number stands before it


def _mark_unreadable(error: UnicodeError) -> tuple[str, int]:
    if not isinstance(error, UnicodeDecodeError):
        raise error
    return _NO_LETTER, error.end


codecs.register_error(_HANDLER, _mark_unreadable)


@dataclass(frozen=True, slots=True)
class Tidied:
    """The records, each behind its line's number and a delimiter; and the lines that are none."""

    records: Path
    faults: Path

    @property
    def bad_sql(self) -> str:
        """Give the SQL that selects line, value, reason, fix of the lines set aside."""
        columns = "{line: 'BIGINT', value: 'VARCHAR', reason: 'VARCHAR', fix: 'VARCHAR'}"
        return (
            f"select line, value, reason, fix from read_json({literal(self.faults)},"
            f" format = 'newline_delimited', columns = {columns})"
        )


LINE_MARK = "\x1f"
"""What stands between a line's number and the line where lines are not delimited themselves."""


def is_plain(path: Path, encoding: str, quote: str) -> bool:
    """Tell whether the engine reads a file right as it is, and counts its lines right."""
    if not _like_ascii(encoding):
        return False
    decoder = codecs.getincrementaldecoder("utf-8")("strict")
    before = b"\n"
    with path.open("rb") as file:
        while chunk := file.read(_CHUNK):
            joined = before + chunk
            if _is_odd(chunk, quote) or _BLANK_LINE.search(joined):
                return False
            if encoding != "utf-8" and not chunk.isascii():
                return False
            try:
                decoder.decode(chunk)
            except UnicodeDecodeError:
                return False
            before = joined[-64:]
    return not decoder.getstate()[0] and not _begins_oddly(path)


def _like_ascii(encoding: str) -> bool:
    try:
        return _ASCII.decode(encoding).encode("ascii") == _ASCII
    except UnicodeError:
        return False


def _is_odd(chunk: bytes, quote: str) -> bool:
    marks = [b"\r", b"\0", *([quote.encode()] if quote else [])]
    return _is_one_line(chunk) or any(mark in chunk for mark in marks)


def _is_one_line(chunk: bytes) -> bool:
    return len(chunk) == _CHUNK and b"\n" not in chunk and b"\r" not in chunk


def _is_endless(path: Path) -> bool:
    with path.open("rb") as file:
        return any(_is_one_line(chunk) for chunk in iter(lambda: file.read(_CHUNK), b""))


def _begins_oddly(path: Path) -> bool:
    with path.open("rb") as file:
        return file.read(3).startswith((b"#", codecs.BOM_UTF8))


def tidy_table(
    path: Path, encoding: str, splitter: Splitter, header: bool, draft: Callable[[], Path]
) -> Tidied:
    """Tidy a delimited text, with or without a header."""
    with _Tidying(path, encoding, splitter.delimiter, draft) as tidying:
        tidying.lines.begin()
        if header:
            tidying.lines.take()
        while block := tidying.lines.block():
            text = "".join(block)
            if splitter.fits(text) and not _has_oddity(text):
                tidying.keep_block(block)
                continue
            last = tidying.lines.number + len(block)
            while tidying.lines.number < last:
                tidying.keep(*splitter.take(tidying.lines))
    return tidying.result


def tidy_lines(path: Path, encoding: str, draft: Callable[[], Path]) -> Tidied:
    """Tidy a text of which every line is a record by itself."""
    with _Tidying(path, encoding, LINE_MARK, draft) as tidying:
        tidying.lines.begin()
        while tidying.lines.block():
            line = tidying.lines.take() or ""
            tidying.keep(tidying.lines.number, line, None)
    return tidying.result


def _has_oddity(text: str) -> bool:
    return "\0" in text or _NO_LETTER in text


class _Tidying:
    """An untidy text being read, and the two files that are made of it."""

    def __init__(
        self, path: Path, encoding: str, delimiter: str, draft: Callable[[], Path]
    ) -> None:
        self.result = Tidied(draft(), draft())
        self._source = path.open(encoding=encoding, errors=_HANDLER, newline=None)
        self._good = self.result.records.open("w", encoding="utf-8", newline="\n")
        self._bad = self.result.faults.open("w", encoding="utf-8", newline="\n")
        self._delimiter, self._encoding = delimiter, encoding
        self.lines = Lines(self._source, _is_endless(path))

    def __enter__(self) -> "_Tidying":
        return self

    def __exit__(self, *_error: object) -> None:
        for file in (self._source, self._good, self._bad):
            file.close()

    def keep_block(self, block: Sequence[str]) -> None:
        """Write a whole block of records, one a line."""
        mark = self._delimiter
        numbered = enumerate(block, start=self.lines.number + 1)
        self._good.write("".join([f"{number}{mark}{line}" for number, line in numbered]))
        self.lines.take_all()

    def keep(self, number: int, record: str, broken: Fault | None) -> None:
        """Write a record, or set it aside with its fault; an empty one is passed over."""
        fault = broken or _fault_of(record, self._encoding)
        if fault:
            record = record[:_SHOWN] if fault is TOO_LONG else record
            row = {"line": number, "value": record.replace(_NO_LETTER, "\ufffd"),
                   "reason": fault[0], "fix": fault[1]}  # fmt: skip
            self._bad.write(json.dumps(row) + "\n")
        elif record:
            self._good.write(f"{number}{self._delimiter}{record}\n")


def _fault_of(record: str, encoding: str) -> Fault | None:
    """Tell what is wrong with the letters of a record, or with how many there are."""
    if record.isascii():
        return TOO_LONG if len(record) > _LONGEST else None
    if _NO_LETTER in record:
        said = "UTF-8" if encoding == "utf-8" else encoding
        return f"the line is not {said}", "save the file as UTF-8, or say --encoding latin-1"
    return TOO_LONG if len(record) > _LONGEST // 4 and len(record.encode()) > _LONGEST else None
