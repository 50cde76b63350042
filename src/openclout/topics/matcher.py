"""The matcher: which topics a post is about, by its tags and by phrases in its text."""

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from openclout.topics.language import detect_language
from openclout.topics.phrases import WORD, Meaning, Phrases, tag_key
from openclout.topics.vocabulary import Vocabulary

MOST = 5
"""A post is about so many topics at most: those of its tags first, then those named most often."""
TEXT_READ = 2000
"""Characters of a text that are read: what stands later is hardly what it is about."""
_NOISE = re.compile(r"https?://\S+|www\.\S+|@\S+")
_HASHTAG = re.compile(r"(?<!\w)#(\w+)")

Found = list[tuple[str, str]]
"""Pairs of a topic and how it was found: `#tag`, or the phrase."""


@dataclass(slots=True)
class _Sight:
    """What was seen of one topic in a text."""

    phrase: str
    sure: bool
    count: int = 0


@dataclass(slots=True)
class _Reading:
    """One text being read; its language is found out at the first need."""

    text: str
    language: str
    detect: Callable[[str], str]
    seen: dict[str, _Sight] = field(default_factory=dict)

    def note(self, phrase: str, meaning: Meaning) -> None:
        """Take in a phrase that stands in the text."""
        topic = meaning.topic
        if topic is None:
            self.language = self.language or self.detect(self.text) or "?"
            topic = meaning.topics.get(self.language)
            if topic is None:
                return
        sight = self.seen.setdefault(topic, _Sight(phrase, not meaning.beside))
        if not meaning.beside and not sight.sure:
            sight.sure, sight.phrase = True, phrase
        sight.count += 1


class Matcher:
    """Finds the topics of posts; `own` are tags (by key) that became topics of their own."""

    def __init__(
        self,
        vocabulary: Vocabulary,
        own: Mapping[str, str] | None = None,
        detect: Callable[[str], str] = detect_language,
    ) -> None:
        """Make the table of phrases."""
        self.vocabulary, self.phrases, self._detect = vocabulary, Phrases(vocabulary), detect
        self._tags = {**(own or {}), **self.phrases.tags}
        self._starts = self.phrases.starts
        self._first = frozenset(self._starts)
        self._tops = {topic: vocabulary.line(topic)[-1] for topic in vocabulary.topics}

    def match(self, text: str | None, tags: Sequence[str], language: str | None) -> Found:
        """Give the topics of a post, MOST at most, the surest first."""
        found: dict[str, str] = {}
        if text and "#" in text:
            tags = [*tags, *_HASHTAG.findall(text)]
        for tag in tags:
            topic = self._tags.get(tag_key(tag))
            if topic is not None:
                found.setdefault(topic, "#" + tag.removeprefix("#"))
        if text and len(found) < MOST:
            for topic, phrase in self._of_text(text, language, found):
                found.setdefault(topic, phrase)
        return list(found.items())[:MOST]

    def knows(self, tag: str) -> bool:
        """Tell whether a tag means a topic."""
        return tag_key(tag) in self._tags

    def _of_text(self, text: str, language: str | None, tagged: Mapping[str, str]) -> Found:
        text = text[:TEXT_READ]
        if "@" in text or "http" in text or "www." in text:
            text = _NOISE.sub(" ", text)
        words = WORD.findall(text.lower())
        if self._first.isdisjoint(words):
            return []
        known = language.partition("-")[0].lower() if language else ""
        reading = _Reading(text, known, self._detect)
        for phrase, meaning in self._phrases(words):
            reading.note(phrase, meaning)
        return self._kept(reading.seen, tagged)

    def _phrases(self, words: list[str]) -> Iterator[tuple[str, Meaning]]:
        """Give the phrases among the words from left to right, the longest at each place."""
        meanings, starts, first = self.phrases.meanings, self._starts, self._first
        end = 0
        for place in [place for place, word in enumerate(words) if word in first]:
            if place < end:
                continue
            word = words[place]
            for length in starts[word]:
                phrase = word if length == 1 else " ".join(words[place : place + length])
                meaning = meanings.get(phrase)
                if meaning is not None:
                    yield phrase, meaning
                    end = place + length
                    break

    def _kept(self, seen: Mapping[str, _Sight], tagged: Mapping[str, str]) -> Found:
        """Leave out what needs company and has none; give the most frequent first."""
        if not seen:
            return []
        sure = [topic for topic, sight in seen.items() if sight.sure]
        tops = {self._tops.get(topic) for topic in (*sure, *tagged)}
        kept = [
            (-sight.count, topic, sight.phrase)
            for topic, sight in seen.items()
            if sight.sure or self._tops.get(topic) in tops
        ]
        return [(topic, phrase) for _count, topic, phrase in sorted(kept)]
