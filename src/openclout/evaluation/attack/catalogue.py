"""The attacks, each with a sentence and the target that the project has set itself."""

import difflib
from collections.abc import Callable
from dataclasses import dataclass

from openclout.errors import InputError
from openclout.evaluation.attack import busy, fakes, paper, people
from openclout.evaluation.attack.injection import Injection
from openclout.evaluation.attack.insider import insider
from openclout.evaluation.attack.scene import Target
from openclout.evaluation.attack.supply import Supply

Make = Callable[[Target, int, Supply], Injection]
FAKES_WORST = 10.0


@dataclass(frozen=True, slots=True)
class Attack:
    """One attack: what is done, by how many, and what it may bring at most, in points.

    `limit` bounds the mean over the targets, `worst` any single target.
    """

    name: str
    about: str
    make: Make
    size: int
    limit: float
    worst: float | None = None


def _fakes(name: str, about: str, make: Make, *sizes: int) -> list[Attack]:
    return [
        Attack(f"{name}-{size}", f"{size:,} {about}", make, size, 3.0, FAKES_WORST)
        for size in sizes
    ]


ATTACKS: tuple[Attack, ...] = (
    *_fakes("star", "fresh fakes act once each", fakes.star, 10, 100, 1_000, 10_000),
    *_fakes("camouflage", "fakes, each active upon popular accounts too", fakes.camouflage,
            1_000, 10_000),
    *_fakes("ring", "fakes that also act upon one another", fakes.ring, 1_000, 10_000),
    *_fakes("drip", "fakes, little by little over the whole window", fakes.drip, 1_000, 10_000),
    *_fakes("insider", "fakes that know our source: aged, active, known to real people", insider,
            100, 1_000, 10_000),
    Attack("feed-1000", "1,000 fakes upon whom the target acts too", fakes.feed, 1_000, 8.0),
    Attack("feed-10000", "10,000 fakes upon whom the target acts too", fakes.feed, 10_000, 8.0),
    Attack("bought-100", "100 real people are paid for one act", people.bought, 100, 15.0),
    Attack("bought-1000", "1,000 real people are paid for one act", people.bought, 1_000, 25.0),
    Attack("clique-20", "20 real people act upon one another", people.clique, 20, 8.0),
    Attack("bait-10000", "10,000 real people react to one bait post", people.bait, 10_000, 8.0),
    Attack("endorse-20", "20 real people give one another +K every week", people.endorsements,
           20, 1.0),
    Attack("follow-100", "100 real people follow and are followed back", people.follow_back,
           100, 5.0),
    Attack("busy-20", "20 times the posts and mentions, answered as usual", busy.hyperactive,
           20, 1.0),
    Attack("reply-1000", "1,000 strangers a day are answered, and answer as usual",
           busy.reply_bot, 1_000, 5.0),
    Attack("likes-10000", "10,000 likes without names are bought", paper.bought_likes, 10_000, 3.0),
    Attack("edited-10000", "10,000 likes are edited into an archive", paper.edited_likes,
           10_000, 3.0),
    Attack("empty-5", "five empty accounts on other networks are linked", paper.empty_networks,
           5, 1.0),
)  # fmt: skip


def choose(names: str) -> tuple[Attack, ...]:
    """Give the attacks named, commas between; all for an empty text; raises InputError.

    A name without its number means all of that name: `star` is star-10, star-100 and so on.
    """
    if not names.strip():
        return ATTACKS
    found = []
    for name in (part.strip() for part in names.split(",")):
        mine = [a for a in ATTACKS if a.name == name or a.name.rpartition("-")[0] == name]
        if not mine:
            raise _unknown(name)
        found += mine
    return tuple(dict.fromkeys(found))


def _unknown(name: str) -> InputError:
    known = [attack.name for attack in ATTACKS]
    near = difflib.get_close_matches(name, known, 1)
    hint = f'did you mean "{near[0]}"?' if near else f"there are {', '.join(known)}"
    return InputError(f'"{name}" is not an attack', place="--attacks", fix=hint)
