"""What a dump holds that moves nobody, counted, so that every row of it is accounted for."""

import re
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

from openclout.connectors.stackexchange.rows import COMMUNITY, LINKS_READ, POSTS_READ, VOTES_READ

_CHUNK = 4 << 20  # bytes

# https://meta.stackexchange.com/questions/2677, "Database schema documentation"
_VOTES = {
    "4": "offensive", "6": "close", "7": "reopen", "8": "bounty start", "9": "bounty close",
    "10": "deletion", "11": "undeletion", "12": "spam", "15": "moderator review",
    "16": "approved edit",
}  # fmt: skip
_POSTS = {
    "3": "orphaned tag wiki", "4": "tag wiki excerpt", "5": "tag wiki", "6": "moderator nomination",
    "7": "wiki placeholder", "8": "privilege wiki",
}  # fmt: skip
_KINDS = {
    "Votes": ("VoteTypeId", _VOTES, VOTES_READ),
    "Posts": ("PostTypeId", _POSTS, POSTS_READ),
    "PostLinks": ("LinkTypeId", {"3": "duplicate"}, LINKS_READ),
}
_OWNERS = {"Users": "Id", "Posts": "OwnerUserId", "Comments": "UserId"}


def passed_over(file: str, path: Path) -> list[str]:
    """Say in words how many rows of a dump's file are left out, and why."""
    said = []
    if file in _KINDS:
        column, names, read = _KINDS[file]
        counts = _counted(path, column)
        left = [kind for kind in sorted(counts, key=int) if kind not in read]
        said = [f"{counts[kind]:,} {file} {kind} ({names.get(kind, 'unknown')})" for kind in left]
    if file in _OWNERS:
        count = _counted(path, _OWNERS[file])[COMMUNITY]
        said += [f"{count:,} {file} (the Community process)"] if count else []
    return said


def _counted(path: Path, column: str) -> Counter[str]:
    """Count the values of an attribute that is a number; a dump escapes the quotes of its texts."""
    pattern = re.compile(rf' {column}="(-?\d+)"'.encode())
    found: Counter[bytes] = Counter()
    for lines in _whole_lines(path):
        found.update(pattern.findall(lines))
    return Counter({value.decode(): count for value, count in found.items()})


def _whole_lines(path: Path) -> Iterator[bytes]:
    with path.open("rb") as file:
        while chunk := file.read(_CHUNK):
            yield chunk + file.readline(_CHUNK)
