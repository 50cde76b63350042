"""Attacks with accounts that nobody stands behind: bought by the thousand, made for the purpose."""

from collections.abc import Sequence

from openclout.evaluation.attack.injection import Injection
from openclout.evaluation.attack.scene import Target
from openclout.evaluation.attack.supply import Supply
from openclout.vocabulary.account import Account

_SEEN_ELSEWHERE = 3  # popular accounts on which a camouflaged fake acts as well
_NEIGHBOURS = 3  # on either side in a ring of fakes
_DRIPS = 3  # acts of each fake that comes back


def star(target: Target, size: int, supply: Supply) -> Injection:
    """Fresh fakes act once each upon the target, lately."""
    fakes = supply.fakes(size)
    return Injection(supply.acts(fakes, target, supply.lately(size)), made(fakes, supply))


def camouflage(target: Target, size: int, supply: Supply) -> Injection:
    """Fresh fakes act upon the target, and each upon popular accounts as well."""
    found = star(target, size, supply)
    fakes = [str(act.source) for act in found.acts]
    found.acts += supply.camouflage(fakes, _SEEN_ELSEWHERE)
    return found


def ring(target: Target, size: int, supply: Supply) -> Injection:
    """Fresh fakes act upon the target, and upon one another, so that each was acted upon."""
    found = star(target, size, supply)
    fakes = [str(act.source) for act in found.acts]
    sources, targets = zip(*near(fakes), strict=True)
    found.acts += supply.between(sources, targets, supply.times(len(sources)))
    return found


def near(fakes: Sequence[str]) -> list[tuple[str, str]]:
    """Give the pairs of a ring, both ways: each with the next three on either side."""
    steps = range(1, min(_NEIGHBOURS, (len(fakes) - 1) // 2) + 1)
    pairs = [pair for step in steps
             for pair in zip(fakes, [*fakes[step:], *fakes[:step]], strict=True)]  # fmt: skip
    return [*pairs, *((other, one) for one, other in pairs)]


def drip(target: Target, size: int, supply: Supply) -> Injection:
    """Fresh fakes come little by little over the whole window, and each comes back twice."""
    fakes = supply.fakes(size)
    acts = supply.acts(fakes * _DRIPS, target, supply.times(size * _DRIPS))
    return Injection(acts, made(fakes, supply))


def feed(target: Target, size: int, supply: Supply) -> Injection:
    """The target acts upon each of its own fakes, and each fake acts back."""
    found = star(target, size, supply)
    fakes = [str(act.source) for act in found.acts]
    found.acts += supply.between([target.account] * size, fakes, supply.times(size))
    return found


def made(fakes: list[str], supply: Supply, aged: bool = False) -> list[Account]:
    """Give the fakes' own accounts, where the set tells when accounts were made.

    Fresh ones were made in the window or, aged, before it.
    """
    scene = supply.scene
    known = scene.created[(scene.created > scene.start) != aged]
    if not len(known):
        return []
    return [
        Account(scene.network, fake, created=int(time))
        for fake, time in zip(fakes, supply.rng.choice(known, len(fakes)), strict=True)
    ]
