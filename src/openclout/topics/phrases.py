"""Phrases: which words mean which topic, made of the names by rule and of phrases.csv by hand.

phrases.csv has a row per phrase and language. `topic` may be empty where the phrase is a name
already; `use` says when it counts in a text (a tag always counts):

- (empty): wherever it stands
- beside: only beside another topic of the same branch: "apple" alone may be a fruit
- native: only in a text of its language: "Island" is German for Iceland
- never: it is too common a word
"""

import csv
import io
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cached_property
from importlib.resources import files

from openclout.errors import InputError
from openclout.topic import LANGUAGES, Topic
from openclout.topics.vocabulary import Vocabulary

WORD = re.compile(r"\w+")
_BRACKETS = re.compile(r"\s*\([^)]*\)")
_COMMON = frozenset(
    ("a", "an", "at", "being", "in", "it", "my", "no", "of", "on", "one", "s", "same", "the",
     "time", "to"),
)  # fmt: skip
_BLANKS = bytes(n if chr(n).isalnum() or chr(n) == "_" else 32 for n in range(256))
_LEAST_LETTERS = 3
_LEAST_TAG = 2
_NO_TAG = re.compile(r"[\W_]+")
_KEPT = {"c++": "cplusplus", "c#": "csharp", "f#": "fsharp", ".net": "dotnet"}


@dataclass(slots=True)
class Meaning:
    """What a phrase means: a topic by language, and when it counts.

    Where the languages agree, or only one knows the phrase and the other has no such word, it
    means the topic in any text: `topic`.
    """

    topics: dict[str, str] = field(default_factory=dict)
    native: bool = False
    beside: bool = False
    topic: str | None = None

    def settle(self) -> None:
        """Tell whether the language matters."""
        different = set(self.topics.values())
        self.topic = None if self.native or len(different) > 1 else next(iter(different))


class Phrases:
    """The table of phrases of a vocabulary: `meanings` by words with a blank between, `tags`."""

    def __init__(self, vocabulary: Vocabulary) -> None:
        """Make all phrases of a vocabulary; raises InputError where phrases.csv is wrong."""
        self.vocabulary = vocabulary
        self.meanings: dict[str, Meaning] = {}
        self.tags: dict[str, str] = {}
        rules = list(_hand_written(vocabulary))
        fixed = {(words, language): topic for words, language, topic, _use in rules if topic}
        for topic, known, language, name in self._names():
            for words in forms(name, language):
                self._add(words, language, fixed.get((words, language), known), topic.origin)
        for words, language, topic_id, _use in rules:
            if topic_id:
                self._add(words, language, topic_id, "ours")
        self._apply(rules)
        for key in sorted(vocabulary.topics):
            if len(key) > _LEAST_LETTERS:
                self.tags.setdefault(tag_key(key), key)

    def _names(self) -> Iterator[tuple[Topic, str, str, str]]:
        """Give every name: of the topics first, then those that other vocabularies lend."""
        own = [(topic, topic.topic) for topic in self.vocabulary.topics.values()]
        own.sort(key=lambda pair: (pair[0].origin != "ours", pair[1]))
        for topic, known in [*own, *self.vocabulary.lent]:
            for language, name in topic.names.items():
                yield topic, known, language, name

    def _add(self, words: str, language: str, topic: str, origin: str) -> None:
        self.tags.setdefault(tag_key(words), topic)
        if len(words) < _LEAST_LETTERS and origin != "ours":
            return
        is_new = words not in self.meanings
        meaning = self.meanings.setdefault(words, Meaning())
        meaning.topics.setdefault(language, topic)
        if is_new and origin != "ours" and " " not in words:
            meaning.beside = True  # names of others may be any word: nobody looked them through

    def _apply(self, rules: list[tuple[str, str, str, str]]) -> None:
        for words, language, _topic, use in rules:
            meaning = self.meanings.get(words)
            if meaning is None:
                continue
            if "never" in use:
                meaning.topics.pop(language, None)
            elif language in meaning.topics or "native" in use:
                meaning.native |= "native" in use and language in meaning.topics
                meaning.beside |= "beside" in use
        for words in [words for words, meaning in self.meanings.items() if not meaning.topics]:
            del self.meanings[words]
        for meaning in self.meanings.values():
            meaning.settle()

    @cached_property
    def anchors(self) -> dict[str, tuple[tuple[int, int], ...]]:
        """Give where phrases may lie about a word: how far they begin before it, how many words.

        The word is a phrase's first that is not common: so few places in a text are looked at. The
        longest stand first.
        """
        found: dict[str, set[tuple[int, int]]] = {}
        for phrase in self.meanings:
            words = phrase.split(" ")
            back = next((n for n, word in enumerate(words) if word not in _COMMON), 0)
            found.setdefault(words[back], set()).add((back, len(words)))
        return {
            word: tuple(sorted(places, key=lambda place: (-place[1], place[0])))
            for word, places in found.items()
        }


def forms(name: str, language: str) -> list[str]:
    """Give the phrases that a name is: its words, and in English one and many of them.

    >>> forms("Breweries", "en"), forms("Hip Hop (Music)", "en"), forms("Bier", "de")
    (['breweries', 'brewery'], ['hip hop', 'hip hops'], ['bier'])
    """
    words = " ".join(WORD.findall(_BRACKETS.sub("", name).lower()))
    if sum(map(str.isalnum, words)) < _LEAST_LETTERS:
        return []
    return [words, _other_number(words)] if language == "en" and words.isascii() else [words]


def _other_number(words: str) -> str:
    """Give the singular of a plural and the plural of a singular, by the usual rules."""
    if words.endswith("ies") and len(words) > 4:
        return words[:-3] + "y"
    if words.endswith(("ches", "shes", "xes", "sses")):
        return words[:-2]
    if words.endswith("s") and not words.endswith(("ss", "us", "is", "ics")):
        return words[:-1]
    if words.endswith(("ss", "us", "is", "ics")):
        return words
    return words + "s"


def words_of(text: str) -> list[str]:
    """Split a text into words as WORD does: quicker where all of its letters are Latin-1.

    >>> words_of("Ein Kölsch, e-bikes"), words_of("“Beer” – ok")
    (['Ein', 'Kölsch', 'e', 'bikes'], ['Beer', 'ok'])
    """
    try:
        return text.encode("latin-1").translate(_BLANKS).decode("latin-1").split()
    except UnicodeEncodeError:
        return WORD.findall(text)


def tag_key(tag: str) -> str:
    """Give what tags are compared by: letters and digits only, small.

    >>> tag_key("#Craft-Beer"), tag_key("C++"), tag_key("São Paulo")
    ('craftbeer', 'cplusplus', 'sãopaulo')
    """
    small = tag.strip().removeprefix("#").lower()
    return _KEPT.get(small) or _NO_TAG.sub("", small)


def _hand_written(vocabulary: Vocabulary) -> Iterator[tuple[str, str, str, str]]:
    text = (files("openclout.topics") / "phrases.csv").read_text(encoding="utf-8")
    for line, row in enumerate(csv.DictReader(io.StringIO(text)), start=2):
        topic = vocabulary.same.get(row["topic"], row["topic"])
        if (topic and topic not in vocabulary.topics) or row["language"] not in LANGUAGES:
            raise InputError(
                f'"{topic or row["language"]}" is neither topic nor language',
                place=f"phrases.csv, line {line}",
                fix="mend the row",
            )
        yield " ".join(WORD.findall(row["phrase"].lower())), row["language"], topic, row["use"]
