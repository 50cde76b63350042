"""Finding who has a page at an address."""

from django.http import Http404

from openclout.web.published.models import Person


def find_people(slug: str) -> tuple[Person, list[Person]]:
    """Give who has a page at an address, and the accounts, the best first; one query.

    Without other accounts the person is the account itself. Raises Http404.
    """
    named = Person.objects.filter(slug=slug, level="account")
    leader = named.filter(person__isnull=False).values("person")
    rows = list(
        named.union(
            Person.objects.filter(id__in=leader), Person.objects.filter(person__in=leader), all=True
        )
    )
    if not rows:
        raise Http404
    unique = {row.id: row for row in rows}
    person = next((row for row in unique.values() if row.level == "person"), rows[0])
    accounts = [row for row in unique.values() if row.level == "account"]
    accounts.sort(key=lambda row: (row.id != person.id - 1, -(row.brings or 0), row.network))
    return person, accounts
