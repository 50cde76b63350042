"""Claiming: the one door through which a page becomes public, and the one that closes it."""

import re

from django.db import connection, transaction
from django.utils.text import slugify

from openclout.web.claims.models import Claim, Visibility
from openclout.web.members.models import Member

Key = tuple[str, str]
"""(network, account) as the snapshot names it."""
_PEOPLE = "published_people"
_OWNED = (
    ("published_topic_scores", "owner"),
    ("published_posts", "author"),
    ("published_topic_posts", "author"),
)


def claim(member: Member, network: str, account: str, name: str, proof: str = "") -> Claim:
    """Claim an account for a member who has proved it; `name` is what the page's address is of.

    Whoever calls has checked the proof. Claiming twice changes nothing; another member's account
    cannot be claimed (IntegrityError).
    """
    with transaction.atomic():
        found = Claim.objects.filter(member=member, network=network, account=account).first()
        if found is None:
            slug = free_slug(name or account, network)
            found = Claim.objects.create(
                member=member, network=network, account=account, slug=slug, proof=proof
            )
        show(found)
    return found


def change_visibility(found: Claim, visibility: Visibility) -> None:
    """Change who may see a page; lists and interfaces follow in the same moment.

    Accounts that are joined to one person have one page: what is said of one holds for all that the
    member claimed of them, else the others' page would show the hidden one.
    """
    with transaction.atomic():
        for one in _joined(found):
            one.visibility = visibility
            one.save(update_fields=("visibility", "changed"))
            show(one)
        found.visibility = visibility


def _joined(found: Claim) -> list[Claim]:
    """Give a member's claims of accounts that are one person with a claimed one, itself first."""
    person = (
        f"(select person from {_PEOPLE} where network = %s and account = %s and level = 'account')"
    )
    with connection.cursor() as cursor:
        cursor.execute(
            f"select network, account from {_PEOPLE} where person = {person} and level = 'account'",
            (found.network, found.account),
        )
        others = {(str(network), str(account)) for network, account in cursor.fetchall()}
    mine = Claim.objects.filter(member=found.member_id).exclude(pk=found.pk)
    return [found, *(one for one in mine if (one.network, one.account) in others)]


def withdraw(found: Claim) -> None:
    """Give a claim up: the page is gone at once."""
    with transaction.atomic():
        found.visibility = Visibility.MYSELF
        show(found)
        found.delete()


def free_slug(name: str, network: str) -> str:
    """Give an address for a page that is nobody else's: `bob`, `bob-chatterhub`, `bob-2`."""
    base = slugify(name)[:40] or slugify(re.sub(r"\W", "-", name))[:40] or "person"
    choices = [base, f"{base}-{slugify(network)}"[:60], *(f"{base}-{n}" for n in range(2, 1000))]
    taken = set(Claim.objects.filter(slug__in=choices).values_list("slug", flat=True))
    return next(slug for slug in choices if slug not in taken)


def public_slugs() -> dict[Key, str]:
    """Give the addresses of all pages that everybody may see, by account."""
    rows = Claim.objects.filter(visibility=Visibility.PUBLIC)
    return {
        (network, account): slug
        for network, account, slug in rows.values_list("network", "account", "slug")
    }


def show(found: Claim) -> None:
    """Write into the published tables whether this account is named in public."""
    slug = found.slug if found.visibility == Visibility.PUBLIC else None
    with connection.cursor() as cursor:
        cursor.execute(
            f"update {_PEOPLE} set slug = %s where network = %s and account = %s"
            " and level = 'account'",
            (slug, found.network, found.account),
        )
        cursor.execute(
            f"update {_PEOPLE} set slug = (select min(a.slug) from {_PEOPLE} a where a.person"
            f" = {_PEOPLE}.id and a.slug is not null) where id in (select person from {_PEOPLE}"
            " where network = %s and account = %s and person is not null)",
            (found.network, found.account),
        )
        for table, owner in _OWNED:
            cursor.execute(
                f"update {table} set slug = %s where {owner} in (select id from {_PEOPLE}"
                " where network = %s and account = %s and level = 'account')",
                (slug, found.network, found.account),
            )
