"""The archive's data files: JSON behind an assignment, as a browser would load it.

`window.YTD.tweets.part0 = [...]` since 2018, `Grailbird.data.tweets_2012_07 = [...]` and
`var user_details = {...}` before. X publishes no description of them beyond the archive's own
README.txt; what is read here was learnt from such archives.
"""

import re
from dataclasses import dataclass

from openclout.bundle import Bundle
from openclout.connector import Reject, reject_fault
from openclout.jsontext import read_json

_ASSIGNMENT = re.compile(rb"\s*(?:window|Grailbird|var)[\w.$ ]*=\s*")
_BYTE_ORDER_MARK = b"\xef\xbb\xbf"
_LIST = re.compile(r"\A\s*\[")
_TAIL = b"; \t\r\n"
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
    value, fault = read_json(body.rstrip(_TAIL), _LIST)
    return Script(place, _listed(value), reject_fault(fault, place, _FIX) if fault else None)


def _listed(value: object) -> list[object]:
    return value if isinstance(value, list) else [value]
