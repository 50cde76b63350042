"""GitHub: what its REST API says of issues and pulls, as backups write it. See README.md."""

import re
from collections.abc import Iterator
from typing import Any

from openclout.bundle import Bundle
from openclout.connector import Connector, Item, Reading, Reject
from openclout.connectors.github.act import Context
from openclout.connectors.github.document import read_values
from openclout.connectors.github.people import People
from openclout.connectors.github.shape import sort_of
from openclout.connectors.github.thread import is_wrapped, read_alone, read_thread, unread_words

NETWORK = "github"

_JSON = re.compile(r".*\.(?:json|jsonl|ndjson)", re.IGNORECASE)
_LIKELY = re.compile(r"(?:.*/)?(?:issues|pulls|comments|reviews)\b.*", re.IGNORECASE)
_API = re.compile(rb'"https?://[^"/\s]+/(?:api/v3/)?repos/[^"/\s]+/[^"/\s]+/(?:issues|pulls)[/"]')
_LINK = re.compile(rb'"html_url"\s*:')
_LOOKS = 20  # members looked into; a backup's first issue is among them
_HEAD = 1 << 18  # bytes; the keys may be sorted, and a long text comes before the links
_NAMED = 5  # files that a note names


def recognise(bundle: Bundle) -> str | None:
    """Say how many JSON files of GitHub's there are, or None."""
    names = _names(bundle)
    if not any(_is_github(bundle.head(name, _HEAD)) for name in names[:_LOOKS]):
        return None
    return f"a GitHub REST backup ({len(names):,} JSON {'file' if len(names) == 1 else 'files'})"


def read(bundle: Bundle, reading: Reading) -> Iterator[Item]:
    """Read the issues and pulls, one file at a time; every account is told before its first act."""
    context = Context(reading.network or NETWORK, People(reading.network or NETWORK))
    strangers: list[str] = []
    for name in sorted(_names(bundle)):
        for item in _read_file(bundle, name, context, strangers):
            yield from context.people.newcomers()
            yield item
        yield from context.people.newcomers()
    _note(reading, context, strangers)


def _names(bundle: Bundle) -> list[str]:
    """Give the JSON files, those first that by their name hold issues or pulls."""
    names = [name for name in bundle.names if bundle.kind == "file" or _JSON.fullmatch(name)]
    return sorted(names, key=lambda name: (not _LIKELY.fullmatch(name), name))


def _is_github(head: bytes) -> bool:
    return _API.search(head) is not None and _LINK.search(head) is not None


def _read_file(bundle: Bundle, name: str, context: Context, strangers: list[str]) -> Iterator[Item]:
    """Read a file; one in which nothing is GitHub's is a stranger, unless its name says it is."""
    with bundle.open(name) as stream:
        content = stream.read()
    odd: list[Reject] = []
    known = False
    for found in read_values(content, bundle.place(name)):
        if isinstance(found, Reject):
            odd.append(found)
        elif _sort(found[1]):
            known = True
            yield from _read_value(*found, context)
        else:
            odd.append(_no_such_thing(*found))
    if known or bundle.kind == "file" or _LIKELY.fullmatch(name):
        yield from odd
    else:
        strangers.append(name)


def _sort(value: Any) -> str:
    if not isinstance(value, dict):
        return ""
    return "thread" if is_wrapped(value) else sort_of(value)


def _read_value(place: str, value: Any, context: Context) -> Iterator[Item]:
    sort = _sort(value)
    if sort == "thread":
        yield from read_thread(place, value, context)
    elif sort == "person":
        yield from _read_person(place, value, context)
    elif sort == "event":
        context.unread[f"{value['event']} without its issue"] += 1
    else:
        yield from read_alone(place, value, context)


def _read_person(place: str, value: Any, context: Context) -> Iterator[Item]:
    try:
        context.people.id_of(value)
    except ValueError as error:
        yield Reject(place, str(value.get("login")), str(error), "export it again")


def _no_such_thing(place: str, value: object) -> Reject:
    return Reject(
        place,
        str(value)[:200],
        "it is no issue, pull, comment, review or user of GitHub's",
        "export it with `gh api` or github-backup, all fields",
    )


def _note(reading: Reading, context: Context, strangers: list[str]) -> None:
    unread = +context.unread
    if unread:
        reading.note(f"no acts upon anybody, left out: {unread_words(unread)}")
    if strangers:
        named = ", ".join(strangers[:_NAMED]) + (" …" if len(strangers) > _NAMED else "")
        reading.note(f"files without issues, pulls or comments, {len(strangers):,}: {named}")


CONNECTOR = Connector(
    name=NETWORK,
    label="GitHub REST backup",
    recognise=recognise,
    read=read,
    private=("names and e-mail addresses in commits", "signatures and diffs"),
)
