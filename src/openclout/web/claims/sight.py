"""Who may see a page that is not for everybody."""

from django.contrib.auth.models import AnonymousUser

from openclout.web.claims.models import Claim, Visibility
from openclout.web.members.models import Member


def seen_by(slug: str, viewer: Member | AnonymousUser) -> Claim | None:
    """Give the claim behind an address, if this visitor may see its page; else None."""
    found = Claim.objects.filter(slug=slug).first()
    if found is None or found.visibility == Visibility.PUBLIC:
        return found
    if not viewer.is_authenticated:
        return None
    own = found.member_id == viewer.pk
    return found if own or found.visibility == Visibility.MEMBERS else None
