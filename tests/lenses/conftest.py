"""The hand-made world of the signals, measured, and a lens's numbers in it by name."""

import pytest
from tests.conftest import World
from tests.signals.worlds import ACCOUNTS, ACTS, PERIOD, POSTS

from openclout.lenses import lens
from openclout.pipeline.measuring import measure
from openclout.warehouse.engine import Engine


@pytest.fixture
def engine(world: World) -> Engine:
    """The world of the signals' contract, measured."""
    found = world(ACTS, posts=POSTS, accounts=ACCOUNTS).engine
    measure(found, PERIOD, ("people", "pagerank"))
    return found


def by_name(engine: Engine, name: str, part: str = "value") -> dict[str, float]:
    """Give a lens's numbers by the accounts' ids."""
    found = lens(name).values(engine, PERIOD)
    ids = dict(engine.rows("select account, id from accounts"))
    return {
        ids[int(account)]: float(value)
        for account, value in zip(found["account"], found[part], strict=True)
    }
