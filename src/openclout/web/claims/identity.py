"""An account as a network or a proof names it, found under the snapshot's own name for it."""

from dataclasses import dataclass

from django.db import IntegrityError, connection, transaction
from django.utils.translation import gettext as _

from openclout.consent import Ledger
from openclout.web.claims.claim import claim
from openclout.web.claims.models import Claim
from openclout.web.here import this_site
from openclout.web.members.models import Member


class Unclaimable(Exception):
    """Why an account cannot be claimed, as a sentence for the member."""


@dataclass(frozen=True, slots=True)
class Identity:
    """An account that was proved: on which network, its ids (the lasting one first), its handle.

    A snapshot may know it by another name of the network (`networks`) or by another id: archives
    without numbers have the handle for an id. A handle alone is never enough, for it changes hands.
    """

    networks: tuple[str, ...]
    ids: tuple[str, ...]
    handle: str
    proof: str


def claim_identity(member: Member, identity: Identity) -> list[Claim]:
    """Claim an account under each name that the snapshot has for it; else under the first.

    Raises Unclaimable where it opted out or is another member's.
    """
    ledger = Ledger(this_site().settings.data)
    if any(ledger.holds(name, *identity.ids, identity.handle) for name in identity.networks):
        raise Unclaimable(
            _("This account has opted out and stays out. The operator can take that back for you.")
        )
    known = _known(identity) or [(identity.networks[0], identity.ids[0])]
    try:
        with transaction.atomic():
            return [
                claim(member, network, account, identity.handle, identity.proof)
                for network, account in known
            ]
    except IntegrityError:
        raise Unclaimable(
            _("Another member has claimed this account. If it is yours, say so on My data.")
        ) from None


def _known(identity: Identity) -> list[tuple[str, str]]:
    """Give the names under which the published snapshot has the account."""
    networks, ids = (
        ", ".join(["%s"] * len(identity.networks)),
        ", ".join(["%s"] * len(identity.ids)),
    )
    with connection.cursor() as cursor:
        cursor.execute(
            f"select distinct network, account from published_people where network in ({networks})"
            f" and account in ({ids}) and level = 'account' order by 1, 2",
            [*identity.networks, *identity.ids],
        )
        return [(str(network), str(account)) for network, account in cursor.fetchall()]
