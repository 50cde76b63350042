"""Who lives in the community: the cast that tests and docs share, and ordinary people."""

import re
import unicodedata
from dataclasses import dataclass
from datetime import datetime, timedelta
from itertools import count
from random import Random

from demo.texts import TOPICS

FIRST = (
    "Aylin", "Kwame", "Priya", "Jürgen", "Łucja", "Zoë", "Søren", "Fatima", "Oluwaseun", "Linh",
    "Heike", "Mateusz", "Ingrid", "Tariq", "Rosie", "Björn", "Nia", "Graham", "Svenja", "Dilara",
    "Eoin", "Mei", "Anneliese", "Kofi", "Harriet", "Emre", "Wiebke", "Ravi", "Gwen", "Detlef",
    "Yuki", "Thandiwe", "Alistair", "Käthe", "Omar", "Bronwen", "Ilse", "Samir", "Florian", "Ama",
    "Niamh", "Torben", "Leyla", "Winston", "Grete", "Ivo", "Chidi", "Meltem", "Rupert", "Silke",
)  # fmt: skip
LAST = (
    "Quillfeather", "Kesselhaupt", "Brambleworth", "Teedorfer", "Copperspout", "Gießkannberg",
    "Thistlewander", "Laubenfels", "Marrowfield", "Radkranz", "Sodabottom", "Blattgrün",
    "Nettlesham", "Zuckerdose", "Pinwheelton", "Krautwinkel", "Lanternby", "Siebschön",
    "Drizzlecombe", "Apfelstieg", "Kettlewhite", "Mooskamp", "Parsniphill", "Tassenbach",
)  # fmt: skip
_NICKS = (
    "leafy", "slow", "rusty", "kleine", "wilde", "muddy", "early", "stille", "hungry", "gruene",
    "late", "brave",
), (
    "kettle", "otter", "gurke", "pedal", "robin", "laube", "spade", "teekanne", "turnip", "igel",
    "bell", "moos", "sprout", "speiche",
)  # fmt: skip
_LETTERS = str.maketrans({"ß": "ss", "Ł": "L", "ł": "l", "Ø": "O", "ø": "o", "ä": "ae",
                          "ö": "oe", "ü": "ue", "Ä": "Ae", "Ö": "Oe", "Ü": "Ue"})  # fmt: skip


@dataclass(frozen=True, slots=True)
class Span:
    """The time that an export covers; `end` is its first moment no longer included."""

    start: datetime
    end: datetime

    @property
    def weeks(self) -> float:
        """The length in weeks."""
        return (self.end - self.start) / timedelta(weeks=1)


@dataclass(frozen=True, slots=True)
class Person:
    """One inhabitant. `posts` and `acts` are per week, `hour` is the time of day they like best.

    `appeal` is how much others turn to them: most have little, a few very much.
    """

    handle: str
    name: str
    language: str
    topic: str
    joined: datetime
    left: datetime
    posts: float = 0.0
    acts: float = 0.0
    appeal: float = 0.0
    hour: float = 19.0


def draw_people(number: int, span: Span, rng: Random) -> list[Person]:
    """Draw ordinary people; some come during the span, some leave."""
    taken = {member.handle for member in cast(span).values()}
    return [_draw_person(span, rng, taken) for _ in range(number)]


def cast(span: Span) -> dict[str, Person]:
    """Give the cast by first name in lower case; those who act by no habit have no rate here."""

    def member(name: str, language: str, topic: str, **traits: float) -> Person:
        handle = name.split(maxsplit=1)[0].lower()
        return Person(handle, name, language, topic, span.start, span.end, **traits)

    members = (
        member("Ann Teasdale", "en", "tea", posts=5, acts=2, appeal=700, hour=8),
        member("Bob Gärtner", "de", "gardening", posts=2, acts=1.5, hour=20),
        member("Cat Lautmann", "en", "cycling", posts=28, appeal=0.01, hour=14),
        member("Dan Stillwater", "en", "opensource", posts=1.5, acts=1, appeal=25, hour=22),
        member("Eve Glanz", "de", "cycling", posts=1.5, acts=0.5, appeal=3, hour=12),
    )
    return {person.handle: person for person in members}


def _draw_person(span: Span, rng: Random, taken: set[str]) -> Person:
    name = f"{rng.choice(FIRST)} {rng.choice(LAST)}"
    lively = rng.lognormvariate(0.0, 1.1)
    appeal = min(rng.paretovariate(1.0), 200.0)
    joined, left = _draw_stay(span, rng)
    return Person(
        handle=pick_handle(name, rng, taken),
        name=name,
        language=rng.choices(("en", "de"), (3, 2))[0],
        topic=rng.choice(tuple(TOPICS)),
        joined=joined,
        left=left,
        posts=0.05 * lively * rng.lognormvariate(0.0, 0.5) + 0.035 * appeal**0.8,
        acts=0.26 * lively,
        appeal=appeal,
        hour=rng.choice((7.5, 12.5, 18.0, 20.0, 21.0)),
    )


def _draw_stay(span: Span, rng: Random) -> tuple[datetime, datetime]:
    whole, fate = span.end - span.start, rng.random()
    moment = span.start + (whole * rng.random())
    if fate < 0.18:
        return moment, span.end
    return span.start, moment if fate < 0.30 else span.end


def pick_handle(name: str, rng: Random, taken: set[str]) -> str:
    """Make a handle in ASCII that nobody has yet, from the name or from two words."""
    first, last = re.sub(r"[^a-z ]", "", plain(name).lower()).split(" ")
    bare = rng.choice((first, f"{first}_{last[0]}", f"{first}{last[:4]}", "_".join(_nick(rng))))
    options = (f"{bare}{number}" if number > 1 else bare for number in count(1))
    handle = next(option for option in options if option not in taken)
    taken.add(handle)
    return handle


def plain(text: str) -> str:
    """Write a text with the letters of ASCII.

    >>> plain("Jürgen Gießkannberg")
    'Juergen Giesskannberg'
    """
    parts = unicodedata.normalize("NFKD", text.translate(_LETTERS))
    return parts.encode("ascii", "ignore").decode()


def _nick(rng: Random) -> tuple[str, str]:
    return rng.choice(_NICKS[0]), rng.choice(_NICKS[1])
