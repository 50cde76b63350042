"""Attacks with real people: bought, sworn to one another, or caught by a bait."""

from itertools import permutations

from openclout.evaluation.attack.injection import Injection
from openclout.evaluation.attack.scene import DAY, Act, Target
from openclout.evaluation.attack.supply import Supply
from openclout.vocabulary.post import Post

WEEK = 7 * DAY
_MEETINGS = 2  # acts of each upon each in a ring of friends
_FRIENDS = 10  # other members whom each of a follow-back ring follows


def bought(target: Target, size: int, supply: Supply) -> Injection:
    """Real people, drawn at random, act once each upon the target, lately, for money."""
    people = supply.people(size, target.engagers)
    return Injection(supply.acts(people, target, supply.lately(len(people))))


def bait(target: Target, size: int, supply: Supply) -> Injection:
    """The target publishes a bait; real people react to it once each, within hours."""
    people = supply.people(size, target.engagers)
    post = next(iter(supply.posts(1)), None)
    published = supply.scene.as_of - supply.scene.h // 4
    acts = supply.acts(people, target, supply.times(len(people), published))
    if post is None:
        return Injection(acts)
    reactions = [act._replace(object=post) for act in acts]
    return Injection(reactions, posts=[Post(supply.scene.network, post, target.account, published)])


def clique(target: Target, size: int, supply: Supply) -> Injection:
    """The target and others, real people, act upon one another, all pairs both ways."""
    pairs = list(permutations([target.account, *supply.people(size - 1, ())], 2)) * _MEETINGS
    sources, targets = zip(*pairs, strict=True)
    return Injection(supply.between(sources, targets, supply.times(len(pairs))))


def endorsements(target: Target, size: int, supply: Supply) -> Injection:
    """A ring of real people endorse one another, each all others, every week of the window."""
    scene = supply.scene
    pairs = list(permutations([target.account, *supply.people(size - 1, ())], 2))
    weeks = max((scene.as_of - scene.start) // WEEK, 1)
    acts = []
    for week in range(weeks):
        end = scene.as_of - week * WEEK
        start = max(end - WEEK, scene.start)
        acts += _all(pairs, supply, "endorse", start, end)
    return Injection(acts)


def follow_back(target: Target, size: int, supply: Supply) -> Injection:
    """Real people follow the target and are followed back, and follow one another likewise."""
    people = supply.people(size, ())
    pairs = [(target.account, person) for person in people]
    for step in range(1, min(_FRIENDS // 2, (len(people) - 1) // 2) + 1):
        pairs += zip(people, people[step:] + people[:step], strict=True)
    both = [*pairs, *((other, one) for one, other in pairs)]
    scene = supply.scene
    return Injection(_all(both, supply, "follow", scene.start, scene.as_of))


def _all(
    pairs: list[tuple[str, str]], supply: Supply, kind: str, start: int, end: int
) -> list[Act]:
    sources, targets = zip(*pairs, strict=True)
    acts = supply.between(sources, targets, supply.times(len(pairs), start, end))
    return [act._replace(kind=kind) for act in acts]
