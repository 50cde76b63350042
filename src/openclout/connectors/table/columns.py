"""The little language of --columns: which of the file's columns is which of ours.

source target published kind            headerless: names in order, "-" passes one over
source=from,target=to,value=rating      a header of other words
kind='endorse' network='otc'            a constant for every row; may stand beside the others
"""

import difflib
import re
from dataclasses import dataclass

from openclout.connector import TABLES
from openclout.errors import InputError

_TOKEN = re.compile(r"""\s*(?:([\w-]+)\s*=\s*(?:'([^']*)'|"([^"]*)"|([^\s,]+))|([\w-]+))\s*,?""")


@dataclass(frozen=True, slots=True)
class Mapping:
    """`order`: names of a headerless file's columns; `renamed`: ours to theirs; `fixed`: constants."""

    order: tuple[str, ...]
    renamed: dict[str, str]
    fixed: dict[str, str]


def read_mapping(text: str) -> Mapping:
    """Read --columns; raises InputError at the first word that makes no sense."""
    order: list[str] = []
    renamed: dict[str, str] = {}
    fixed: dict[str, str] = {}
    position = 0
    while position < len(text.rstrip()):
        found = _TOKEN.match(text, position)
        if not found:
            raise InputError(f'"{text[position:]}" makes no sense', place="--columns", fix=_FIX)
        ours, single, double, theirs, bare = found.groups()
        if bare is not None:
            order.append(_known(bare))
        elif theirs is not None:
            renamed[_known(ours)] = theirs
        else:
            fixed[_known(ours)] = single if single is not None else double
        position = found.end()
    if order and renamed:
        raise InputError(
            "it mixes names in order with names of a header", place="--columns", fix=_FIX
        )
    return Mapping(tuple(order), renamed, fixed)


def table_of(names: set[str]) -> str | None:
    """Tell which table has such columns, by the column that only it has."""
    if names & {"target", "source"} or {"kind", "object"} <= names:
        return "interactions"
    if "author" in names:
        return "posts"
    if "id" in names and names & {"handle", "followers", "created", "name"}:
        return "accounts"
    return None


_FIX = (
    "--columns 'source target published kind' for a file without a header,"
    " --columns source=from,target=to for other headers, kind='like' for a constant"
)


def _known(name: str) -> str:
    ours = {column for columns in TABLES.values() for column in columns} | {"-"}
    if name in ours:
        return name
    near = difflib.get_close_matches(name, ours, 1)
    hint = f'did you mean "{near[0]}"' if near else f"ours are {', '.join(sorted(ours - {'-'}))}"
    raise InputError(f'"{name}" is not one of our columns', place="--columns", fix=hint)
