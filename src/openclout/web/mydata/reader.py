"""What the page shows: one function."""

from dataclasses import dataclass

from allauth.account.models import EmailAddress
from allauth.socialaccount.models import SocialAccount

from openclout.web.claims.models import Claim
from openclout.web.members.models import Member
from openclout.web.mydata.hiding import Shown, hidden_topics, shown_topics
from openclout.web.mydata.models import Dispute
from openclout.web.published.models import Person, Post
from openclout.web.published.state import Current, current_publication


@dataclass(frozen=True, slots=True)
class Account:
    """A claimed account: its claim, what is published of it, how many posts of it are shown."""

    claim: Claim
    row: Person | None
    posts: int
    topics: list[Shown]
    hidden: list[Shown]


@dataclass(frozen=True, slots=True)
class Overview:
    """All that the page says."""

    member: Member
    accounts: list[Account]
    addresses: list[EmailAddress]
    connections: list[SocialAccount]
    disputes: list[Dispute]
    current: Current | None


def overview(member: Member) -> Overview:
    """Give what is stored of a member, in short."""
    claims = Claim.objects.filter(member=member).order_by("network", "account")
    return Overview(
        member,
        [_account(claim) for claim in claims],
        list(EmailAddress.objects.filter(user=member)),
        list(SocialAccount.objects.filter(user=member)),
        list(Dispute.objects.filter(member=member).order_by("-created")),
        current_publication(),
    )


def _account(claim: Claim) -> Account:
    row = Person.objects.filter(
        network=claim.network, account=claim.account, level="account"
    ).first()
    posts = Post.objects.filter(author=row.id).count() if row else 0
    topics = shown_topics(row) if row else []
    return Account(claim, row, posts, topics, hidden_topics(claim))
