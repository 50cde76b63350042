"""The supply of an attack: fresh ids, real people, times and manners, drawn by a seed."""

from collections.abc import Collection, Sequence

import numpy as np
from numpy.random import Generator

from openclout.evaluation.attack.scene import Act, Scene, Target

_MODELS = 1000  # acts whose posts' ids new ones are shaped like
_ATTEMPTS = 100


class Supply:
    """Draws for one attack upon one target; nobody is drawn twice, nor by attacks side by side."""

    def __init__(self, scene: Scene, rng: Generator, taken: set[str]) -> None:
        """`taken` holds the ids in use; the ones that are drawn are added."""
        self.scene, self.rng, self._taken = scene, rng, taken

    def fakes(self, count: int) -> list[str]:
        """Give ids of new accounts, shaped like the set's own."""
        return self._fresh(self.scene.people, count)

    def posts(self, count: int) -> list[str]:
        """Give ids of new posts, shaped like the set's own; none where the set has no posts."""
        known = [act.object for act in self.scene.patterns[:_MODELS] if act.object]
        return self._fresh(known, count) if known else []

    def _fresh(self, known: Sequence[str], count: int) -> list[str]:
        """Give ids with a digit for a digit and a letter for a letter of ones that are there."""
        found: list[str] = []
        tail = ""
        for _attempt in range(_ATTEMPTS):
            if len(found) == count:
                return found
            places = self.rng.integers(0, len(known), count - len(found))
            names = self._alike([known[place] + tail for place in places])
            free = [name for name in dict.fromkeys(names)
                    if name not in self.scene.known and name not in self._taken]  # fmt: skip
            self._taken.update(free)
            found += free
            if len(free) < len(names) // 2:  # ids of this length are nearly used up
                tail += "0"
        raise RuntimeError("the ids of this set leave no room for others")

    def _alike(self, models: list[str]) -> list[str]:
        """Draw each digit and letter of the models anew."""
        codes = np.frombuffer("\n".join(models).encode("utf-32-le"), dtype="<u4").copy()
        for first, last in ("09", "az", "AZ"):
            chosen = (codes >= ord(first)) & (codes <= ord(last))
            codes[chosen] = self.rng.integers(ord(first), ord(last) + 1, int(chosen.sum()))
        return codes.tobytes().decode("utf-32-le").split("\n")

    def people(self, count: int, without: Collection[str]) -> list[str]:
        """Draw real people; a tenth of the accounts where there are too few of them."""
        free = [name for name in self.scene.people
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
        return [
            Act(source, target.account, time, manner.kind, post, manner.value)
            for source, time, manner, post in zip(
                sources, times, self.manners(len(sources)), self.upon(target, len(sources)),
                strict=True,
            )
        ]  # fmt: skip

    def upon(self, target: Target, count: int) -> list[str | None]:
        """Choose posts of the target, or none, as often as acts of the set are upon a post."""
        if not target.posts:
            return [None] * count
        places = self.rng.integers(0, len(target.posts), count)
        is_upon = self.rng.random(count) < self.scene.object_share
        return [target.posts[place] if there else None
                for place, there in zip(places, is_upon, strict=True)]  # fmt: skip

    def between(self, sources: Sequence[str], targets: Sequence[str], times: Sequence[int]
    ) -> list[Act]:  # fmt: skip
        """Make one act of each source upon the target at its place, upon no post."""
        manners = self.manners(len(sources))
        return [
            Act(source, target, time, manner.kind, None, manner.value)
            for source, target, time, manner in zip(sources, targets, times, manners, strict=True)
        ]

    def said(self, source: str, targets: Sequence[str]) -> list[Act]:
        """Let somebody address each target, in the way in which people of the set talk."""
        talk = self.scene.talk
        places = self.rng.integers(0, len(talk), len(targets))
        return [
            Act(source, target, time, talk[place].kind, None, talk[place].value)
            for target, time, place in zip(targets, self.times(len(targets)), places, strict=True)
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
