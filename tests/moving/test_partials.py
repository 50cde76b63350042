"""What is kept of earlier windows is never stale: with it and without it, the same scores."""

import re
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from tests.conftest import NOW, ROOT, World

from openclout.pipeline.importing import ImportOptions, import_path
from openclout.pipeline.partials import SOURCES, Partials, sweep_partials
from openclout.pipeline.scoring import score
from openclout.scoring.model import load_model
from openclout.vocabulary.period import Period
from openclout.warehouse.store import Warehouse

WINDOW = timedelta(days=6)
START = datetime(2026, 1, 1, 12, tzinfo=UTC)
MODEL = load_model()
Act = tuple[int, int, int, str]

acts = st.lists(
    st.tuples(
        st.integers(0, 11), st.integers(0, 11), st.integers(0, 40),
        st.sampled_from(["like", "reply", "share"]),
    ),
    min_size=1, max_size=60,
)  # fmt: skip
steps = st.lists(
    st.one_of(acts, st.integers(0, 11), st.sampled_from(["prove", "rename"])),
    min_size=1, max_size=3,
)  # fmt: skip


def text(rows: list[Act]) -> str:
    lines = ["kind,source,target,published,object"]
    for source, target, day, kind in rows:
        moment = START + timedelta(days=day)
        lines.append(f"{kind},u{source},u{target},{moment.isoformat()},p{target}_{day % 4}")
    kept = [line for line in lines if line.split(",")[1] != line.split(",")[2]]
    return "\n".join(kept) + "\n"


def bring(warehouse: Warehouse, step: int, content: str) -> None:
    path = warehouse.data / f"step{step}.csv"
    path.write_text(content)
    options = ImportOptions(format="interactions", network="net")
    import_path(path, warehouse, options, NOW, lambda _text: None)


def change(warehouse: Warehouse, step: int, what: list[Act] | int | str) -> None:
    """Import acts of any days, opt somebody out, join two accounts, or give one a post's tags."""
    engine = warehouse.engine
    if isinstance(what, list):
        bring(warehouse, step, text(what))
    elif isinstance(what, int):
        warehouse.ledger.add([("net", f"u{what}")], NOW)
        warehouse.forget(NOW)
        sweep_partials(warehouse.engine, warehouse.data)
    elif what == "prove":
        pair = engine.rows("select account from accounts order by id limit 2")
        if len(pair) == 2:
            engine.run("insert into proofs values (?, ?, '')", (pair[0][0], pair[1][0]))
    else:
        engine.run("update posts set author = (select min(account) from accounts),"
                   " published = timestamp '2026-01-20', tags = ['tea']"
                   " where post = (select min(post) from posts)")  # fmt: skip


def scored(warehouse: Warehouse, day: int, partials: Partials | None) -> list[tuple[object, ...]]:
    period = Period(START + timedelta(days=day), WINDOW)
    score(warehouse.engine, period, MODEL, lambda _text: None, partials=partials)
    return warehouse.engine.rows("from scored order by account")


first = [(n % 12, (n * 5 + 1) % 12, n % 41, ("like", "reply")[n % 2]) for n in range(160)]


@pytest.mark.slow
@settings(max_examples=5, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(steps, st.lists(st.integers(20, 42), min_size=1, max_size=2))
def test_a_run_with_partials_gives_the_same_bytes(
    world: World, changes: list[list[Act] | int | str], days: list[int]
) -> None:
    """After random imports with late rows among them, opt-outs and proofs, at random days."""
    warehouse = world(text(first))
    for step, what in enumerate([[], *changes]):
        change(warehouse, step, what)
        for day in (*days, *(day - 6 for day in days)):
            if not warehouse.engine.value("select count(*) from accounts"):
                continue
            partials = Partials(warehouse.engine, warehouse.data, MODEL)
            with_them = scored(warehouse, day, partials)
            assert str(with_them) == str(scored(warehouse, day, None))


def test_a_window_that_was_measured_is_found(world: World) -> None:
    warehouse = world(text(first))
    partials = Partials(warehouse.engine, warehouse.data, MODEL)
    scored(warehouse, 40, partials)
    again = Partials(warehouse.engine, warehouse.data, MODEL)
    period = Period(START + timedelta(days=40), WINDOW)
    assert all(again.find(one) for one in (period, period.earlier(1), period.earlier(5)))
    bring(warehouse, 1, text([(3, 4, 20, "like")]))  # day 20: the windows that end later go
    late = Partials(warehouse.engine, warehouse.data, MODEL)
    assert [late.find(period.earlier(n)) is not None for n in (0, 3, 4, 5)] == [
        False, False, True, True,
    ]  # fmt: skip
    other = Partials(warehouse.engine, warehouse.data, load_model("2026-11"))
    assert other.find(period.earlier(5)) is None


def test_a_damaged_file_is_measured_anew(world: World) -> None:
    warehouse = world(text(first))
    whole = scored(warehouse, 40, Partials(warehouse.engine, warehouse.data, MODEL))
    for path in (warehouse.data / "partials").rglob("*.npz"):
        path.write_bytes(path.read_bytes()[:100])
    again = scored(warehouse, 40, Partials(warehouse.engine, warehouse.data, MODEL))
    assert str(again) == str(whole)


ELSEWHERE = ("warehouse.engine", "warehouse.spark", "errors", "settings", "connector", "scoring")
"""What measuring imports too, and what cannot change what it gives."""


def test_every_file_that_measuring_stands_on_is_in_the_digest() -> None:
    """Else a window measured by an older program would be taken for today's."""
    root = ROOT / "src/openclout"
    files = [
        file
        for name in SOURCES
        for file in ([root / name] if (root / name).is_file() else (root / name).glob("*.py"))
    ]
    assert len(files) > len(SOURCES)
    for file in files:
        for module in re.findall(
            r"^from openclout\.([\w.]+) import", file.read_text(), re.MULTILINE
        ):
            path = module.replace(".", "/")
            known = path in SOURCES or f"{path}.py" in SOURCES or path.split("/")[0] in SOURCES
            assert known or module.startswith(ELSEWHERE), f"{file.name} imports {module}"
