"""Klout's ontology as it was published: three CSV files, of which the first is needed.

Columns (klout/opendata, klout_topic_ontology/README.md; the edges' header has a slip of the pen):

- ontology: topicId, topicSlug, topicDisplayName, wikiItemId, freebaseMachineId
- edges: parentTopicId, parrentTopicSlug, childTopicId, childTopicSlug
- display names: topicId, language, topicDisplayName
"""

from collections import defaultdict
from collections.abc import Mapping, Sequence

from openclout.errors import InputError
from openclout.topic import LANGUAGES, Topic

Rows = Sequence[Mapping[str, str]]
ROOT = "_ROOT_"
_NOTHING = ("", "null")
KINDS = {
    "ontology": {"topicId", "topicSlug", "topicDisplayName", "wikiItemId"},
    "edges": {"parentTopicId", "childTopicId", "childTopicSlug"},
    "names": {"topicId", "language", "topicDisplayName"},
}
"""By which columns each file is known."""


def kind_of(header: Sequence[str]) -> str | None:
    """Tell which of the files has such a header, None where it is none of them."""
    return next((kind for kind, columns in KINDS.items() if columns <= set(header)), None)


def read_klout(files: Mapping[str, Rows]) -> list[Topic]:
    """Make topics of the files' rows, by kind; raises InputError without the ontology.

    A topic with several parents stands under the one with the fewest children: the most specific.
    """
    if "ontology" not in files:
        raise InputError(
            "the file with topicSlug and wikiItemId is missing",
            fix="name klout_topic_ontology_….csv too",
        )
    slugs = {row["topicId"]: row["topicSlug"] for row in files["ontology"]}
    names: dict[str, dict[str, str]] = defaultdict(dict)
    for row in files.get("names", ()):
        if row["language"] in LANGUAGES:
            names[row["topicId"]][row["language"]] = row["topicDisplayName"]
    parents = _parents(files.get("edges", ()), slugs)
    return [
        Topic(
            row["topicSlug"],
            parents.get(row["topicId"], ""),
            {"en": row["topicDisplayName"], **names[row["topicId"]]},
            "" if row["wikiItemId"] in _NOTHING else row["wikiItemId"],
        )
        for row in files["ontology"]
        if row["topicSlug"] != ROOT
    ]


def _parents(edges: Rows, slugs: Mapping[str, str]) -> dict[str, str]:
    """Choose one parent for each topic that has any; none closes a circle."""
    below: dict[str, set[str]] = defaultdict(set)
    for row in edges:
        below[row["parentTopicId"]].add(row["childTopicId"])
    steps = _steps(below, [topic for topic, slug in slugs.items() if slug == ROOT])
    above: dict[str, set[str]] = defaultdict(set)
    for parent, children in below.items():
        for child in children - {parent}:
            if 0 < steps.get(parent, 0) <= steps.get(child, 0):
                above[child].add(parent)
    depth: dict[str, int] = {}
    for child in sorted(above):
        _deepen(child, above, depth)
    return {
        child: slugs[min(near, key=lambda one: (len(below[one]), slugs[one]))]
        for child, parents in above.items()
        if (near := [one for one in parents if depth[one] < depth[child]])
    }


def _steps(below: Mapping[str, set[str]], tops: Sequence[str]) -> dict[str, int]:
    """Tell how many steps each topic is from the top, by the shortest way."""
    steps = dict.fromkeys(tops, 0)
    queue = list(tops)
    for topic in queue:
        for child in sorted(below.get(topic, ())):
            if child not in steps:
                steps[child] = steps[topic] + 1
                queue.append(child)
    return steps


def _deepen(topic: str, above: Mapping[str, set[str]], depth: dict[str, int]) -> int:
    """Tell how deep a topic lies by the longest way; a way back to where it came from is none."""
    if topic not in depth:
        depth[topic] = 0  # while it is looked at
        parents = sorted(above.get(topic, ()))
        depth[topic] = 1 + max((_deepen(one, above, depth) for one in parents), default=0)
    return depth[topic]
