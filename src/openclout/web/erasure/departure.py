"""Leaving: the tombstone first, then the database at once, then the data folder.

The order matters: once the tombstone stands, nothing that runs later can bring anybody back.
"""

from collections.abc import Iterable

from allauth.account.models import EmailAddress
from django.contrib.sessions.models import Session
from django.db import transaction
from django.utils import timezone

from openclout.consent import Ledger
from openclout.web.erasure.database import known_names, remove_account, remove_texts
from openclout.web.erasure.mailbox import remove_mail
from openclout.web.erasure.models import Departure, Reason
from openclout.web.here import this_site
from openclout.web.members.models import Member

TWINS = dict.fromkeys(("mastodon", "fediverse"), ("mastodon", "fediverse"))
"""Networks of which each has the other's accounts under the same names."""


def leave_out(network: str, names: Iterable[str], reason: Reason) -> Departure:
    """Leave an account out, known by ids and handles; the data folder follows (run.py)."""
    ledger = Ledger(this_site().settings.data)
    networks, given = TWINS.get(network, (network,)), [name for name in names if name]
    known = {other: known_names(other, given) for other in networks}
    marked = [(other, name) for other in networks for name in sorted(known[other])]
    stone = ledger.add(marked, timezone.now())
    with transaction.atomic():
        for other in networks:
            remove_account(other, known[other])
            remove_texts(known[other])
        return Departure.objects.create(mark=stone.mark, reason=reason)


def erase_member(member: Member, also_accounts: bool = True) -> list[Departure]:
    """Erase a member with everything kept; with the accounts that were claimed, if wanted."""
    claims = list(member.claims.all()) if also_accounts else []
    with transaction.atomic():
        left = [leave_out(found.network, [found.account], Reason.ERASE) for found in claims]
        _end_sessions(member)
        known = EmailAddress.objects.filter(user=member).values_list("email", flat=True)
        addresses = {member.email, *known}
        Member.objects.filter(pk=member.pk).delete()
    remove_mail(addresses)
    return left


def _end_sessions(member: Member) -> None:
    """Delete the member's sessions: they name the member, signed but readable."""
    ours = [
        session.pk
        for session in Session.objects.iterator()
        if session.get_decoded().get("_auth_user_id") == str(member.pk)
    ]
    Session.objects.filter(pk__in=ours).delete()
