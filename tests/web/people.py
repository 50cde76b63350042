"""Members for tests: named in short, gone afterwards where a test commits."""

from typing import Any


def member(name: str) -> Any:
    """Give the member of a name, made where there is none; ann, bob and cat have pages."""
    from openclout.web.members.models import Member

    return Member.objects.get_or_create(
        email=f"{name}@example.org", defaults={"username": f"{name}@x"}
    )[0]


def organiser(name: str = "orga") -> Any:
    """Give a member whom the operator named an organiser."""
    from django.contrib.auth.models import Group

    from openclout.web.members.roles import ORGANISERS

    found = member(name)
    found.groups.add(Group.objects.get_or_create(name=ORGANISERS)[0])
    return found


def sweep() -> None:
    """Delete the members that tests made, with all that is theirs."""
    from openclout.web.members.models import Member

    Member.objects.filter(username__endswith="@x").delete()


def selects(queries: Any) -> list[str]:
    """Give the queries that read, of those captured."""
    return [query["sql"] for query in queries if query["sql"].lower().startswith("select")]
