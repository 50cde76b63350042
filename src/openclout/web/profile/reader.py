"""What a profile shows: one function for the page and its JSON."""

from dataclasses import dataclass

from django.http import Http404

from openclout.snapshot.detail import BEFORE, HISTORY, STYLE, TOPICS
from openclout.web.profile.parts import Moved, Part, contributions, moved_since
from openclout.web.profile.past import Line, read_line
from openclout.web.profile.style import Taken, read_style
from openclout.web.published.circle import CIRCLE, Circle, read_circle
from openclout.web.published.details import Details, read_details
from openclout.web.published.models import Person, Post
from openclout.web.published.people import find_people
from openclout.web.published.state import Current, current_publication
from openclout.web.published.topical import Topical, read_topics

_KINDS = (HISTORY, BEFORE, STYLE, TOPICS, *CIRCLE)


@dataclass(frozen=True, slots=True)
class Profile:
    """A person with everything that their page says; `slug` is the address it was asked at."""

    slug: str
    person: Person
    accounts: list[Person]
    base: float
    parts: list[Part]
    line: Line | None
    moved: list[Moved]
    style: Taken | None
    topics: list[Topical]
    circle: Circle
    posts: list[Post]
    current: Current


def find_profile(slug: str) -> Profile:
    """Give the page at an address; Http404 where nobody claimed it, or not for everybody.

    Queries: the publication; the account with its person and that person's accounts; what is packed
    beside them; the names of those near; the posts.
    """
    current = current_publication()
    if current is None:
        raise Http404
    person, accounts = find_people(slug)
    owners = dict.fromkeys([person.id, *(row.id for row in accounts)])
    details = read_details(owners, _KINDS)
    base, parts = contributions(person, accounts, current.signals)
    return Profile(
        slug,
        person,
        accounts,
        base,
        parts,
        read_line(details.get((person.id, HISTORY), []), current),
        _moved(person, details, current),
        read_style(details.get((accounts[0].id, STYLE))),
        read_topics([details.get((row.id, TOPICS), []) for row in accounts], current),
        read_circle(details, [row.id for row in accounts]),
        _posts(accounts),
        current,
    )


def _moved(person: Person, details: Details, current: Current) -> list[Moved]:
    if person.level == "person":
        return []
    return moved_since(person, details.get((person.id, BEFORE), []), current.signals)


def _posts(accounts: list[Person]) -> list[Post]:
    posts = Post.objects.filter(author__in=[row.id for row in accounts])
    return list(posts.order_by("-people", "-anonymous", "post")[:5])
