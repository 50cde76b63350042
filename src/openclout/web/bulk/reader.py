"""Many people in one query."""

from openclout.web.published.models import Person

MOST = 1000


def look_up(slugs: list[str]) -> dict[str, Person]:
    """Give those of these people who have a public page, by the address that was asked for."""
    accounts = list(Person.objects.filter(slug__in=set(slugs), level="account"))
    leaders = {row.person for row in accounts if row.person is not None}
    persons = {row.id: row for row in Person.objects.filter(id__in=leaders)}
    return {row.slug: persons.get(row.person or 0, row) for row in accounts if row.slug is not None}
