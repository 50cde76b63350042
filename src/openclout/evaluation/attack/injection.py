"""What an attack injects: records of our four tables, taken in as an import takes a file's."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from openclout.connector import Record
from openclout.evaluation.attack.scene import Act
from openclout.vocabulary.account import Account, Proof
from openclout.vocabulary.interaction import Interaction
from openclout.vocabulary.post import Post


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
        """Give all of it as records of a network."""
        yield from self.accounts
        yield from self.posts
        for act in self.acts:
            yield Interaction(
                network, act.kind, act.source, act.target, act.time, act.object,
                count=act.count, value=act.value,
            )  # fmt: skip
        yield from self.proofs


def joined(parts: Sequence[Injection]) -> Injection:
    """Put attacks upon several targets side by side; they are all named, or none is."""
    return Injection(
        [act for part in parts for act in part.acts],
        [account for part in parts for account in part.accounts],
        [post for part in parts for post in part.posts],
        [proof for part in parts for proof in part.proofs],
        all(part.named for part in parts),
    )
