"""The vocabulary: our topics and those that were imported into a data folder, one hierarchy.

A vocabulary is a CSV file with the columns topic, parent, en, de, wikidata. Ours ships in the
package; its names and ids are facts from Klout's published ontology (CC BY 3.0, see NOTICE).
"""

import csv
import difflib
import io
from collections.abc import Iterable, Iterator, Sequence
from functools import cached_property
from importlib.resources import files
from pathlib import Path

from openclout.errors import InputError, NotFound
from openclout.topic import LANGUAGES, Topic

COLUMNS = ("topic", "parent", *LANGUAGES, "wikidata")
FOLDER = "topics"
"""Where a data folder keeps imported vocabularies, NAME.csv each."""
_DEEPEST = 30


class Vocabulary:
    """Topics by id; an item of Wikidata is one topic, whoever names it first."""

    def __init__(self, topics: Iterable[Topic]) -> None:
        """Take in topics; later ones that are the same item lend their names to the first."""
        self.topics: dict[str, Topic] = {}
        self.same: dict[str, str] = {}
        self.lent: list[tuple[Topic, str]] = []
        items: dict[str, str] = {}
        for topic in topics:
            known = items.get(topic.wikidata) if topic.wikidata else None
            known = known or (topic.topic if topic.topic in self.topics else None)
            if known:
                self.same[topic.topic] = known
                self.lent.append((topic, known))
                continue
            self.topics[topic.topic] = topic
            if topic.wikidata:
                items[topic.wikidata] = topic.topic

    def extended(self, topics: Iterable[Topic]) -> "Vocabulary":
        """Give a vocabulary with more topics."""
        lent = (topic for topic, _known in self.lent)
        return Vocabulary([*self.topics.values(), *lent, *topics])

    def parent(self, topic: str) -> str:
        """Give the parent's id, "" at the top."""
        found = self.topics[topic].parent
        return self.same.get(found, found)

    def line(self, topic: str) -> tuple[str, ...]:
        """Give a topic and what is above it, up to the top."""
        found = [topic]
        while (above := self.parent(found[-1])) in self.topics and above not in found:
            found.append(above)
        return tuple(found[:_DEEPEST])

    def below(self, topic: str) -> list[str]:
        """Give the topics right beneath one."""
        return sorted(self._children.get(topic, ()))

    @cached_property
    def _children(self) -> dict[str, list[str]]:
        found: dict[str, list[str]] = {}
        for topic in self.topics:
            found.setdefault(self.parent(topic), []).append(topic)
        return found

    def find(self, text: str) -> Topic:
        """Find a topic by id, name or Wikidata id; raises NotFound with the nearest names."""
        word = text.strip().removeprefix("#").lower()
        word = self.same.get(word, word)
        if word in self.topics:
            return self.topics[word]
        for topic in self.topics.values():
            if word == topic.wikidata.lower() or word in map(str.lower, topic.names.values()):
                return topic
        near = difflib.get_close_matches(word, self._words, 3)
        hint = f"did you mean {', '.join(near)}?" if near else "openclout topics list WORD"
        raise NotFound(f'there is no topic "{text}"', fix=hint)

    @cached_property
    def _words(self) -> list[str]:
        names = (name.lower() for topic in self.topics.values() for name in topic.names.values())
        return sorted({*self.topics, *names})

    def search(self, word: str) -> list[Topic]:
        """Give the topics of which an id or name has a word in it, by id."""
        part = word.strip().lower()
        return [
            self.topics[key]
            for key in sorted(self.topics)
            if part in key or any(part in name.lower() for name in self.topics[key].names.values())
        ]


def load_vocabulary(data: Path | None = None) -> Vocabulary:
    """Load our topics, and those that were imported into a data folder, by file name."""
    text = (files("openclout.topics") / "topics.csv").read_text(encoding="utf-8")
    found = list(read_topics(text, "topics.csv", "ours"))
    folder = data / FOLDER if data else None
    for path in sorted(folder.glob("*.csv")) if folder else ():
        found.extend(read_topics(path.read_text(encoding="utf-8"), str(path), path.stem))
    return Vocabulary(found)


def read_topics(text: str, place: str, origin: str) -> Iterator[Topic]:
    """Read a vocabulary's CSV; raises InputError with the line where it does not hold together."""
    rows = list(csv.DictReader(io.StringIO(text)))
    if not rows or not {"topic", "parent", "en"} <= set(rows[0]):
        raise InputError("it is no vocabulary", place=place, fix=f"columns {', '.join(COLUMNS)}")
    known = {row["topic"] for row in rows}
    for line, row in enumerate(rows, start=2):
        if row["parent"] and row["parent"] not in known:
            near = difflib.get_close_matches(row["parent"], known, 1)
            hint = f' (did you mean "{near[0]}"?)' if near else ""
            raise InputError(
                f'parent "{row["parent"]}" is not a topic{hint}',
                place=f"{place}, line {line}",
                fix="name another parent, or none",
            )
        names = {language: row[language] for language in LANGUAGES if row.get(language)}
        yield Topic(row["topic"], row["parent"], names, row.get("wikidata") or "", origin)


def write_topics(topics: Sequence[Topic]) -> str:
    """Write a vocabulary as CSV, by id."""
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\n")
    writer.writerow(COLUMNS)
    for topic in sorted(topics, key=lambda topic: topic.topic):
        names = [topic.names.get(language, "") for language in LANGUAGES]
        writer.writerow([topic.topic, topic.parent, *names, topic.wikidata])
    return text.getvalue()
