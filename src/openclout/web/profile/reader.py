"""What a profile shows: one function for the page and its JSON."""

from dataclasses import dataclass
from functools import cached_property

from django.http import Http404

from openclout.snapshot.detail import BEFORE, HISTORY, STYLE, TOPICS
from openclout.web.profile.parts import Moved, Part, contributions, moved_since
from openclout.web.profile.past import Line, read_line
from openclout.web.profile.style import Taken, read_style
from openclout.web.published.circle import CIRCLE, Circle, read_circle
from openclout.web.published.details import Details, read_details
from openclout.web.published.models import Person, Post
from openclout.web.published.people import Viewer, find_people
from openclout.web.published.state import Current, current_publication
from openclout.web.published.topical import Topical, read_topics

_KINDS = (HISTORY, BEFORE, STYLE, TOPICS, *CIRCLE)
_POSTS = 5


@dataclass(frozen=True)
class Profile:
    """A person with everything that their page says; `slug` is the address it was asked at.

    What is packed in `details` is read when it is asked for; circle and posts take a query each.
    """

    slug: str
    person: Person
    accounts: list[Person]
    details: Details
    current: Current

    @cached_property
    def _added(self) -> tuple[float, list[Part]]:
        return contributions(self.person, self.accounts, self.current.signals)

    @property
    def base(self) -> float:
        """Where the curve starts, in tenths; base and parts add up to the score."""
        return self._added[0]

    @property
    def parts(self) -> list[Part]:
        """What each signal adds."""
        return self._added[1]

    @cached_property
    def line(self) -> Line | None:
        """The history, None where there is but one day."""
        return read_line(self.details.get((self.person.id, HISTORY), []), self.current)

    @cached_property
    def moved(self) -> list[Moved]:
        """Why the score of an account moved since a week ago; of a person that is not told."""
        if self.person.level == "person":
            return []
        before = self.details.get((self.person.id, BEFORE), [])
        return moved_since(self.person, before, self.current.signals)

    @cached_property
    def style(self) -> Taken | None:
        """How the best account takes part."""
        return read_style(self.details.get((self.accounts[0].id, STYLE)))

    @cached_property
    def topics(self) -> list[Topical]:
        """What people are moved about."""
        packed = [self.details.get((row.id, TOPICS), []) for row in self.accounts]
        return read_topics(packed, self.current)

    @cached_property
    def circle(self) -> Circle:
        """Who moves whom; one query."""
        return read_circle(self.details, [row.id for row in self.accounts])

    @cached_property
    def posts(self) -> list[Post]:
        """The posts that moved most; one query."""
        posts = Post.objects.filter(author__in=[row.id for row in self.accounts])
        return list(posts.order_by("-people", "-anonymous", "post")[:_POSTS])


def find_profile(slug: str, viewer: Viewer = None) -> Profile:
    """Give the page at an address; Http404 where nobody claimed it, or not for this viewer.

    Without a viewer, as for interfaces and pictures, it is for everybody or not at all.
    Queries: the publication; the account with its person and that person's accounts; what is packed
    beside them.
    """
    current = current_publication()
    if current is None:
        raise Http404
    person, accounts = find_people(slug, viewer)
    owners = dict.fromkeys([person.id, *(row.id for row in accounts)])
    return Profile(slug, person, accounts, read_details(owners, _KINDS), current)
