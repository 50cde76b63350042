"""What a shortlist shows of people: the number, how sure it is, posts to judge by, the note."""

from dataclasses import dataclass

from django.db.models import Count, Q
from django.http import Http404

from openclout.web.members.models import Member
from openclout.web.members.roles import ORGANISERS
from openclout.web.published.models import Person, Post
from openclout.web.shortlists.models import Entry, Shortlist

POSTS = 3  # beside each number
MOST = 200  # people on a list


@dataclass(frozen=True, slots=True)
class Row:
    """Somebody on a list; `person` is None where the page is not shown to everybody any more."""

    entry: Entry
    slug: str
    person: Person | None
    posts: list[Post]


@dataclass(frozen=True, slots=True)
class Sheet:
    """A list with its rows, the highest first."""

    shortlist: Shortlist
    rows: list[Row]


def lists_of(organiser: Member) -> list[Shortlist]:
    """Give an organiser's lists with how many people are on each; one query."""
    rows = Shortlist.objects.filter(organiser=organiser).annotate(people=Count("entries"))
    return list(rows.order_by("-created", "-id"))


def read_sheet(organiser: Member, number: int) -> Sheet:
    """Give a list of an organiser's own; Http404 where it is not. Three queries, four if empty."""
    entries = list(
        Entry.objects.filter(_allowed(organiser, "shortlist__"), shortlist=number)
        .select_related("shortlist", "claim")
        .order_by("id")[:MOST]
    )
    if not entries:
        found = Shortlist.objects.filter(_allowed(organiser), pk=number).first()
        if found is None:
            raise Http404
        return Sheet(found, [])
    people = _people([entry.claim.slug for entry in entries])
    posts = _posts([person.id for person in people.values() if person.level == "account"])
    rows = [_row(entry, people, posts) for entry in entries]
    rows.sort(key=lambda row: -(row.person.score or 0 if row.person else -1))
    return Sheet(entries[0].shortlist, rows)


def _allowed(organiser: Member, before: str = "") -> Q:
    """Select what is an organiser's, who is one still."""
    role = Q(**{f"{before}organiser__is_superuser": True})
    role |= Q(**{f"{before}organiser__pk__in": Member.objects.filter(groups__name=ORGANISERS)})
    return Q(**{f"{before}organiser": organiser}) & role


def _people(slugs: list[str]) -> dict[str, Person]:
    """Give the accounts at addresses, and by `#id` the persons to whom they belong."""
    named = Person.objects.filter(slug__in=slugs, level="account")
    rows = Person.objects.filter(
        Q(slug__in=slugs, level="account") | Q(id__in=named.values("person"))
    )
    return {row.slug or "" if row.level == "account" else f"#{row.id}": row for row in rows}


def _posts(authors: list[int]) -> dict[int, list[Post]]:
    found: dict[int, list[Post]] = {}
    rows = Post.objects.filter(author__in=authors, place__lte=POSTS).order_by("author", "place")
    for post in rows:
        found.setdefault(post.author, []).append(post)
    return found


def _row(entry: Entry, people: dict[str, Person], posts: dict[int, list[Post]]) -> Row:
    slug = entry.claim.slug
    account = people.get(slug)
    if account is None:
        return Row(entry, slug, None, [])
    person = people.get(f"#{account.person}", account)
    return Row(entry, slug, person, posts.get(account.id, []))
