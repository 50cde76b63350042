"""The type Topic: what posts are about, with a place in a hierarchy."""

from collections.abc import Mapping
from dataclasses import dataclass

LANGUAGES = ("en", "de")
"""The languages in which topics have names and phrases are known."""


@dataclass(frozen=True, slots=True)
class Topic:
    """One topic. `topic` is its id within a vocabulary: small letters and hyphens.

    `parent` is another topic's id, "" at the top; `names` are by language (`en`, `de`, as known);
    `wikidata` is the id of the item that it is, e.g. Q44, or "". `origin` tells whose it is: ours,
    the name of an imported vocabulary, or `tag` for one that people made by using a tag.
    """

    topic: str
    parent: str
    names: Mapping[str, str]
    wikidata: str = ""
    origin: str = "ours"

    def name(self, language: str = "en") -> str:
        """Give its name in a language, or in the one that it has."""
        return self.names.get(language) or next(iter(self.names.values()), self.topic)
