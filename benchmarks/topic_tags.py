"""Hidden tags: do the topics told from a question's text hold its tags' topics?"""

import html
import re
import tarfile
from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from operator import eq
from xml.etree import ElementTree

from benchmarks.sets import DATA
from openclout.topics.matcher import Matcher

AT = 3
Same = Callable[[str, str], bool]
_NAMED = 12  # errors of each sort


@dataclass(frozen=True, slots=True)
class Question:
    """A question's title and text without markup, and its tags."""

    text: str
    tags: tuple[str, ...]


def read_questions() -> list[Question]:
    """Read the tagged questions of the beer Stack Exchange."""
    with tarfile.open(DATA / "stackexchange/beer-2020.tar.xz") as archive:
        file = archive.extractfile("beer-2020/Posts.xml")
        rows = ElementTree.parse(file).getroot() if file else ()  # noqa: S314 - our own shared file
    return [
        Question(
            html.unescape(f"{row.get('Title')} {re.sub('<[^>]*>', ' ', row.get('Body') or '')}"),
            tuple(re.findall("<([^>]+)>", row.get("Tags") or "")),
        )
        for row in rows
        if row.get("PostTypeId") == "1" and row.get("Tags")
    ]


@dataclass(slots=True)
class Tally:
    """How much was told, right, and to be told, summed over questions."""

    told: int = 0
    right: int = 0
    wanted: int = 0
    found: int = 0
    tags: int = 0
    possible: int = 0

    def row(self, name: str) -> str:
        """Write precision and recall."""
        return (
            f"| {name} | {self.right / self.told:.2f} | {self.possible / self.told:.2f} |"
            f" {self.found / self.wanted:.2f} |"
            f" {self.found / self.tags:.2f} |"
        )


def tag_figures(questions: Sequence[Question], matcher: Matcher) -> Mapping[str, str]:
    """Measure hidden tags; give the figures by their names on the page."""
    exact, line = Tally(), Tally()
    missed: Counter[str] = Counter()
    told: Counter[str] = Counter()
    known = used = 0
    for question in questions:
        topics = [topic for topic, _how in matcher.match(question.text, (), "en")][:AT]
        wanted = {topic for topic, _how in matcher.match(None, question.tags, None)}
        unknown = sum(not matcher.knows(tag) for tag in question.tags)
        used += len(question.tags)
        known += len(question.tags) - unknown
        _count(exact, topics, wanted, unknown, eq)
        _count(line, topics, wanted, unknown, partial(_in_line, matcher))
        missed.update(wanted - set(topics))
        told.update(set(topics) - wanted)
    return {
        "questions": f"{len(questions):,}",
        "known": f"{100 * known / used:.0f}",
        "hidden": f"{exact.row('the topic')}\n{line.row('same line')}",
        "missed": named(missed),
        "told": named(told),
    }


def _count(tally: Tally, topics: list[str], wanted: set[str], unknown: int, same: Same) -> None:
    tally.told += len(topics)
    tally.possible += min(len(topics), len(wanted))
    tally.right += sum(any(same(topic, one) for one in wanted) for topic in topics)
    tally.wanted += len(wanted)
    tally.tags += len(wanted) + unknown
    tally.found += sum(any(same(topic, one) for topic in topics) for one in wanted)


def _in_line(matcher: Matcher, first: str, second: str) -> bool:
    lines = matcher.vocabulary.line(first), matcher.vocabulary.line(second)
    return first in lines[1] or second in lines[0]


def named(counts: Counter[str]) -> str:
    """Write the most frequent, with how often."""
    ordered = sorted(counts.items(), key=lambda pair: (-pair[1], pair[0]))[:_NAMED]
    return ", ".join(f"{name} ({count})" for name, count in ordered)
