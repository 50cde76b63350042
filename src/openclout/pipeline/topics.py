"""Topics: which posts are about what, and who moves people there, for the run just scored."""

from collections.abc import Iterable, Iterator

import numpy as np

from openclout.pipeline.measuring import fused_signals
from openclout.pipeline.scoring import Run
from openclout.scoring.run import Evidence
from openclout.scoring.topics import score_topics
from openclout.topic import Topic
from openclout.topics.matcher import Matcher
from openclout.topics.phrases import tag_key
from openclout.topics.vocabulary import Vocabulary
from openclout.vocabulary.period import Period
from openclout.warehouse import topical
from openclout.warehouse.engine import Columns, Engine
from openclout.warehouse.measure import network_names

LEAST_AUTHORS = 5
"""A tag that no topic knows becomes a topic of its own once so many accounts have used it."""


def make_topics(engine: Engine, run: Run, vocabulary: Vocabulary) -> Vocabulary:
    """Make `post_topics`, `topic_names`, `topic_scores` and the relations beneath, for a run.

    Needs the relations of the window that was just scored. Gives the vocabulary with the topics
    that people made by using tags.
    """
    matcher = _matcher(engine, run.period, vocabulary)
    names = sorted(matcher.vocabulary.topics)
    engine.load("post_topics", _table(_found(engine, run.period, matcher, names)))
    engine.load("topic_names", _name_columns(matcher.vocabulary, names))
    topical.measure_topics(
        engine,
        run.period,
        fused_signals(run.model.counted, any(curve.guarded for curve in run.curves.values())),
    )
    engine.load("topic_scores", _scores(engine, run))
    return matcher.vocabulary


def _matcher(engine: Engine, period: Period, vocabulary: Vocabulary) -> Matcher:
    """Give the matcher, with the tags that enough accounts use and no topic knows."""
    known = Matcher(vocabulary)
    keys = {tag: tag_key(tag) for tag in topical.list_tags(engine, period) if not known.knows(tag)}
    keys = {tag: key for tag, key in keys.items() if key and key not in vocabulary.topics}
    counts = topical.count_authors(engine, period, keys)
    own: dict[str, str] = {}
    for tag, key in keys.items():  # by tag, sorted: of several spellings the first is the name
        if counts.get(key, 0) >= LEAST_AUTHORS:
            own.setdefault(key, tag)
    if not own:
        return known
    made = [Topic(key, "", {"en": tag}, origin="tag") for key, tag in own.items()]
    return Matcher(vocabulary.extended(made), {key: key for key in own})


Row = tuple[int, int, str, bool]


def _found(engine: Engine, period: Period, matcher: Matcher, names: list[str]) -> Iterator[Row]:
    """Give, post by post, the topics found and those above them, by number, and how."""
    number = {topic: place for place, topic in enumerate(names)}
    line = {topic: matcher.vocabulary.line(topic) for topic in names}
    for posts in topical.read_posts(engine, period):
        for post, text, tags, language in posts:
            seen: set[str] = set()
            found = matcher.match(text, tags or (), language)
            for topic, how in found:
                seen.add(topic)
                yield post, number[topic], how, True
            for topic, how in found:
                for above in line[topic][1:]:
                    if above not in seen:
                        seen.add(above)
                        yield post, number[above], how, False


def _table(rows: Iterable[Row]) -> Columns:
    post, topic, how, direct = [list(column) for column in zip(*rows, strict=True)] or ([],) * 4
    return {
        "post": np.array(post, np.int64),
        "topic": np.array(topic, np.int64),
        "how": np.array(how, object),
        "direct": np.array(direct, bool),
    }


def _name_columns(vocabulary: Vocabulary, names: list[str]) -> Columns:
    topics = [vocabulary.topics[name] for name in names]
    texts = {
        "slug": names,
        "parent": [vocabulary.parent(name) for name in names],
        "en": [topic.name("en") for topic in topics],
        "de": [topic.name("de") for topic in topics],
        "wikidata": [topic.wikidata for topic in topics],
        "origin": [topic.origin for topic in topics],
    }
    columns = {name: np.array(column, object) for name, column in texts.items()}
    return {"topic": np.arange(len(names)), **columns}


def _scores(engine: Engine, run: Run) -> Columns:
    """Score the subjects on their networks' curves."""
    counted = run.model.counted
    found = topical.read_measured(engine, counted)
    evidence = Evidence(
        found["account"].astype(np.int64),
        found["network"].astype(np.int64),
        np.column_stack([found[name] for name in counted]).reshape(-1, len(counted)),
        counted,
        found["evidence"],
        found["latest"],
    )
    curves = {
        number: run.curves[name]
        for number, name in enumerate(network_names(engine))
        if name in run.curves
    }
    return score_topics(evidence, found["topic"].astype(np.int64), run.model, curves)
