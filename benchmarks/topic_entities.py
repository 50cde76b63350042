"""Labelled entities: what the vocabulary's hierarchy and phrases say of Klout's 26,607 labels."""

import csv
import gzip
import tempfile
from collections import Counter, defaultdict
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from pathlib import Path

from benchmarks.sets import DATA
from benchmarks.topic_tags import AT, named
from openclout.topics.matcher import Matcher
from openclout.topics.published import keep, read_published
from openclout.topics.vocabulary import Vocabulary, load_vocabulary

_NAMELESS = "_display_unknown_"
Teller = Callable[[str, str], list[str]]


@dataclass(slots=True)
class Entity:
    """An entity's display name, and what it is labelled with: topics by id, yes or no."""

    name: str
    labels: dict[str, bool] = field(default_factory=dict)


@dataclass(slots=True)
class Judged:
    """Counts over entities; `wrong` and `untold` name the topics of the errors."""

    pairs: int = 0
    entities: int = 0
    told_of: int = 0
    told: int = 0
    right: int = 0
    wanted: int = 0
    wanted_where_told: int = 0
    wrong: Counter[str] = field(default_factory=Counter)
    untold: Counter[str] = field(default_factory=Counter)

    def row(self, name: str, vocabulary: str) -> str:
        """Write one row of the table."""
        return (
            f"| {name} | {vocabulary} | {self.pairs:,} | {self.told_of:,} of {self.entities:,} |"
            f" {self.right / self.told:.2f} | {self.right / self.wanted:.2f} |"
            f" {self.right / self.wanted_where_told:.2f} |"
        )


def read_entities() -> tuple[dict[str, Entity], int]:
    """Read the labels, by entity and by the topic's id in Klout's ontology; and how many."""
    found: dict[str, Entity] = {}
    with gzip.open(DATA / "topics/entity_to_topic_labels_20180101.csv.gz", "rt") as file:
        rows = list(csv.DictReader(file))
    for row in rows:
        entity = found.setdefault(row["entityId"], Entity(row["entityDisplayName"]))
        entity.labels[row["topicId"]] = row["label"] == "1"
    return found, len(rows)


def read_ids(vocabulary: Vocabulary) -> dict[str, str]:
    """Give, by the topic's id in Klout's ontology, the topic of the vocabulary that is the same."""
    items = {topic.wikidata: key for key, topic in vocabulary.topics.items() if topic.wikidata}
    with gzip.open(DATA / "topics/klout_topic_ontology_20180601.csv.gz", "rt") as file:
        rows = list(csv.DictReader(file))
    found = {}
    for row in rows:
        slug = vocabulary.same.get(row["topicSlug"], row["topicSlug"])
        topic = items.get(row["wikiItemId"]) or (slug if slug in vocabulary.topics else None)
        if topic:
            found[row["topicId"]] = topic
    return found


def judge(entities: Mapping[str, Entity], ids: Mapping[str, str], tell: Teller) -> Judged:
    """Compare what is told of entities with their labels."""
    judged = Judged()
    for item, entity in entities.items():
        labels: dict[str, bool] = {}
        for topic, label in entity.labels.items():
            if topic in ids:  # two of Klout's may be one of ours: a yes holds
                labels[ids[topic]] = labels.get(ids[topic], False) or label
        if labels:
            _judge_one(judged, labels, tell(item, entity.name)[:AT])
    return judged


def _judge_one(judged: Judged, labels: Mapping[str, bool], told: list[str]) -> None:
    known = [topic for topic in told if topic in labels]
    wanted = {topic for topic, label in labels.items() if label}
    judged.pairs += len(labels)
    judged.entities += 1
    judged.told_of += bool(told)
    judged.told += len(known)
    judged.right += len(wanted & set(known))
    judged.wanted += len(wanted)
    judged.wanted_where_told += len(wanted) if told else 0
    judged.wrong.update(set(known) - wanted)
    judged.untold.update(wanted - set(known))


def by_item(vocabulary: Vocabulary) -> Teller:
    """Tell of an entity that is a topic itself: the topic and what is above it."""
    items: dict[str, list[str]] = defaultdict(list)
    for key, topic in vocabulary.topics.items():
        items[topic.wikidata].append(key)
    return lambda item, _name: [up for key in items.get(item, ()) for up in vocabulary.line(key)]


def by_name(vocabulary: Vocabulary) -> Teller:
    """Tell by the phrases in an entity's name: their topics, and what is above them."""
    matcher = Matcher(vocabulary)

    def tell(_item: str, name: str) -> list[str]:
        if name == _NAMELESS:
            return []
        found = [topic for topic, _how in matcher.match(name, (), "en")]
        above = [up for topic in found for up in vocabulary.line(topic)[1:]]
        return list(dict.fromkeys([*found, *above]))

    return tell


def entity_figures() -> dict[str, str]:
    """Measure both ways with our vocabulary, and with Klout's whole ontology beside it."""
    entities, count = read_entities()
    ours = load_vocabulary()
    with tempfile.TemporaryDirectory() as folder:
        name, topics = read_published(sorted((DATA / "topics").glob("klout_topic_*.csv.gz")))
        keep(Path(folder), name, topics)
        whole = load_vocabulary(Path(folder))
    found = {
        (way, name): judge(entities, read_ids(vocabulary), teller(vocabulary))
        for way, teller in (("by item", by_item), ("by name", by_name))
        for name, vocabulary in (("ours", ours), ("ours and Klout's", whole))
    }
    last = found["by name", "ours"]
    return {
        "labelled": f"{count:,}",
        "entities": "\n".join(judged.row(*key) for key, judged in found.items()),
        "wrong": named(last.wrong),
        "untold": named(last.untold),
    }
