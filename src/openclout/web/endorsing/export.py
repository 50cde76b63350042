"""All +K as the file that `openclout import` reads: see connectors/openclout/README.md."""

from collections.abc import Iterator

import orjson

from openclout.connectors.openclout import MARK
from openclout.web.claims.models import Claim
from openclout.web.endorsing.models import Endorsement


def export_lines() -> Iterator[bytes]:
    """Give the file line by line, in the order in which the +K were given.

    A giver is named by the account claimed on the network of the endorsed one: the +K counts as
    much as that account's acts do. Without one it is the member's number, kept as a keyed id.
    """
    yield _line(dict(MARK))
    rows = Endorsement.objects.filter(removed=None).select_related("claim").order_by("id")
    accounts = _accounts()
    for row in rows.iterator(chunk_size=2000):
        claim = row.claim
        source = accounts.get((row.giver_id, claim.network))
        giver = {"source": source} if source else {"member": str(row.giver_id)}
        yield _line({
            "id": str(row.pk), "network": claim.network, "target": claim.account, **giver,
            "topic": row.topic, "published": row.created.isoformat(),
        })  # fmt: skip


def _accounts() -> dict[tuple[int, str], str]:
    """Give the accounts of those who gave, by member and network; of several the first claimed."""
    claims = Claim.objects.filter(member__given__isnull=False).distinct().order_by("-id")
    return {(claim.member_id, claim.network): claim.account for claim in claims}


def _line(row: dict[str, object]) -> bytes:
    return orjson.dumps(row) + b"\n"
