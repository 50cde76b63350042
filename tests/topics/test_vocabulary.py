"""Our vocabulary: every name and id is the source's, every topic has its place."""

import csv
import gzip
from collections import defaultdict
from pathlib import Path

import pytest

from openclout.errors import InputError, NotFound
from openclout.topic import Topic
from openclout.topics.vocabulary import Vocabulary, load_vocabulary, read_topics, write_topics

OURS = load_vocabulary()


def source(shared: Path, name: str) -> list[dict[str, str]]:
    path = shared / "topics" / f"klout_topic_{name}_20180601.csv.gz"
    with gzip.open(path, "rt", encoding="utf-8") as file:
        return list(csv.DictReader(file))


def test_there_are_enough_topics_in_two_languages_under_a_few_heads() -> None:
    topics = OURS.topics.values()
    assert len(topics) >= 1000
    assert all(topic.name("en") and topic.name("de") and topic.wikidata for topic in topics)
    assert len({topic.wikidata for topic in topics}) == len(topics)
    heads = [topic.topic for topic in topics if not topic.parent]
    assert len(heads) == 16
    assert all(OURS.line(topic.topic)[-1] in heads for topic in topics)
    assert max(len(OURS.line(topic.topic)) for topic in topics) >= 5


@pytest.mark.shared
def test_every_name_and_id_is_the_source_s(shared: Path) -> None:
    german = {
        row["topicId"]: row["topicDisplayName"]
        for row in source(shared, "display")
        if row["language"] == "de"
    }
    known = {
        (row["wikiItemId"], row["topicDisplayName"], german.get(row["topicId"]))
        for row in source(shared, "ontology")
    }
    strange = [
        topic.topic
        for topic in OURS.topics.values()
        if (topic.wikidata, topic.names["en"], topic.names["de"]) not in known
    ]
    assert strange == []


@pytest.mark.shared
def test_every_parent_stands_above_its_topic_in_the_source(shared: Path) -> None:
    rows = source(shared, "ontology")
    item = {row["topicId"]: row["wikiItemId"] for row in rows}
    above: dict[str, set[str]] = defaultdict(set)
    for row in source(shared, "edge"):
        above[row["childTopicId"]].add(row["parentTopicId"])
    ids = defaultdict(list)
    for row in rows:
        ids[row["wikiItemId"]].append(row["topicId"])

    def ancestors(wikidata: str) -> set[str]:
        found: set[str] = set()
        todo = list(ids[wikidata])
        while todo:
            for parent in above[todo.pop()] - found:
                found.add(parent)
                todo += [parent, *ids.get(item.get(parent, ""), ())]
        return {item.get(one, "") for one in found}

    topics = OURS.topics
    wrong = [
        topic.topic
        for topic in topics.values()
        if topic.parent and topics[topic.parent].wikidata not in ancestors(topic.wikidata)
    ]
    assert wrong == []


def test_a_topic_is_found_by_id_name_item_or_hashtag() -> None:
    for text in ("beer", "Bier", "Q44", "#beer"):
        assert OURS.find(text).topic == "beer"
    with pytest.raises(NotFound, match="did you mean jazz"):
        OURS.find("jaz")


def test_a_search_looks_into_both_names() -> None:
    assert "beer" in [topic.topic for topic in OURS.search("bier")]
    assert OURS.search("no such word anywhere") == []


def test_a_vocabulary_is_written_as_it_was_read() -> None:
    topics = list(OURS.topics.values())
    again = list(read_topics(write_topics(topics), "again.csv", "ours"))
    assert again == sorted(topics, key=lambda topic: topic.topic)


def test_a_parent_that_is_none_is_told_with_its_line() -> None:
    text = "topic,parent,en,de,wikidata\njazz,,Jazz,Jazz,Q8341\nbebop,jaz,Bebop,,\n"
    with pytest.raises(InputError, match=r'mine.csv, line 3: parent "jaz".*mean "jazz"'):
        list(read_topics(text, "mine.csv", "mine"))


def test_the_same_item_under_another_id_is_the_same_topic() -> None:
    ours = Topic("beer", "", {"en": "Beer"}, "Q44")
    theirs = Topic("medtop-1", "", {"en": "ales"}, "Q44", "iptc")
    child = Topic("medtop-2", "medtop-1", {"en": "gruit"}, "", "iptc")
    both = Vocabulary([ours, theirs, child])
    assert list(both.topics) == ["beer", "medtop-2"]
    assert both.line("medtop-2") == ("medtop-2", "beer")
    assert both.find("medtop-1") is ours
    assert both.below("beer") == ["medtop-2"]
