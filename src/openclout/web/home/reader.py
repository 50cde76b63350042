"""What the first page shows: people whose names start with some letters."""

from openclout.web.published.models import Person

MOST = 8


def search(text: str, limit: int = MOST) -> list[Person]:
    """Give claimed people whose address starts with a text, highest first.

    The text is that of an address: small letters; an @ before it is left out.
    """
    start = text.strip().lower().removeprefix("@").replace(" ", "-")
    if not start:
        return []
    rows = Person.objects.filter(slug__gte=start, slug__lt=start + "\uffff", person=None)
    return list(rows.order_by("slug")[:limit])


def leaders(limit: int = MOST) -> list[Person]:
    """Give the claimed people with the highest scores."""
    rows = Person.objects.filter(slug__isnull=False, board__isnull=False)
    return list(rows.order_by("-board", "-id")[:limit])


def movers(limit: int = 5) -> tuple[list[Person], list[Person]]:
    """Give the claimed people who rose and who fell most since last week; two queries."""
    rows = Person.objects.filter(slug__isnull=False, board__isnull=False, week__isnull=False)
    risen = rows.filter(week__gte=_SEEN).order_by("-week", "-id")
    fallen = rows.filter(week__lte=-_SEEN).order_by("week", "id")
    return list(risen[:limit]), list(fallen[:limit])


_SEEN = 0.05  # points; less is shown as 0.0
