"""Giving a +K and taking it back: the rules hold whatever is clicked at once.

A giver's row is locked while the budget is looked at, so two clicks wait for one another: by the
row lock on PostgreSQL, on SQLite because every transaction that is begun is the only one. The rule
of one a week is the database's own beside.
"""

import unicodedata
from datetime import datetime, timedelta

from django.db import transaction
from django.utils.text import slugify
from django.utils.translation import gettext as _

from openclout.web.claims.models import Claim, Visibility
from openclout.web.endorsing.models import Endorsement
from openclout.web.members.models import Member

A_DAY = 5
"""How many +K a member may give between two midnights, UTC."""
LONGEST = 60  # letters of a topic


class NotGiven(Exception):
    """A +K that is not given; its text tells the member why."""


def read_topic(text: str) -> str:
    """Write a topic as tags are: small letters, hyphens; "" where nothing is left.

    >>> read_topic("#Free Jazz!"), read_topic("  "), read_topic("Bücher")
    ('free-jazz', '', 'bücher')
    """
    word = unicodedata.normalize("NFC", text.strip().removeprefix("#"))
    return slugify(word, allow_unicode=True)[:LONGEST].strip("-_")


def give(giver: Member, slug: str, text: str, now: datetime) -> Endorsement:
    """Give the person at an address a +K for a topic; raises NotGiven with the rule it breaks."""
    topic = read_topic(text)
    if not topic:
        raise NotGiven(_("Say for which topic."))
    with transaction.atomic():
        Member.objects.select_for_update(no_key=True).get(pk=giver.pk)
        claim = Claim.objects.filter(slug=slug).exclude(visibility=Visibility.MYSELF).first()
        if claim is None:
            raise NotGiven(_("This person has no page here any more."))
        week = (now - timedelta(days=now.weekday())).date()
        _check(giver, claim, topic, now)
        return Endorsement.objects.create(
            giver=giver, receiver_id=claim.member_id, claim=claim, topic=topic, week=week,
            created=now,
        )  # fmt: skip


def _check(giver: Member, claim: Claim, topic: str, now: datetime) -> None:
    week = (now - timedelta(days=now.weekday())).date()
    given = Endorsement.objects.filter(giver=giver)
    if claim.member_id == giver.pk:
        raise NotGiven(_("Nobody endorses themselves."))
    if given.filter(receiver=claim.member_id, topic=topic, week=week).exists():
        raise NotGiven(_("You gave this person a +K for this topic this week; once is enough."))
    if given.filter(created__gte=_midnight(now)).count() >= A_DAY:
        raise NotGiven(_("Your five +K of today are given; tomorrow there are new ones."))


def undo(giver: Member, number: int) -> bool:
    """Take a +K back; False where it is none of the giver's, or was removed by the operator."""
    gone, _each = Endorsement.objects.filter(pk=number, giver=giver, removed=None).delete()
    return bool(gone)


def _midnight(now: datetime) -> datetime:
    return now.replace(hour=0, minute=0, second=0, microsecond=0)


def left(given: list[Endorsement], now: datetime) -> int:
    """Tell how many +K of today are left of those that a member gave."""
    return max(A_DAY - sum(one.created >= _midnight(now) for one in given), 0)
