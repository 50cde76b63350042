"""The supply of an attack: fresh ids, real people, times and manners, drawn by a seed."""

import string
from collections.abc import Collection, Sequence

from numpy.random import Generator

from openclout.evaluation.attack.scene import Act, Scene, Target

_LETTERS = (string.digits, string.ascii_lowercase, string.ascii_uppercase)


class Supply:
    """Draws for one attack upon one target; nobody is drawn twice, nor by attacks side by side."""

    def __init__(self, scene: Scene, rng: Generator, taken: set[str]) -> None:
        """`taken` holds the ids in use; the ones that are drawn are added."""
        self.scene, self.rng, self._taken = scene, rng, taken

    def fakes(self, count: int) -> list[str]:
        """Give ids of new accounts, shaped like the set's own."""
        return [self._fresh(self.scene.people) for _ in range(count)]

    def post(self) -> str | None:
        """Give the id of a new post, shaped like the set's own; None where the set has no posts."""
        known = [act.object for act in self.scene.patterns[:1000] if act.object]
        return self._fresh(known) if known else None

    def _fresh(self, models: Sequence[str]) -> str:
        """Give an id with a digit for a digit and a letter for a letter of one that is there."""
        for attempt in range(1000):
            model = models[int(self.rng.integers(len(models)))]
            longer = model + "0" * (attempt > 20)  # the set may use up all ids of this length
            name = "".join(self._like(letter) for letter in longer)
            if name not in self.scene.known and name not in self._taken:
                self._taken.add(name)
                return name
        raise RuntimeError("the ids of this set leave no room for another")

    def _like(self, letter: str) -> str:
        for letters in _LETTERS:
            if letter in letters:
                return letters[int(self.rng.integers(len(letters)))]
        return letter

    def people(self, count: int, without: Collection[str]) -> list[str]:
        """Give real people who act; a tenth of the accounts where there are too few of them."""
        free = [name for name in self.scene.actors
                if name not in self._taken and name not in without]  # fmt: skip
        if len(free) < count:
            count = min(self.scene.tenth, count, len(free))
        chosen = [free[place] for place in self.rng.choice(len(free), count, replace=False)]
        self._taken.update(chosen)
        return chosen

    def times(self, count: int, start: int | None = None, end: int | None = None) -> list[int]:
        """Resample times of the set from (start, end], the window by default."""
        start = self.scene.start if start is None else start
        end = self.scene.as_of if end is None else end
        known = self.scene.times
        known = known[(known > start) & (known <= end)]
        if not len(known):
            return [int(time) for time in self.rng.integers(start + 1, end + 1, count)]
        return [int(time) for time in self.rng.choice(known, count)]

    def lately(self, count: int) -> list[int]:
        """Resample times of the last quarter of the window."""
        return self.times(count, self.scene.as_of - self.scene.h)

    def acts(self, sources: Sequence[str], target: Target, times: Sequence[int]) -> list[Act]:
        """Make one act of each source upon the target, in the manner of the set."""
        manners = self.manners(len(sources))
        return [
            Act(source, target.account, time, manner.kind, self.upon(target), manner.value)
            for source, time, manner in zip(sources, times, manners, strict=True)
        ]

    def upon(self, target: Target) -> str | None:
        """Choose one of the target's posts, as often as acts of the set are upon a post."""
        if not target.posts or self.rng.random() >= self.scene.object_share:
            return None
        return target.posts[int(self.rng.integers(len(target.posts)))]

    def between(self, sources: Sequence[str], targets: Sequence[str], times: Sequence[int]
    ) -> list[Act]:  # fmt: skip
        """Make one act of each source upon the target at its place, upon no post."""
        manners = self.manners(len(sources))
        return [
            Act(source, target, time, manner.kind, None, manner.value)
            for source, target, time, manner in zip(sources, targets, times, manners, strict=True)
        ]

    def manners(self, count: int, past: bool = False) -> list[Act]:
        """Draw real acts to copy from, of the window or of before it."""
        known = self.scene.past if past else self.scene.patterns
        return [known[place] for place in self.rng.integers(0, len(known), count)]

    def camouflage(self, sources: Sequence[str], each: int, past: bool = False) -> list[Act]:
        """Let each source do what somebody else did: upon whom, upon what, when, how.

        Acts upon those who are targets themselves are left out.
        """
        doers = [source for source in sources for _ in range(each)]
        return [
            Act(source, act.target, act.time, act.kind, act.object, act.value)
            for source, act in zip(doers, self.manners(len(doers), past), strict=True)
            if act.target not in self._taken
        ]
