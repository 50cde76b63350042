"""Claims that the operator grants, having seen the proof."""

from django.db import IntegrityError

from openclout.errors import InputError
from openclout.web.claims.claim import claim
from openclout.web.claims.models import Claim
from openclout.web.members.models import Member


def grant(email: str, network: str, account: str, name: str, proof: str) -> Claim:
    """Claim an account for the member with an address, made without a password where new.

    Raises InputError where the account is another member's.
    """
    address = email.strip().lower()
    member, _made = Member.objects.get_or_create(
        email=address, defaults={"username": address, "password": "!"}
    )
    try:
        return claim(member, network, account, name, proof)
    except IntegrityError:
        raise InputError(
            f"{network}:{account} is claimed by another member", fix="withdraw that claim first"
        ) from None
