"""What a profile shows: one function for the page and its JSON."""

from dataclasses import dataclass, replace
from itertools import accumulate

import orjson
from django.http import Http404

from openclout.scoring.combine import rounded
from openclout.signal import Signal, load_signals
from openclout.web.published.models import Person, Post
from openclout.web.published.state import Current, current_publication


@dataclass(frozen=True, slots=True)
class Part:
    """One signal's part of a score: its value in its unit, its points, rounded to add up.

    `account` is the network of the account that brought it, for a person with several. `start` is
    where it begins on the line from 0 to 100.
    """

    signal: Signal
    value: float
    points: float
    shown: float
    account: str
    start: float = 0.0


@dataclass(frozen=True, slots=True)
class Profile:
    """A person with everything that their page says; `slug` is the address it was asked at."""

    slug: str
    person: Person
    accounts: list[Person]
    base: float
    parts: list[Part]
    posts: list[Post]
    current: Current


def find_profile(slug: str) -> Profile:
    """Give the page at an address; Http404 where nobody claimed it, or not for everybody.

    Queries: the publication, the account at the address, its person, a person's accounts, posts.
    """
    current = current_publication()
    named = Person.objects.filter(slug=slug, level="account").first() if current else None
    if named is None or current is None:
        raise Http404
    person, accounts = named, [named]
    if named.person is not None:
        person = Person.objects.get(id=named.person)
        accounts = _accounts(person)
    base, parts = contributions(person, accounts, current.signals)
    posts = Post.objects.filter(author__in=[row.id for row in accounts])
    best = list(posts.order_by("-people", "-anonymous", "post")[:5])
    return Profile(slug, person, accounts, base, parts, best, current)


def _accounts(person: Person) -> list[Person]:
    rows = Person.objects.filter(person=person.id)
    return sorted(rows, key=lambda row: (row.id != person.id - 1, -(row.brings or 0), row.network))


def contributions(
    person: Person, accounts: list[Person], signals: tuple[str, ...]
) -> tuple[float, list[Part]]:
    """Give base and parts that add up to the score as shown; none where there is no score.

    As in scoring.explain: the best account brings its own parts and the base, what others bring
    is split among their parts in the proportion in which these stand in their own scores.
    """
    if person.score is None:
        return 0.0, []
    found: list[tuple[str, float, float, str]] = []
    for place, row in enumerate(accounts):
        packed = orjson.loads(row.parts or "[]")
        whole = sum(packed[1::2])
        share = 1.0 if not place else (row.brings or 0.0) / whole if whole > 0 else 0.0
        pairs = zip(signals, packed[::2], packed[1::2], strict=False)
        found += [(name, value, points * share, row.network) for name, value, points in pairs]
    base = person.score - sum(points for _name, _value, points, _network in found)
    shown = rounded([base, *(points for _name, _value, points, _network in found)])
    known = load_signals()
    parts = [
        Part(known[name], value, points, tenths, network)
        for (name, value, points, network), tenths in zip(found, shown[1:], strict=True)
        if points > 0 and name in known
    ]
    return shown[0], _in_line(base, parts)


def _in_line(base: float, parts: list[Part]) -> list[Part]:
    """Order parts by family and points, the family with most first; tell where each begins."""
    whole: dict[str, float] = {}
    for part in parts:
        whole[part.signal.family] = whole.get(part.signal.family, 0.0) + part.points
    parts = sorted(parts, key=lambda p: (-whole[p.signal.family], -p.points, p.signal.name))
    starts = accumulate((part.points for part in parts), initial=max(base, 0.0))
    return [replace(part, start=start) for part, start in zip(parts, starts, strict=False)]
