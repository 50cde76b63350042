"""No order of rows changes a lens, over worlds drawn at random; Kred's ledgers add up in them."""

import random

import pytest
from tests.conftest import World
from tests.lenses.conftest import by_name
from tests.signals.worlds import PERIOD

from openclout.lenses import LENSES
from openclout.lenses.kred import KRED
from openclout.pipeline.measuring import measure
from openclout.vocabulary.interaction import KINDS
from openclout.warehouse.engine import Engine

HEADER = "kind,source,target,object,published,count,value\n"


def rows(seed: int) -> list[str]:
    """Draw 400 acts among 40 people over six days, of which four are in the window."""
    draw = random.Random(seed)
    people = [f"u{number}" for number in range(40)]
    return [
        f"{draw.choice(KINDS)},{draw.choice([*people, ''])},{draw.choice(people)},"
        f"{draw.choice(['', *(f'p{number}' for number in range(30))])},"
        f"{draw.randrange(1767312000, 1767571200)},{draw.choice(['', 1, 2, 5])},"
        f"{draw.choice(['', '', 1, -1])}\n"
        for _ in range(400)
    ]


def made(world: World, lines: list[str]) -> Engine:
    """Make a measured world."""
    accounts = "id,followers,bot\n" + "".join(f"u{n},{n * 1000},{n % 7 == 0}\n" for n in range(20))
    engine = world(HEADER + "".join(lines), accounts=accounts).engine
    measure(engine, PERIOD, ("people",))
    return engine


@pytest.mark.parametrize("seed", [1, 2])
def test_no_order_of_rows_changes_a_lens(world: World, seed: int) -> None:
    lines = rows(seed)
    mixed = random.Random(seed + 100).sample(lines, len(lines))
    first, second = made(world, lines), made(world, mixed)
    for lens in LENSES:
        for part in ("value", *lens.parts):
            assert by_name(first, lens.name, part) == by_name(second, lens.name, part), lens.name


@pytest.mark.parametrize("seed", [3, 4])
def test_every_ledger_adds_up(world: World, seed: int) -> None:
    engine = made(world, rows(seed))
    found = KRED.values(engine, PERIOD)
    assert KRED.ledger
    for place, account in enumerate(found["account"]):
        entries = KRED.ledger(engine, PERIOD, int(account))
        for part in ("influence_points", "outreach_points"):
            points = sum(entry.points for entry in entries if entry.part == part)
            assert points == found[part][place]
