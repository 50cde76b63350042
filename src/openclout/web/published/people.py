"""Reading people's rows by SQL of our own.

Django takes longer to write a query than a database to answer it, and every profile asks these.
"""

from collections.abc import Iterable, Sequence

from django.contrib.auth.models import AnonymousUser
from django.db import connection
from django.http import Http404

from openclout.web.claims.sight import seen_by
from openclout.web.members.models import Member
from openclout.web.published.models import Person

Value = str | int | float | None
Viewer = Member | AnonymousUser | None
_NAMES = ", ".join(str(field.column) for field in Person._meta.fields)
_TABLE = Person._meta.db_table
_LEADER = (
    f"(select person from {_TABLE} where slug = %s and level = 'account' and person is not null)"
)
_AT_ADDRESS = " union all ".join(
    f"select {_NAMES} from {_TABLE} where {condition}"
    for condition in ("slug = %s and level = 'account'", f"id in {_LEADER}", f"person in {_LEADER}")
)


def select_people(rest: str, values: Sequence[Value] = ()) -> list[Person]:
    """Give the people that `rest` (where ... order by ... limit ...) chooses; one query."""
    return _read(f"select {_NAMES} from {_TABLE} {rest}", values)


def _read(sql: str, values: Sequence[Value]) -> list[Person]:
    with connection.cursor() as cursor:
        cursor.execute(sql, values)
        return [Person(*row) for row in cursor.fetchall()]


def find_people(slug: str, viewer: Viewer = None) -> tuple[Person, list[Person]]:
    """Give who has a page at an address, and the accounts, the best first; one query.

    Without other accounts the person is the account itself. Pages that are not for everybody are
    found for a viewer who may see them, with two queries more. Raises Http404.
    """
    rows = _read(_AT_ADDRESS, (slug, slug, slug))
    if not rows and viewer is not None and viewer.is_authenticated:
        rows = _hidden(slug, viewer)
    if not rows:
        raise Http404
    unique = {row.id: row for row in rows}
    person = next((row for row in unique.values() if row.level == "person"), rows[0])
    accounts = [row for row in unique.values() if row.level == "account"]
    accounts.sort(key=lambda row: (row.id != person.id - 1, -(row.brings or 0), row.network))
    return person, accounts


def _hidden(slug: str, viewer: Member | AnonymousUser) -> list[Person]:
    """Give the rows behind a page that is for members, or for this member alone."""
    found = seen_by(slug, viewer)
    if found is None:
        return []
    own = "network = %s and account = %s and level = 'account'"
    person = f"(select person from {_TABLE} where {own} and person is not null)"
    asked = (found.network, found.account)
    return select_people(f"where ({own}) or id in {person} or person in {person}", asked * 3)


def named(ids: Iterable[int]) -> dict[int, Person]:
    """Give those of these accounts who may be named; one query, none where nobody is asked for."""
    wanted = list(set(ids))
    if not wanted:
        return {}
    marks = ", ".join(["%s"] * len(wanted))
    rows = select_people(f"where id in ({marks}) and slug is not null", wanted)
    return {row.id: row for row in rows}
