"""A person's topics, read out of what is packed beside the accounts."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from openclout.web.published.state import Current, TopicName


@dataclass(frozen=True, slots=True)
class Topical:
    """A score about a topic with its band, and the rank among `people` where it is sure."""

    topic: TopicName
    score: float
    low: float
    high: float
    provisional: bool
    rank: int | None
    percentile: float | None
    people: int


def read_topics(packed: Iterable[list[dict[str, Any]]], current: Current) -> list[Topical]:
    """Read the topics of a person's accounts, each as of the account that is highest there."""
    best: dict[str, dict[str, Any]] = {}
    for one in (one for content in packed for one in content):
        known = best.get(one["topic"])
        if known is None or one["score"] > known["score"]:
            best[one["topic"]] = one
    return [
        Topical(
            current.topics[name], **{key: value for key, value in one.items() if key != "topic"}
        )
        for name, one in best.items()
        if name in current.topics
    ]
