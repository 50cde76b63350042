"""IPTC Media Topics as IPTC publishes them: JSON, RDF/XML, or its spreadsheet saved as CSV.

The forms are those of the CV server (https://iptc.org/std/NewsCodes/guidelines/): JSON with a
`conceptSet`, each concept with `uri`, `prefLabel` by language, `broader`, `exactMatch`; RDF/XML in
SKOS; the spreadsheet with a column per level. Retired concepts are left out.
"""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any
from xml.etree import ElementTree

from openclout.errors import InputError, UnsafeInput
from openclout.topic import Topic

_ITEM = re.compile(r"wikidata\.org/(?:entity|wiki)/(Q\d+)")
_SKOS = "{http://www.w3.org/2004/02/skos/core#}"
_RDF = "{http://www.w3.org/1999/02/22-rdf-syntax-ns#}"
_LANGUAGE = "{http://www.w3.org/XML/1998/namespace}lang"
_ENGLISH = ("en-GB", "en-US", "en")
LEVEL = re.compile(r"Level\d+/NewsCode")
"""The spreadsheet's columns: of each row one is filled, and tells how deep it stands."""


@dataclass(slots=True)
class Concept:
    """One concept: labels by language tag, ids of broader concepts, addresses of equal ones."""

    uri: str
    labels: dict[str, str] = field(default_factory=dict)
    broader: list[str] = field(default_factory=list)
    equal: list[str] = field(default_factory=list)


def read_json(content: object) -> list[Topic]:
    """Make topics of IPTC's JSON; raises InputError where it has no concepts."""
    concepts = content.get("conceptSet") if isinstance(content, dict) else None
    if not isinstance(concepts, list):
        raise InputError("it has no conceptSet", fix="download it with ?format=json")
    return _topics(_concept(one) for one in concepts if isinstance(one, dict) and _in_use(one))


def _in_use(raw: Mapping[str, Any]) -> bool:
    return not raw.get("retired") and isinstance(raw.get("uri"), str)


def _concept(raw: Mapping[str, Any]) -> Concept:
    labels = raw.get("prefLabel")
    return Concept(
        raw["uri"],
        {str(tag): str(text) for tag, text in labels.items()} if isinstance(labels, dict) else {},
        _listed(raw.get("broader")),
        _listed(raw.get("exactMatch")),
    )


def _listed(value: object) -> list[str]:
    values = value if isinstance(value, list) else [value]
    return [one for one in values if isinstance(one, str)]


def read_rdf(text: str) -> list[Topic]:
    """Make topics of SKOS in RDF/XML; raises UnsafeInput for a text that declares entities."""
    if "<!DOCTYPE" in text or "<!ENTITY" in text:
        raise UnsafeInput("it declares XML entities", fix="download it again from IPTC")
    try:
        root = ElementTree.fromstring(text)  # noqa: S314 - without a DOCTYPE there is no entity
    except ElementTree.ParseError as error:
        raise InputError(f"it is no XML ({error})", fix="download it again") from None
    return _topics(_described(root))


def _described(root: ElementTree.Element) -> Iterator[Concept]:
    for element in root:
        uri = element.get(f"{_RDF}about")
        labels = {
            label.get(_LANGUAGE, ""): (label.text or "").strip()
            for label in element.iter(f"{_SKOS}prefLabel")
        }
        is_retired = any(child.tag.endswith("}retired") for child in element)
        if uri and labels and not is_retired:
            broader, equal = (_resources(element, name) for name in ("broader", "exactMatch"))
            yield Concept(uri, labels, broader, equal)


def _resources(element: ElementTree.Element, name: str) -> list[str]:
    return [uri for one in element.iter(f"{_SKOS}{name}") if (uri := one.get(f"{_RDF}resource"))]


def read_sheet(rows: Sequence[Mapping[str, str]]) -> list[Topic]:
    """Make topics of the spreadsheet's rows: a row stands beneath the last row one level up."""
    found: list[Concept] = []
    line: list[str] = []
    for row in rows:
        levels = [column for column in row if column and LEVEL.fullmatch(column)]
        depth = next((place for place, column in enumerate(levels) if row[column]), None)
        if depth is None:
            continue
        uri = row[levels[depth]]
        labels = {
            column.removeprefix("Name (").removesuffix(")"): text
            for column, text in row.items()
            if column and column.startswith("Name (") and text
        }
        line = [*line[:depth], uri]
        found.append(Concept(uri, labels, line[-2:-1], [row.get("Wikidata mapping") or ""]))
    return _topics(found)


def _topics(concepts: Iterable[Concept]) -> list[Topic]:
    """Name the concepts by their English labels, and put them under one another."""
    known = list(concepts)
    slugs: dict[str, str] = {}
    for concept in known:
        slug = _slug(_english(concept.labels)) or _code(concept.uri)
        slugs[concept.uri] = f"{slug}-{_code(concept.uri)}" if slug in slugs.values() else slug
    if not known:
        raise InputError("it has no concept in use", fix="download it again")
    return [
        Topic(
            slugs[concept.uri],
            next((slugs[uri] for uri in concept.broader if uri in slugs), ""),
            _names(concept),
            next((found[1] for one in concept.equal if (found := _ITEM.search(one))), ""),
        )
        for concept in known
    ]


def _names(concept: Concept) -> dict[str, str]:
    german = concept.labels.get("de") or concept.labels.get("de-DE") or ""
    names = {"en": _english(concept.labels), "de": german}
    return {language: name for language, name in names.items() if name}


def _english(labels: Mapping[str, str]) -> str:
    return next((labels[tag] for tag in _ENGLISH if labels.get(tag)), "")


def _slug(name: str) -> str:
    return "-".join(re.findall(r"[a-z0-9]+", name.lower()))


def _code(uri: str) -> str:
    return re.split(r"[/:]", uri)[-1]
