"""Records: where one begins and ends in lines of text, as RFC 4180 has it."""

import re
from collections import deque
from collections.abc import Sequence
from typing import TextIO

from openclout.connector import LONGEST_LINE

Fault = tuple[str, str]
"""(reason, fix)"""

_CHECK = "check the delimiters and quotes of this line"
_FEWER: Fault = ("the line has fewer fields than it should", _CHECK)
_MORE: Fault = ("the line has more fields than it should", _CHECK)
_STRAY: Fault = ("a quote is not closed", 'write a quote inside a field twice: ""')
TOO_LONG: Fault = ("the line is too long", "check the quotes and line ends before it")

_BLOCK = 1 << 18  # letters read at a time
_LONGEST_RECORD = LONGEST_LINE // 2


class Lines:
    """Lines of a text, each with its newline, in blocks; those taken in vain can be put back."""

    def __init__(self, source: TextIO, endless: bool) -> None:
        """`endless`: there may be lines that would fill the memory; they come cut off."""
        self._source, self._endless = source, endless
        self._waiting: deque[str] = deque()
        self.number = 0
        """How many lines were taken: the number of the last one."""

    def begin(self) -> None:
        """Pass over a byte order mark, and blank lines and comments before the first line."""
        if self.block():
            self._waiting[0] = self._waiting[0].removeprefix("\ufeff")
        while self.block() and (self._waiting[0].isspace() or self._waiting[0].startswith("#")):
            self.take()

    def block(self) -> Sequence[str]:
        """Look at lines that are still to be taken; none at the end of the text."""
        if not self._waiting:
            self._waiting.extend(self._cut() if self._endless else self._source.readlines(_BLOCK))
            if self._waiting and not self._waiting[-1].endswith("\n"):
                self._waiting[-1] += "\n"
        return self._waiting

    def _cut(self) -> list[str]:
        line = rest = self._source.readline(LONGEST_LINE + 1)
        while rest and not rest.endswith("\n"):
            rest = self._source.readline(LONGEST_LINE)
        return [line] if line else []

    def take(self) -> str | None:
        """Take the next line, without newline and zero bytes; None at the end."""
        if not self.block():
            return None
        self.number += 1
        return self._waiting.popleft()[:-1].replace("\0", "")

    def take_all(self) -> None:
        """Take the whole block."""
        self.number += len(self._waiting)
        self._waiting.clear()

    def put_back(self, lines: list[str]) -> None:
        """Give lines that were taken once more."""
        self.number -= len(lines)
        self._waiting.extendleft(f"{line}\n" for line in reversed(lines))


class Splitter:
    """Tells where a record ends; a quote opens a field only as its first character."""

    def __init__(self, delimiter: str, quote: str, fields: int) -> None:
        """`fields` is how many a record must have; without a `quote` a line is a record."""
        self.delimiter, self._quote, self._fields = delimiter, quote, fields
        mark = re.escape(delimiter)
        field = f"[^{mark}\n]*+"
        if quote:
            inside = f"[^{quote}\n]*+(?:{quote}{quote}[^{quote}\n]*+)*+"
            field = f"(?:{quote}{inside}{quote}|[^{quote}{mark}\n]{field}|)"
        self._records = re.compile(f"(?:{field}(?:{mark}{field}){{{fields - 1}}}\n)*+")
        self._bare = re.compile(f"[^{mark}]*")
        self._inside = re.compile(f"[^{quote}]*(?:{quote}{quote}[^{quote}]*)*" if quote else "")

    def fits(self, text: str) -> bool:
        """Tell whether a text is nothing but whole records, each on a line of its own."""
        return self._fields > 1 and self._records.fullmatch(text) is not None

    def take(self, lines: Lines) -> tuple[int, str, Fault | None]:
        """Take the next record with the number of its first line, and what is wrong with it.

        A line that holds nothing gives an empty record.
        """
        line = lines.take() or ""
        number = lines.number
        if line.isspace() or not line:
            return number, "", None
        if len(line) >= LONGEST_LINE:
            return number, line, TOO_LONG
        if not self._quote or self._quote not in line:
            return number, *self._judged(line, line.count(self.delimiter) + 1)
        ahead: list[str] = []
        fields = self._count(line, lines, ahead)
        if not fields or (fields != self._fields and ahead and self._swallows(ahead)):
            lines.put_back(ahead)
            return number, line, _STRAY
        return number, *self._judged("\n".join([line, *ahead]), fields)

    def _judged(self, record: str, fields: int) -> tuple[str, Fault | None]:
        if fields == self._fields + 1 and record.endswith(self.delimiter):
            return record[: -len(self.delimiter)], None  # some writers end every line with one
        if fields == self._fields:
            return record, None
        return record, _FEWER if fields < self._fields else _MORE

    def _count(self, line: str, lines: Lines, ahead: list[str]) -> int:
        """Count the fields of a record, taking lines `ahead`; 0 where a quote is not closed."""
        place = fields = 0
        while True:
            fields += 1
            if line.startswith(self._quote, place):
                line, place = self._close(line, place + 1, lines, ahead)
            else:
                place = _end(self._bare, line, place)
            if place == len(line):
                return fields
            if place < 0 or line[place] != self.delimiter:
                return 0
            place += 1

    def _close(self, line: str, place: int, lines: Lines, ahead: list[str]) -> tuple[str, int]:
        """Find the end of a quoted field: the line on which it ends, and the place behind it."""
        place, size = _end(self._inside, line, place), len(line)
        while place == len(line):
            beneath = lines.take() if size < _LONGEST_RECORD else None
            if beneath is None:
                return line, -1
            ahead.append(beneath)
            line = beneath
            size += len(line) + 1
            place = _end(self._inside, line, 0)
        return line, place + 1

    def _swallows(self, ahead: list[str]) -> bool:
        """Tell whether the whole lines within a malformed record look like records themselves."""
        inner = [line for line in ahead[:-1] if line.strip()]
        return all(line.count(self.delimiter) + 1 == self._fields for line in inner)


def _end(pattern: re.Pattern[str], line: str, place: int) -> int:
    found = pattern.match(line, place)
    return found.end() if found else place
