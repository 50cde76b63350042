"""Hiding a topic of one's own: written down as the owner's choice, gone from the site at once."""

from dataclasses import dataclass

import orjson
from django.db import transaction
from django.utils import timezone
from django.utils.translation import get_language

from openclout.consent import Ledger
from openclout.errors import NotFound
from openclout.snapshot.detail import KINDS, TOPICS
from openclout.topic import Topic
from openclout.topics.choice import HIDE, Choices
from openclout.topics.vocabulary import load_vocabulary
from openclout.web.claims.models import Claim
from openclout.web.here import this_site
from openclout.web.published.models import Detail, Person, TopicPost, TopicScore
from openclout.web.published.models import Topic as PublishedTopic


@dataclass(frozen=True, slots=True)
class Shown:
    """A topic of an account, or one that its owner hid."""

    topic: str
    name: str


def shown_topics(row: Person) -> list[Shown]:
    """Give the topics that an account is shown with, the strongest first."""
    scores = TopicScore.objects.filter(owner=row.id).order_by("-score", "topic")
    topics = list(scores.values_list("topic", flat=True)[:40])
    names = {one.topic: one for one in PublishedTopic.objects.filter(topic__in=topics)}
    return [Shown(topic, _name(names.get(topic), topic)) for topic in topics]


def hidden_topics(claim: Claim) -> list[Shown]:
    """Give what an account's owner hid."""
    chosen = _choices().of(claim.network, claim.account)
    return [Shown(one.topic, one.topic.replace("-", " ")) for one in chosen if one.what == HIDE]


def hide(claim: Claim, topic: str) -> None:
    """Hide a topic of an account: in the ledger of choices first, then everywhere on the site."""
    _choices().choose(claim.network, claim.account, HIDE, _find(topic), timezone.now())
    owner = Person.objects.filter(network=claim.network, account=claim.account, level="account")
    row = owner.first()
    if row is not None:
        with transaction.atomic():
            TopicScore.objects.filter(owner=row.id, topic=topic).delete()
            TopicPost.objects.filter(author=row.id, topic=topic).delete()
            _take_out(row.id, topic)


def show_again(claim: Claim, topic: str) -> None:
    """Take it back; the topic comes back with the next publication."""
    _choices().undo(claim.network, claim.account, _find(topic))


def _take_out(owner: int, topic: str) -> None:
    for detail in Detail.objects.filter(id=owner * KINDS + TOPICS):
        kept = [one for one in orjson.loads(detail.content) if one.get("topic") != topic]
        detail.content = orjson.dumps(kept).decode()
        detail.save(update_fields=("content",))


def _find(topic: str) -> Topic:
    """Find a topic of the vocabulary, or one that a tag made; raises NotFound."""
    try:
        return load_vocabulary(this_site().settings.data).find(topic)
    except NotFound:
        row = PublishedTopic.objects.filter(topic=topic).first()
        if row is None:
            raise
        names = {"en": row.en} if row.en else {}
        return Topic(row.topic, row.parent or "", names, origin=row.origin or "")


def _choices() -> Choices:
    data = this_site().settings.data
    return Choices(data, Ledger(data))


def _name(row: PublishedTopic | None, topic: str) -> str:
    if row is None:
        return topic
    german = (get_language() or "").startswith("de")
    return (row.de if german else row.en) or row.en or topic
