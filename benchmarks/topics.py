"""Topics: how fast they are found, and how well.

    .venv/bin/python -m benchmarks.topics

Writes benchmarks/results/topics.md (speed) and docs/explanation/topics.md (quality).
"""

import os
import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from benchmarks.topic_bands import band_figures
from benchmarks.topic_entities import entity_figures
from benchmarks.topic_experts import expert_figures
from benchmarks.topic_tags import Question, read_questions, tag_figures
from openclout.pipeline.topics import LEAST_AUTHORS
from openclout.scoring.model import load_model
from openclout.scoring.topics import LEAST_PEOPLE
from openclout.topics.language import detect_language
from openclout.topics.matcher import Matcher
from openclout.topics.vocabulary import load_vocabulary

ROOT = Path(__file__).parents[1]
TEMPLATE = Path(__file__).with_suffix(".md.in")
PAGE = ROOT / "docs/explanation/topics.md"
RESULT = ROOT / "benchmarks/results/topics.md"
DECISION = "0019"
_ROUNDS = 5
_SHORT, _LONG = 140, 500  # characters
_POSTS = 20_000


@dataclass(frozen=True, slots=True)
class Speed:
    """How many a second, on one core, and of what: the mean length in characters."""

    name: str
    length: float
    rate: float


def per_second(step: Callable[[], None], count: int) -> float:
    """Give the rate of the fastest of some rounds, by the CPU's clock of this one thread."""
    best = float("inf")
    for _round in range(_ROUNDS):
        started = time.thread_time()
        step()
        best = min(best, time.thread_time() - started)
    return count / best


def speeds(questions: Sequence[Question]) -> Iterator[Speed]:
    """Measure matching on texts of three lengths, and the detection of a language."""
    matcher = Matcher(load_vocabulary())
    repeated = [questions[n % len(questions)] for n in range(_POSTS)]
    for name, most in (("short posts", _SHORT), ("long posts", _LONG), ("whole questions", 10_000)):
        posts = [(one.text[:most], one.tags) for one in repeated]

        def step(posts: Sequence[tuple[str, Sequence[str]]] = posts) -> None:
            for text, tags in posts:
                matcher.match(text, tags, "en")

        length = sum(len(text) for text, _tags in posts) / len(posts)
        yield Speed(f"tags and phrases, {name}", length, per_second(step, len(posts)))

    def tags_only() -> None:
        for one in repeated:
            matcher.match(None, one.tags, None)

    yield Speed("tags only", 0.0, per_second(tags_only, len(repeated)))
    few = [one.text[:_SHORT] for one in repeated[:2000]]

    def detect() -> None:
        for text in few:
            detect_language(text)

    yield Speed("language detection, short posts", float(_SHORT), per_second(detect, len(few)))


def write_speed(found: Sequence[Speed]) -> None:
    """Write the table of speeds."""
    load = f"{os.getloadavg()[0]:.0f} processes at work on {os.cpu_count()} cores"
    rows = "\n".join(f"| {one.name} | {one.length:.0f} | {one.rate:,.0f} |" for one in found)
    RESULT.write_text(
        "# Topics: speed\n\nWritten by `python -m benchmarks.topics`: one core, CPU time of one"
        f" thread, the best of {_ROUNDS} rounds over {_POSTS:,} posts made of the beer Stack"
        " Exchange's questions (all about the vocabulary's own subjects: more phrases than"
        f" elsewhere); meanwhile {load}.\n\n| what | characters | posts/s |\n|---|---|---|\n"
        f"{rows}\n",
        encoding="utf-8",
    )


def main() -> None:
    """Measure, and write both pages."""
    questions = read_questions()
    write_speed(list(speeds(questions)))
    matcher = Matcher(load_vocabulary())
    figures = {
        "date": f"{datetime.now(UTC):%Y-%m-%d}",
        "model": load_model().name,
        "decision": DECISION,
        "topics": f"{len(matcher.vocabulary.topics):,}",
        "phrases": f"{len(matcher.phrases.meanings):,}",
        "authors": str(LEAST_AUTHORS),
        "least": str(LEAST_PEOPLE),
        **tag_figures(questions, matcher),
        **entity_figures(),
        **expert_figures(),
        **band_figures(),
    }
    PAGE.write_text(TEMPLATE.read_text(encoding="utf-8").format(**figures), encoding="utf-8")


if __name__ == "__main__":
    main()
