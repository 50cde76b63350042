"""Who an old client means, and the shapes that it reads."""

from dataclasses import dataclass
from hashlib import blake2b
from typing import Any

from openclout.snapshot.detail import TOPICS
from openclout.web.claims.models import Claim, Visibility
from openclout.web.interface.errors import Missing
from openclout.web.published.circle import CIRCLE, read_circle
from openclout.web.published.details import read_details
from openclout.web.published.models import Person
from openclout.web.published.people import find_people
from openclout.web.published.state import current_publication
from openclout.web.published.topical import read_topics

NETWORKS = {"tw": "x", "twitter": "x", "ms": "mastodon", "gh": "github"}
"""Klout's short names of networks, and ours; other networks go by their own names."""
_CODES = {"x": "tw"}


@dataclass(frozen=True, slots=True)
class Known:
    """A claimed person: the claim whose number is the id, and the row that is scored."""

    claim: Claim
    account: Person
    row: Person


def by_account(network: str, account: str) -> Claim:
    """Find a public claim by a network's id of the account; raises Missing."""
    return _claim(network=NETWORKS.get(network, network), account=account)


def by_name(network: str, name: str) -> Claim:
    """Find a public claim by the account's handle; raises Missing."""
    row = Person.objects.filter(
        network=NETWORKS.get(network, network),
        handle_key=name.lower().removeprefix("@"),
        slug__isnull=False,
        level="account",
    ).first()
    if row is None:
        raise Missing(_NOBODY)
    return _claim(network=row.network, account=row.account)


def by_id(klout_id: str) -> Claim:
    """Find a public claim by its id; raises Missing."""
    if not klout_id.isascii() or not klout_id.isdigit() or len(klout_id) > 18:
        raise Missing(_NOBODY)
    return _claim(pk=int(klout_id))


def find_known(klout_id: str) -> Known:
    """Find a claimed person with the published row; raises Missing."""
    claim = by_id(klout_id)
    account = Person.objects.filter(
        network=claim.network, account=claim.account, level="account", slug__isnull=False
    ).first()
    if account is None:
        raise Missing(_NOBODY)
    row = account if account.person is None else Person.objects.get(id=account.person)
    return Known(claim, account, row)


_NOBODY = "nobody of that name has a page here"


def _claim(**wanted: Any) -> Claim:
    found = Claim.objects.filter(visibility=Visibility.PUBLIC, **wanted).first()
    if found is None:
        raise Missing(_NOBODY)
    return found


def identity(claim: Claim) -> dict[str, str]:
    """Give what identity.json answers: the id of a person."""
    return {"id": str(claim.pk), "network": "ks"}


def on_network(claim: Claim, code: str) -> dict[str, str]:
    """Give the account of a person on a network, of all that were claimed by the same member."""
    network = NETWORKS.get(code, code)
    found = _claim(member=claim.member_id, network=network)
    return {"id": found.account, "network": _CODES.get(network, network)}


def user(known: Known) -> dict[str, Any]:
    """Give what user.json answers."""
    scored = score(known)
    return {
        "kloutId": str(known.claim.pk),
        "nick": known.account.handle or known.account.label,
        "score": {"score": scored["score"], "bucket": scored["bucket"]},
        "scoreDeltas": scored["scoreDelta"],
    }


def score(known: Known) -> dict[str, Any]:
    """Give what /score answers; raises Missing where there is no score.

    The old clients want a number of every change: 0 where no earlier score is kept.
    """
    if known.row.score is None:
        raise Missing("not enough data for a score")
    return {
        "score": round(known.row.score, 6),
        "scoreDelta": {
            "dayChange": round(known.row.day or 0.0, 6),
            "weekChange": round(known.row.week or 0.0, 6),
            "monthChange": round(known.row.month or 0.0, 6),
        },
        "bucket": bucket(known.row.score),
    }


def bucket(value: float) -> str:
    """Give Klout's bucket of a score: "50-59", the highest "90-100"."""
    tens = min(int(value // 10), 9) * 10
    return f"{tens}-{100 if tens == 90 else tens + 9}"


def influence(known: Known) -> dict[str, Any]:
    """Give what /influence answers: five who influence and five who are influenced."""
    _person, accounts = find_people(known.claim.slug)
    owners = [row.id for row in accounts]
    circle = read_circle(read_details(owners, CIRCLE), owners)
    slugs = [one.row.slug for one in (*circle.influencers, *circle.influencees)]
    claims = {claim.slug: claim for claim in Claim.objects.filter(slug__in=slugs)}
    found = {
        name: [_entity(Known(claims[one.row.slug], one.row, one.row))
               for one in near if one.row.slug in claims and one.row.score is not None]
        for name, near in (("myInfluencers", circle.influencers),
                           ("myInfluencees", circle.influencees))
    }  # fmt: skip
    counts = {f"{name}Count": len(near) for name, near in found.items()}
    return {**found, **counts}


def _entity(known: Known) -> dict[str, Any]:
    return {"entity": {"id": str(known.claim.pk), "payload": user(known)}}


def topics(known: Known) -> list[dict[str, Any]]:
    """Give what /topics answers: a person's topics with slug and displayName."""
    current = current_publication()
    if current is None:
        return []
    _person, accounts = find_people(known.claim.slug)
    details = read_details([row.id for row in accounts], (TOPICS,))
    found = read_topics([details.get((row.id, TOPICS), []) for row in accounts], current)
    return [
        {
            "id": str(int(blake2b(one.topic.topic.encode(), digest_size=7).hexdigest(), 16)),
            "displayName": one.topic.name,
            "name": one.topic.topic,
            "slug": one.topic.topic,
            "imageUrl": "",
            "topicType": "sub" if one.topic.parent else "domain",
        }
        for one in found
    ]
