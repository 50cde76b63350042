"""What attacks inject: by property, for every attack, on a small world; and what they may touch."""

from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from tests.conftest import World

from openclout.consent import Ledger
from openclout.errors import InputError
from openclout.evaluation.attack.catalogue import ATTACKS, Attack, choose
from openclout.evaluation.attack.scene import Scene, Target, read_scene, read_targets
from openclout.evaluation.attack.trial import prepare
from openclout.pipeline.importing import ImportOptions, import_path
from openclout.settings import GIB, Settings
from openclout.vocabulary.period import Period
from openclout.warehouse.store import Warehouse

AS_OF = datetime(2026, 6, 30, tzinfo=UTC)
PERIOD = Period(AS_OF, timedelta(days=40))
PEOPLE = 60
MANY = 200  # fakes that are tried here at most: the sentence is about any number


def acts() -> str:
    """Write acts among people p10, p11, ... over 60 days, some upon posts, some answered."""
    rows = ["kind,source,target,published,object"]
    for number in range(PEOPLE * 6):
        source, target = number % PEOPLE, (number * 7 + 1) % PEOPLE
        moment = AS_OF - timedelta(hours=4 * number % 1440, minutes=number)
        post = f"post{10 + target}" if number % 2 else ""
        kind = ("like", "reply", "share")[number % 3]
        rows.append(f"{kind},p{10 + source},p{10 + target},{moment:%Y-%m-%dT%H:%M:%SZ},{post}")
        if number % 5 == 0:
            later = min(moment + timedelta(hours=1), AS_OF)
            rows.append(f"reply,p{10 + target},p{10 + source},{later:%Y-%m-%dT%H:%M:%SZ},")
    return "\n".join(rows)


Stand = tuple[Scene, tuple[Target, ...]]


@pytest.fixture(scope="module")
def stand(tmp_path_factory: pytest.TempPathFactory) -> Stand:
    """A scene of 60 people, and two of them as targets."""
    folder = tmp_path_factory.mktemp("scene")
    settings = Settings(data=folder / "data", threads=2, memory=GIB)
    warehouse = Warehouse(settings.data, settings, Ledger(settings.data), folder)
    (folder / "acts.csv").write_text(acts(), encoding="utf-8")
    options = ImportOptions(network="net")
    assert import_path(folder / "acts.csv", warehouse, options, AS_OF, lambda _text: None).clean
    engine = warehouse.engine
    scene = read_scene(engine, PERIOD, "net")
    rows = engine.rows("select account from accounts where id in ('p16', 'p31') order by id")
    targets = read_targets(engine, [(row[0], "median") for row in rows])
    warehouse.close()
    return scene, targets


def test_a_scene_tells_what_is_there(stand: Stand) -> None:
    scene, targets = stand
    assert scene.people == [f"p{10 + number}" for number in range(PEOPLE)]
    assert 0 < scene.object_share < 0.5
    assert 0 < scene.answer_rate < 1
    assert all(scene.start < act.time <= scene.as_of for act in scene.patterns)
    assert all(act.time <= scene.start for act in scene.past)
    assert [target.account for target in targets] == ["p16", "p31"]
    assert targets[0].posts == ("post16",)
    assert targets[0].own_acts > 0


@pytest.mark.parametrize("attack", ATTACKS, ids=lambda attack: attack.name)
def test_an_attack_fits_into_the_set(attack: Attack, stand: Stand) -> None:
    scene, targets = stand
    small = Attack(attack.name, attack.about, attack.make, min(attack.size, MANY), attack.limit)
    found = prepare(small, targets, scene, seed=5)
    assert found.acts or found.proofs
    kinds = {act.kind for act in scene.patterns} | {"like", "endorse", "follow"}
    for act in found.acts:
        assert act.time <= scene.as_of
        assert act.kind in kinds
        assert act.source != act.target
    assert found == prepare(small, targets, scene, seed=5)
    assert found != prepare(small, targets, scene, seed=6)


@pytest.mark.parametrize("attack", [a for a in ATTACKS if a.worst], ids=lambda attack: attack.name)
def test_fakes_are_fresh_and_nobody_elses(attack: Attack, stand: Stand) -> None:
    scene, targets = stand
    size = min(attack.size, MANY)
    small = Attack(attack.name, attack.about, attack.make, size, attack.limit)
    parts = [
        {act.source for act in prepare(small, targets, scene, seed=2).acts
         if act.target == target.account and act.source not in scene.known}
        for target in targets
    ]  # fmt: skip
    assert [len(part) for part in parts] == [size, size]
    assert not parts[0] & parts[1]
    for name in parts[0] | parts[1]:
        assert name is not None
        assert name.startswith(tuple("abcdefghijklmnopqrstuvwxyz"))
        assert name[1:].isdigit()


def test_names_of_attacks() -> None:
    assert choose("") == ATTACKS
    assert [attack.name for attack in choose("star-10,drip-1000")] == ["star-10", "drip-1000"]
    assert len(choose("star")) == 4
    with pytest.raises(InputError, match='did you mean "star-10"'):
        choose("stra-10")


def test_scenes_do_not_depend_on_the_order_of_rows(world: World, tmp_path: Path) -> None:
    header, *rows = acts().splitlines()
    one = read_scene(world("\n".join([header, *rows])).engine, PERIOD, "net")
    other = read_scene(world("\n".join([header, *reversed(rows)])).engine, PERIOD, "net")
    assert one.patterns == other.patterns
    assert one.people == other.people
