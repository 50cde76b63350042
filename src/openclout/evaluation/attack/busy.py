"""Attacks of diligence: nobody is bought, but others are addressed until enough of them answer.

What that earns is what it earns in the set: strangers answer a first act upon them, and friends a
further one, as often as they do there (Scene.answer_rate, Scene.return_rate).
"""

from collections.abc import Sequence

from openclout.evaluation.attack.injection import Injection
from openclout.evaluation.attack.scene import DAY, Act, Target
from openclout.evaluation.attack.supply import Supply
from openclout.vocabulary.post import Post


def hyperactive(target: Target, size: int, supply: Supply) -> Injection:
    """The target posts and mentions `size` times as often, strangers and friends as people do."""
    scene, rng = supply.scene, supply.rng
    more = int((size - 1) * max(target.own_acts, scene.usual_acts))
    known = target.addressed
    cold = int(rng.binomial(more, scene.first_share)) if known else more
    strangers = supply.people(cold, {*known, *target.engagers})
    places = rng.integers(len(known), size=more - cold) if known else ()
    acts = [
        *_talk(target, strangers, supply, scene.answer_rate),
        *_talk(target, [known[place] for place in places], supply, scene.return_rate),
    ]
    return Injection(acts, posts=_posts(target, (size - 1) * len(target.posts), supply))


def reply_bot(target: Target, size: int, supply: Supply) -> Injection:
    """The target answers `size` strangers a day over the whole window, each once."""
    scene = supply.scene
    days = max((scene.as_of - scene.start) // DAY, 1)
    strangers = supply.people(size * days, {*target.addressed, *target.engagers})
    return Injection(_talk(target, strangers, supply, scene.answer_rate))


def _posts(target: Target, count: int, supply: Supply) -> list[Post]:
    """Let the target publish posts that nobody reacts to."""
    network = supply.scene.network
    return [
        Post(network, post, target.account, time)
        for post, time in zip(supply.posts(count), supply.times(count), strict=True)
    ]


def _talk(target: Target, others: Sequence[str], supply: Supply, rate: float) -> list[Act]:
    """Let the target address others, and some of them answer within a quarter of h."""
    scene, rng = supply.scene, supply.rng
    said = supply.said(target.account, others)
    waits = rng.integers(1, scene.h // 4, len(said))
    answered = rng.random(len(said)) < rate
    answers = [
        act._replace(source=act.target, target=target.account,
                time=min(act.time + int(wait), scene.as_of))
        for act, wait, is_answered in zip(said, waits, answered, strict=True)
        if is_answered
    ]  # fmt: skip
    return [*said, *answers]
