"""Proving without signing in: a code in the bio, rel=me both ways, a handle that is a domain."""

from urllib.parse import urlsplit

from django.urls import reverse
from django.utils.translation import gettext as _

from openclout.web.claims.identity import Identity
from openclout.web.claims.models import Claim
from openclout.web.connect.models import ProofPage
from openclout.web.here import this_site
from openclout.web.members.models import Member
from openclout.web.proof.atproto import find_handle
from openclout.web.proof.codes import code_for, holds_code
from openclout.web.proof.fetch import Unreached
from openclout.web.proof.links import links_to, same
from openclout.web.proof.profile import read_profile

WEB = ("web", "blog", "feed")
"""Networks under which a snapshot may know a website."""
_MOST_LINKS = 10


def bio_code(member: Member) -> str:
    """Give the code that this member writes into a bio."""
    return code_for("claim", str(member.pk))


def own_page(member: Member) -> str:
    """Give the address of the member's page of proof, to which other pages link."""
    page, _made = ProofPage.objects.get_or_create(member=member)
    return f"{this_site().origin}{reverse('me', args=[page.code])}"


def prove_bio(member: Member, network: str, name: str) -> Identity:
    """Look for the member's code in an account's own words."""
    profile = read_profile(network, name)
    if not holds_code(profile.words, bio_code(member)):
        raise Unreached(_("The code is not in the bio yet."))
    return profile.identity


def prove_website(member: Member, url: str) -> Identity:
    """Look for the link back: the page says rel=me of the member's, which says it of the page."""
    page = same(url if "://" in url else f"https://{url}")
    _link_to(member, page)
    final = links_to(page, own_page(member))
    if final is None:
        raise Unreached(_("The page has no rel=me link to your page of proof yet."))
    if urlsplit(final).netloc.lower() != urlsplit(page).netloc:
        raise Unreached(_("The page leads to another website; name that one."))
    host = urlsplit(page).netloc
    ids = dict.fromkeys((page, page.rstrip("/"), host))
    return Identity(WEB, tuple(ids), host.removeprefix("www."), page)


def _link_to(member: Member, page: str) -> None:
    """Let the page of proof link to a website: the one way, of which the other is looked for."""
    if urlsplit(page).scheme not in ("http", "https"):
        raise Unreached(_("This is not the address of a website."))
    found, _made = ProofPage.objects.get_or_create(member=member)
    found.links = [*[link for link in found.links if link != page][-(_MOST_LINKS - 1) :], page]
    found.save(update_fields=("links",))


def prove_handle(member: Member, handle: str) -> Identity:
    """A Bluesky handle that is a domain whose website the member has proved is the member's."""
    known = find_handle(handle)
    sites = Claim.objects.filter(member=member, network__in=WEB).values_list("proof", flat=True)
    # Only the whole domain: who has a page on somebody's server does not have its handle.
    if not any(
        urlsplit(site).hostname == known.handle and urlsplit(site).path in ("", "/")
        for site in sites
    ):
        raise Unreached(
            _("Prove the website %(name)s first; the handle follows from it.")
            % {"name": known.handle}
        )
    return Identity(
        ("bluesky",), (known.did,), known.handle, f"https://bsky.app/profile/{known.did}"
    )
