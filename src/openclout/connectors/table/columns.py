"""The little language of --columns: which of the file's columns is which of ours.

source target published kind            headerless: names in order, "-" passes one over
source=from,target=to,value=rating      a header of other words
target=[Account name]                   a header with spaces
kind='endorse' network='otc'            a constant for every row; may stand beside the others
"""

import difflib
import re
from collections import Counter
from dataclasses import dataclass

from openclout.connector import TABLES
from openclout.errors import InputError
from openclout.vocabulary.interaction import KINDS, kind_of

_TOKEN = re.compile(
    r"""\s*(?:([\w-]+)\s*=\s*(?:'([^']*)'|"([^"]*)"|\[([^\]]+)\]|([^\s,'"\[]+))|([\w-]+))"""
    r"""\s*(?:,|(?=\s)|$)"""
)
_FIX = (
    "--columns 'source target published kind' for a file without a header, source=from,target=to"
    " for other headers, target=[A b] for one with spaces, kind='like' for a constant"
)
_REQUIRED = {"interactions": ("kind", "published"), "posts": ("id", "author"), "accounts": ("id",)}
_SHOWN = 20  # columns of a file that a message names
_NAMES = frozenset(column for columns in TABLES.values() for column in columns)


@dataclass(frozen=True, slots=True)
class Mapping:
    """`order` names a headerless file's columns, `renamed` ours to theirs, `fixed` constants."""

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
            raise _wrong(f'"{text[position:].strip()}" makes no sense')
        ours, single, double, bracketed, theirs, bare = found.groups()
        if bare is not None:
            order.append(_known(bare))
        elif bracketed or theirs:
            renamed[_known(ours)] = bracketed or theirs
        else:
            fixed[_known(ours)] = single if single is not None else double
        position = found.end()
    _check(order, renamed, fixed)
    return Mapping(tuple(order), renamed, fixed)


def _check(order: list[str], renamed: dict[str, str], fixed: dict[str, str]) -> None:
    if order and renamed:
        raise _wrong("it mixes names in order with names of a header")
    named = Counter([*(name for name in order if name != "-"), *renamed, *fixed])
    for name, times in named.items():
        if times > 1:
            raise _wrong(f'"{name}" is named {times} times')
    kind = fixed.get("kind")
    if kind is not None and kind_of(kind) is None:
        near = difflib.get_close_matches(kind.lower(), KINDS, 1)
        hint = f'did you mean "{near[0]}"?' if near else f"use one of {', '.join(KINDS)}"
        raise InputError(f'"{kind}" is not a kind', place="--columns", fix=hint)


def _wrong(problem: str) -> InputError:
    return InputError(problem, place="--columns", fix=_FIX)


def _known(name: str) -> str:
    if name in _NAMES or name == "-":
        return name
    near = difflib.get_close_matches(name, _NAMES, 1)
    hint = f'did you mean "{near[0]}"?' if near else f"ours are {', '.join(sorted(_NAMES))}"
    raise InputError(f'"{name}" is not one of our columns', place="--columns", fix=hint)


def table_of(names: set[str]) -> str | None:
    """Tell which table has such columns, by the column that only it has."""
    if names & {"target", "source"} or {"kind", "object"} <= names:
        return "interactions"
    if "author" in names:
        return "posts"
    if "id" in names and names & {"handle", "followers", "created", "name"}:
        return "accounts"
    return None


def places(fields: list[tuple[str, str]], mapping: Mapping, place: str) -> dict[str, str]:
    """Tell where each of our columns is found, as SQL; `fields` are the file's, name and SQL.

    Raises InputError where a column that --columns names is not there, or stands there twice.
    """
    found = {
        ours: _place_of(theirs, fields, place, ours) for ours, theirs in mapping.renamed.items()
    }
    given = {theirs.strip().lower() for theirs, _sql in fields}
    for ours in sorted(_NAMES & given - set(found) - set(mapping.fixed)):
        found[ours] = _place_of(ours, fields, place, ours)
    return found


def _place_of(name: str, fields: list[tuple[str, str]], place: str, ours: str) -> str:
    exact = [sql for theirs, sql in fields if theirs == name]
    alike = exact or [sql for theirs, sql in fields if theirs.strip().lower() == name.lower()]
    if not alike:
        raise missing(name, [theirs for theirs, _sql in fields], place, f"{ours}=...")
    if len(alike) > 1:
        raise InputError(
            f'there are {len(alike)} columns "{name}"',
            place=place,
            fix=f"give them different names, or --columns {ours}=... for another",
        )
    return alike[0]


def require(table: str, found: dict[str, str], columns: list[str], place: str) -> None:
    """Raise InputError where a column is not found that the table cannot do without."""
    for column in _REQUIRED[table]:
        if column not in found:
            example = "kind='like'" if column == "kind" else f"{column}=..."
            raise missing(column, columns, place, example)
    if table == "interactions" and not {"target", "object"} & set(found):
        raise missing("target", columns, place, "target=...")


def missing(column: str, columns: list[str], place: str, example: str) -> InputError:
    """Say which column is missing, and which there are."""
    shown = ", ".join(_shown(name) for name in columns[:_SHOWN])
    more = ", ..." if len(columns) > _SHOWN else ""
    return InputError(
        f'there is no column "{column}"; the file has {shown}{more}',
        place=place,
        fix=f"--columns {example} (or names in order for a file without a header)",
    )


def _shown(name: str) -> str:
    """Show a column's name as it may stand in a sentence, whatever it is made of."""
    plain = "".join(letter if letter.isprintable() else "\ufffd" for letter in name.strip())
    return f"{plain[:40]}..." if len(plain) > 40 else plain or '""'
