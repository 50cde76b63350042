"""What a picture says, and the mark by which a cached one is known."""

import hashlib
from dataclasses import dataclass

from openclout.web.published.models import Person
from openclout.web.published.state import current_publication

_LOOK = 1
"""Raise it when pictures are drawn otherwise: cached ones are asked for anew."""


@dataclass(frozen=True, slots=True)
class Subject:
    """The person of a picture, and a mark that changes when what is drawn does."""

    row: Person
    tag: str


def find_subject(slug: str, kind: str) -> Subject | None:
    """Give whom a picture shows, None where nobody has a page at the address.

    Queries: the publication, the account, its person.
    """
    current = current_publication()
    account = Person.objects.filter(slug=slug, level="account").first() if current else None
    if account is None or current is None:
        return None
    row = account if account.person is None else Person.objects.get(id=account.person)
    mark = f"{_LOOK} {kind} {slug} {current.folder}"
    return Subject(row, f'"{hashlib.blake2b(mark.encode(), digest_size=12).hexdigest()}"')
