"""What an attack injects: a table of acts, and the records that come with it."""

import csv
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from openclout.connector import Record
from openclout.evaluation.attack.scene import Act
from openclout.vocabulary.account import Account, Proof
from openclout.vocabulary.interaction import Interaction
from openclout.vocabulary.post import Post

_COLUMNS = ("source", "target", "published", "kind", "object", "value", "count")
"""The import's names for the fields of an act."""


@dataclass(slots=True)
class Injection:
    """The acts of an attack, and the accounts, posts and proofs that come with them.

    `named` is False where the acts stand in an archive that names nobody.
    """

    acts: list[Act] = field(default_factory=list)
    accounts: list[Account] = field(default_factory=list)
    posts: list[Post] = field(default_factory=list)
    proofs: list[Proof] = field(default_factory=list)
    named: bool = True

    def records(self, network: str) -> Iterator[Record]:
        """Give as records what is not in the table: of an archive without names its acts too."""
        yield from self.accounts
        yield from self.posts
        yield from self.proofs
        for act in () if self.named else self.acts:
            yield Interaction(
                network, act.kind, act.source, act.target, act.time, act.object,
                count=act.repeats, value=act.value,
            )  # fmt: skip

    def write(self, path: Path) -> None:
        """Write the acts to a CSV file."""
        with path.open("w", encoding="utf-8", newline="") as file:
            writer = csv.writer(file, lineterminator="\n")  # else it is read line by line
            writer.writerow(_COLUMNS)
            writer.writerows(self.acts)


def joined(parts: Sequence[Injection]) -> Injection:
    """Put attacks upon several targets side by side; they are all named, or none is."""
    return Injection(
        [act for part in parts for act in part.acts],
        [account for part in parts for account in part.accounts],
        [post for part in parts for post in part.posts],
        [proof for part in parts for proof in part.proofs],
        all(part.named for part in parts),
    )
