"""The matcher: which topics a post is about, by its tags and by phrases in its text."""

import re
from collections.abc import Callable, Mapping, Sequence

from openclout.topics.language import detect_language
from openclout.topics.phrases import Meaning, Phrases, tag_key, words_of
from openclout.topics.vocabulary import Vocabulary

MOST = 5
"""A post is about so many topics at most: those of its tags first, then those named most often."""
TEXT_READ = 2000
"""Characters of a text that are read: what stands later is hardly what it is about."""
_NOISE = re.compile(r"https?://\S+|www\.\S+|@\S+")
_HASHTAG = re.compile(r"(?<!\w)#(\w+)")

Found = list[tuple[str, str]]
"""Pairs of a topic and how it was found: `#tag`, or the phrase."""


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
        self._anchors = self.phrases.anchors
        self._known = frozenset(self._anchors)
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
        words = words_of(text.lower())
        if self._known.isdisjoint(words):
            return []
        known = language.partition("-")[0].lower() if language else ""
        sure: dict[str, list[str]] = {}
        unsure: dict[str, list[str]] = {}
        for phrase, meaning in self._phrases(words):
            topic = meaning.topic
            if topic is None:
                known = known or self._detect(text) or "?"
                topic = meaning.topics.get(known)
            if topic is not None:
                (unsure if meaning.beside else sure).setdefault(topic, []).append(phrase)
        if unsure:
            self._admit(unsure, sure, tagged)
        found = [(-len(phrases), topic, phrases[0]) for topic, phrases in sure.items()]
        return [(topic, phrase) for _count, topic, phrase in sorted(found)]

    def _phrases(self, words: list[str]) -> list[tuple[str, Meaning]]:
        """Give the phrases among the words from left to right, the longest at each place."""
        found = []
        meanings, anchors, known = self.phrases.meanings, self._anchors, self._known
        end = 0
        for place in [place for place, word in enumerate(words) if word in known]:
            for back, length in anchors[words[place]]:
                start = place - back
                phrase = words[place] if length == 1 else " ".join(words[start : start + length])
                meaning = meanings.get(phrase)
                if meaning is not None and start >= end:
                    found.append((phrase, meaning))
                    end = start + length
                    break
        return found

    def _admit(
        self,
        unsure: Mapping[str, list[str]],
        sure: dict[str, list[str]],
        tagged: Mapping[str, str],
    ) -> None:
        """Count what needs company where another topic of its branch stands beside it."""
        tops = self._tops
        beside = {tops.get(topic) for topic in (*sure, *tagged)}
        for topic, phrases in unsure.items():
            if topic in sure or tops.get(topic) in beside:
                sure.setdefault(topic, []).extend(phrases)
