"""The attacker who has read our source: fakes made so that each of its thresholds is passed.

What a defence may ask of an engager is listed in Means, with what it costs the attacker to have it.
A defence that asks something new gets a field here, and the attack is run again.
"""

from dataclasses import dataclass

from openclout.evaluation.attack.fakes import made, near
from openclout.evaluation.attack.injection import Injection
from openclout.evaluation.attack.scene import Act, Target
from openclout.evaluation.attack.supply import Supply


@dataclass(frozen=True, slots=True)
class Means:
    """What the attacker goes to.

    `earned`: real people who are paid or talked into one act each upon a fake, before the window
    (where the set has a past) and in it: the only thing here that costs anything per fake.
    `past`, `elsewhere`: acts of each fake upon others, before the window and in it, copied from
    real ones, so that neither age nor spread nor the share that the target gets gives it away.
    `visits`: acts of each upon the target, over the whole window.
    """

    earned: int = 100
    past: int = 3
    elsewhere: int = 6
    visits: int = 2


def insider(target: Target, size: int, supply: Supply, means: Means = Means()) -> Injection:
    """Aged fakes with a history, a circle of their own and real people's acts upon them."""
    fakes = supply.fakes(size)
    acts = supply.acts(fakes * means.visits, target, supply.times(size * means.visits))
    acts += supply.camouflage(fakes, means.elsewhere)
    acts += _inbound(fakes, supply, means.earned, supply.scene.start, supply.scene.as_of)
    if supply.scene.past:
        acts += supply.camouflage(fakes, means.past, past=True)
        oldest = min(act.time for act in supply.scene.past)
        acts += _inbound(fakes, supply, means.earned, oldest - 1, supply.scene.start)
    return Injection(acts, made(fakes, supply, aged=True))


def _inbound(fakes: list[str], supply: Supply, earned: int, start: int, end: int) -> list[Act]:
    """Let real people act upon the first fakes, those upon all others, and neighbours mutually."""
    real = supply.people(min(earned, len(fakes)), ())
    known = fakes[: len(real)]
    passed_on = [
        (known[place % len(known)], fake) for place, fake in enumerate(fakes) if place >= len(known)
    ] if known else []  # fmt: skip
    pairs = [*zip(real, known, strict=True), *passed_on, *near(fakes)]
    sources, targets = zip(*pairs, strict=True)
    return supply.between(sources, targets, supply.times(len(pairs), start, end))
