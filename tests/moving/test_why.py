"""Why a score moved: over a real warehouse the parts add up, and every cause has its name."""

from datetime import UTC, datetime, timedelta
from random import Random

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from tests.conftest import NOW, World

from openclout.consent import Ledger
from openclout.errors import NotFound
from openclout.pipeline.calibrating import calibrate
from openclout.pipeline.importing import ImportOptions, import_path
from openclout.pipeline.moving import Movement, find_past, move, move_person
from openclout.pipeline.partials import Partials
from openclout.pipeline.publishing import publish
from openclout.pipeline.scoring import score
from openclout.scoring.model import load_model
from openclout.snapshot.reader import Snapshot
from openclout.vocabulary.period import Period
from openclout.warehouse.store import Warehouse

WINDOW = timedelta(days=20)
DAY = timedelta(days=1)
WEEK = timedelta(days=7)
END = datetime(2026, 3, 1, tzinfo=UTC)
CURRENT = load_model().name


def crowd(people: int = 40, posts: int = 120) -> str:
    """Write a village's acts from January on: anybody acts upon anybody, some more than others."""
    lines, chance = ["kind,source,target,published,object"], Random(7)
    for n in range(1200):
        source, target = (int(people * chance.random() ** power) for power in (1, 1.5))
        moment = datetime(2026, 1, 1, tzinfo=UTC) + n * timedelta(hours=1.17)
        kind = ("like", "reply", "share")[n % 3]
        if source != target:
            lines.append(
                f"{kind},u{source},u{target},{moment:%Y-%m-%dT%H:%M:%SZ},p{target}_{n % posts}"
            )
    return "\n".join(lines) + "\n"


def publish_at(warehouse: Warehouse, moment: datetime, model: str = "") -> None:
    rules = load_model(model)
    partials = Partials(warehouse.engine, warehouse.data, rules)
    period = Period(moment, WINDOW)
    publish(warehouse, score(warehouse.engine, period, rules, lambda _t: None, partials=partials))


def opened(warehouse: Warehouse) -> Snapshot:
    data = warehouse.data
    return Snapshot(data, warehouse.settings, Ledger(data), warehouse.scratch)


def why(warehouse: Warehouse, name: str, span: timedelta = WEEK) -> Movement:
    """Split an account's change, and check that it adds up."""
    snapshot = opened(warehouse)
    try:
        row = snapshot.find(name)
        movement = move(warehouse.engine, snapshot, row, find_past(snapshot, row, span))
    finally:
        snapshot.close()
    change = movement.after - movement.before
    assert sum(part.points for part in movement.parts) == pytest.approx(change, abs=1e-9)
    return movement


def kinds(movement: Movement) -> dict[str, float]:
    found: dict[str, float] = {}
    for part in movement.parts:
        found[part.kind] = found.get(part.kind, 0.0) + part.points
    return found


@pytest.fixture
def village(world: World) -> Warehouse:
    """A village whose every account is scored, kept at a day and a week before the end."""
    warehouse = world(crowd())
    for moment in (END - WEEK, END - DAY, END):
        publish_at(warehouse, moment)
    return warehouse


def test_the_parts_add_up_for_everybody(village: Warehouse) -> None:
    moved = [why(village, f"u{number}") for number in range(0, 40, 5)]
    assert max(abs(one.after - one.before) for one in moved) > 1
    found = {part.kind for one in moved for part in one.parts}
    assert {"new", "again", "older", "gone", "signal"} <= found
    assert not found & {"records", "model", "curve"}


def test_records_that_came_in_late_have_a_part_of_their_own(village: Warehouse) -> None:
    before = why(village, "u3")
    path = village.data / "late.csv"
    late = (END - WEEK - DAY).isoformat()
    path.write_text(f"kind,source,target,published\nlike,u9,u3,{late}\nlike,u8,u3,{late}\n")
    options = ImportOptions(format="interactions", network="net")
    assert import_path(path, village, options, NOW, lambda _text: None).clean
    publish_at(village, END)
    after = why(village, "u3")
    assert after.before == before.before  # what was shown then stays
    assert kinds(after)["records"] > 0


def test_another_model_shows_both_numbers(village: Warehouse) -> None:
    publish_at(village, END, model="2026-11")
    movement = why(village, "u3")
    assert list(movement.models) == [CURRENT, "2026-11"]
    assert movement.models[CURRENT] == pytest.approx(movement.before, abs=1e-9)
    old, new = movement.models.values()
    assert kinds(movement)["model"] == pytest.approx(new - old, abs=1e-9)
    publish_at(village, END - WEEK, model="2026-11")  # once the day has both, the same rules count
    publish_at(village, END, model="2026-11")
    assert "model" not in kinds(why(village, "u3"))


def test_a_curve_set_anew_has_a_part_of_its_own(world: World) -> None:
    warehouse = world(crowd(people=130))
    publish_at(warehouse, END - WEEK)
    assert calibrate(warehouse.engine, Period(END - timedelta(days=20), WINDOW), load_model())
    publish_at(warehouse, END)
    movement = why(warehouse, "u3")
    assert list(movement.models) == [CURRENT, f"{CURRENT} now"]
    assert abs(kinds(movement)["curve"]) > 0.01


def test_what_is_not_kept_is_told_in_a_sentence(village: Warehouse, world: World) -> None:
    snapshot = opened(village)
    row = snapshot.find("u3")
    with pytest.raises(NotFound, match="no run of about 30 days before 2026-03-01 is kept"):
        find_past(snapshot, row, timedelta(days=30))
    snapshot.close()
    fresh = world("kind,source,target,published\nlike,u1,u2,2026-02-27\nlike,u2,u3,2026-02-10\n")
    for moment in (END - WEEK, END):
        publish_at(fresh, moment)
    snapshot = opened(fresh)
    with pytest.raises(NotFound, match="u2 had no score on 2026-02-21"):
        find_past(snapshot, snapshot.find("u2"), WEEK)
    snapshot.close()


def test_a_person_is_told_by_account(world: World) -> None:
    warehouse = world(crowd())
    engine = warehouse.engine
    numbers = dict(engine.rows("select id, account from accounts where id in ('u3', 'u8')"))
    engine.run("insert into proofs values (?, ?, '')", (numbers["u3"], numbers["u8"]))
    for moment in (END - WEEK, END):
        publish_at(warehouse, moment)
    snapshot = opened(warehouse)
    row = snapshot.find("u3", person=True)
    movement = move_person(snapshot, row, find_past(snapshot, row, WEEK))
    snapshot.close()
    change = movement.after - movement.before
    assert sum(part.points for part in movement.parts) == pytest.approx(change, abs=1e-9)
    assert {part.label for part in movement.parts} <= {
        "net:u3", "net:u8", "where the best account's curve starts",
    }  # fmt: skip


ACTS = st.lists(
    st.tuples(
        st.integers(0, 9), st.integers(0, 9), st.integers(0, 58),
        st.sampled_from(["like", "reply", "share", "follow"]), st.integers(0, 5),
        st.booleans(),
    ),
    min_size=30, max_size=120,
)  # fmt: skip


@settings(max_examples=12, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(ACTS, st.integers(1, 20))
def test_whatever_happened_the_parts_add_up(
    world: World, acts: list[tuple[int, int, int, str, int, bool]], days: int
) -> None:
    """Also with acts that name nobody, whose part is that of people without names."""
    lines = ["kind,source,target,published,object,count"]
    for source, target, day, kind, post, named in acts:
        moment = datetime(2026, 1, 1, 6, tzinfo=UTC) + day * DAY
        who = f"u{source}" if named else ""
        lines.append(f"{kind},{who},u{target},{moment.isoformat()},p{target}_{post},")
    kept = [lines[0], *(line for line in lines[1:] if line.split(",")[1] != line.split(",")[2])]
    warehouse = world("\n".join(kept) + "\n")
    last = datetime(2026, 2, 28, 12, tzinfo=UTC)
    publish_at(warehouse, last - days * DAY)
    publish_at(warehouse, last)
    snapshot = opened(warehouse)
    row = snapshot.find("u1") if any(act[1] == 1 for act in acts) else None
    if row and row["score"] is not None:
        try:
            past = find_past(snapshot, row, days * DAY)
        except NotFound:
            past = None
        if past:
            movement = move(warehouse.engine, snapshot, row, past)
            parts = sum(part.points for part in movement.parts)
            assert parts == pytest.approx(movement.after - movement.before, abs=1e-9)
    snapshot.close()
