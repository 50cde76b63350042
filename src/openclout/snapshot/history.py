"""History: what every scoring run gave is kept, small, and rewritten when somebody opts out.

DATA/history/runs.json names the runs, their models and curves, and in which Parquet file each one's
rows lie. It is swapped in one move: a killed run leaves the old one or the new, and files that it
does not name are nobody's. Rows are ordered by account and run, so that where days are put together
what changes little from day to day lies together.

A row has the score and its band, and the points of each signal in hundredths of a hundredth; what
they do not add up to is where the curve starts.
"""

import hashlib
import os
import secrets
import shutil
from collections.abc import Callable, Iterable, Sequence
from dataclasses import asdict, dataclass, replace
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import Any

import numpy as np
import orjson

from openclout.errors import WarehouseError
from openclout.scoring import combine
from openclout.scoring.model import Anchors, Model
from openclout.snapshot.facts import Facts, read_model_facts
from openclout.warehouse.engine import Engine, quoted
from openclout.warehouse.lineage import identity, purges

FOLDER = "history"
PARTS = 10_000
"""Points are kept in whole numbers of this fraction."""
_BOOK = "runs.json"
_LOOSE = 32  # so many files of one run each are put together
_FORMAT = "(format parquet, parquet_version v2, compression zstd)"


def day_of(moment: datetime) -> date:
    """Give the day that a moment belongs to; midnight ends the day before."""
    return (moment - timedelta(microseconds=1)).date()


@dataclass(frozen=True, slots=True)
class Kept:
    """One kept run: its number, its moment, window, model, curves, and the file of its rows.

    `rules` is the digest under which the model lies in the book, `content` that of the data that
    it was made from.
    """

    run: int
    as_of: datetime
    window: timedelta
    model: str
    rules: str
    anchors: dict[str, Anchors]
    file: str
    content: str = ""

    @property
    def day(self) -> date:
        """The last day that the run looks back on."""
        return day_of(self.as_of)

    def replaces(self, other: "Kept") -> bool:
        """Tell whether it takes the place of another: same day, window and model."""
        mine, its = ((one.day, one.window, one.model) for one in (self, other))
        return mine == its


@dataclass(frozen=True, slots=True)
class Book:
    """The kept runs, oldest first, and their models by digest.

    `warehouse` and `purges` tell of which warehouse the rows' numbers are, and how often accounts
    had been deleted from it when the rows were last looked through.
    """

    warehouse: str
    purges: int
    runs: tuple[Kept, ...]
    models: dict[str, Model]


def read_book(data: Path) -> Book:
    """Read which runs are kept; none where there is no history yet.

    Raises WarehouseError where it cannot be read.
    """
    path = data / FOLDER / _BOOK
    try:
        return _book(orjson.loads(path.read_bytes()))
    except FileNotFoundError:
        return Book("", 0, (), {})
    except (orjson.JSONDecodeError, KeyError, TypeError, ValueError, AttributeError) as error:
        raise WarehouseError(
            f"the history cannot be read ({type(error).__name__}: {error})",
            place=str(path),
            fix="restore a backup, or delete the folder and make it anew: openclout backfill",
        ) from None


def keep_run(engine: Engine, data: Path, facts: Facts, content: str) -> None:
    """Keep the run that is in `engine`; one of the same day, window and model goes.

    `content` is the digest of what it was made from. Needs `scored`, `measured` with the counted
    signals, `persons` and what was scored of them.
    """
    book = _settled(engine, data)
    number = max((kept.run for kept in book.runs), default=0) + 1
    rules = rules_of(facts.model)
    anchors = {name: network.anchors for name, network in facts.networks.items()}
    file = _fresh()
    name = facts.model.name
    kept = Kept(number, facts.as_of, facts.window, name, rules, anchors, file, content)
    _write(engine, data, file, f"{_rows_sql(engine, number, facts)} order by number, run")
    others = [other for other in book.runs if not kept.replaces(other)]
    runs = sorted([*others, kept], key=lambda one: (one.as_of, one.run))
    models = {**book.models, rules: replace(facts.model, band=())}
    _publish(engine, data, _together(engine, data, replace(book, runs=tuple(runs), models=models)))


def settle(engine: Engine, data: Path) -> None:
    """Take those who opted out since out of every kept run."""
    if (data / FOLDER).is_dir():
        book = read_book(data)
        settled = _settled(engine, data)
        if settled != book:
            _publish(engine, data, settled)


def _settled(engine: Engine, data: Path) -> Book:
    """Give the book with the rows of this warehouse's accounts only, their files written."""
    book, mine, gone = read_book(data), identity(engine), purges(engine)
    if book.warehouse != mine:  # numbers of another warehouse mean nothing here
        return Book(mine, gone, (), {})
    if book.purges == gone:
        return book
    moved = {
        file: _moved(engine, data, [kept for kept in book.runs if kept.file == file], _there_sql)
        for file in dict.fromkeys(kept.file for kept in book.runs)
    }
    runs = tuple(replace(kept, file=moved[kept.file]) for kept in book.runs)
    return replace(book, purges=gone, runs=runs)


def _together(engine: Engine, data: Path, book: Book) -> Book:
    """Put files of one run each together, once there are many of one window and model."""
    for key in dict.fromkeys((kept.window, kept.rules) for kept in book.runs):
        mine = [kept for kept in book.runs if (kept.window, kept.rules) == key]
        files = [kept.file for kept in mine]
        loose = [kept for kept in mine if files.count(kept.file) == 1]
        if len(loose) < _LOOSE:
            continue
        file = _moved(engine, data, loose)
        renamed = {kept.run: replace(kept, file=file) for kept in loose}
        runs = tuple(renamed.get(kept.run, kept) for kept in book.runs)
        book = replace(book, runs=runs)
    return book


def _moved(
    engine: Engine, data: Path, runs: Sequence[Kept], condition: Callable[[str], str] | None = None
) -> str:
    """Write the rows of some runs that meet a condition to a file of their own; give its name."""
    target, rows = _fresh(), rows_of(data, [kept.file for kept in runs])
    numbers = ", ".join(str(kept.run) for kept in runs)
    met = condition(rows) if condition else "true"
    _write(
        engine, data, target,
        f"select * from {rows} where run in ({numbers}) and {met} order by number, run",
    )  # fmt: skip
    return target


def _there_sql(rows: str) -> str:
    """Give the SQL that is true for a row of accounts that are still in the warehouse."""
    return (
        "number in (select account from accounts) and (members is null or (run, number) not in ("
        f"select run, number from (select run, number, unnest(members) as one from {rows})"
        " anti join accounts on account = one))"
    )


def rows_of(data: Path, files: Iterable[str]) -> str:
    """Give the SQL for the rows of some files."""
    paths = ", ".join(quoted(data / FOLDER / file) for file in sorted(set(files)))
    return f"read_parquet([{paths}], union_by_name = true)"


def _rows_sql(engine: Engine, run: int, facts: Facts) -> str:
    """Give the SELECT for the rows of the run that is in the engine: accounts, and persons."""
    engine.load("history_curves", _curves(facts))
    persons = bool(engine.value("select count(*) from persons"))
    names = [*dict.fromkeys([*facts.model.counted, *facts.model.profile_weights])]
    points = ", ".join(f"{_points_sql(facts.model, name)} as {name}" for name in names)
    brought = "left join brought b using (account)" if persons else ""
    accounts = (
        f"select {run}::integer as run, s.account::integer as number, null::integer[] as members,"
        f" {_SCORE}, {'b.brings' if persons else 'null::double'} as brings, {points}"
        " from scored s join accounts a using (account) join history_curves c using (network)"
        f" left join measured m on m.account = s.account {brought}"
    )
    if not persons:
        return accounts
    return (
        f"{accounts} union all by name select {run}::integer as run, s.best::integer as number,"
        f" members, {_SCORE} from person_scored s join (select person, list(account order by"
        " account) as members from persons join accounts a using (account) where a.id[1] <> '~'"
        " group by person having count(*) > 1) using (person)"
    )


_SCORE = "s.score, s.low::float as low, s.high::float as high, s.provisional, s.quiet"


def _curves(facts: Facts) -> dict[str, Any]:
    """Give each network's points per unit of R, and whether only profiles are known there."""
    networks = facts.networks
    return {
        "network": np.array(list(networks), dtype=object),
        "profiles": np.array([one.profiles for one in networks.values()], bool),
        "slope": np.array(
            [combine.slope(facts.model, one.anchors) for one in networks.values()], float
        ),
    }


def _points_sql(model: Model, name: str) -> str:
    """Give the SQL for a signal's points, by its weight among profiles where it has one."""
    parts = []
    if weight := model.profile_weights.get(name):
        parts.append(f"when profiles then {_part_sql(weight, 1.0, f'a.{name}')}")
    if weight := model.weights.get(name):
        scale = model.scales.get(name, 1.0)
        parts.append(f"when not profiles then {_part_sql(weight, scale, f'm.{name}')}")
    return f"case {' '.join(parts)} end" if parts else "null::integer"


def _part_sql(weight: float, scale: float, value: str) -> str:
    worth = f"{weight!r}::double * ln(1 + coalesce({value}, 0) / {scale!r}::double)"
    return f"round({PARTS} * slope * {worth})::integer"


def _fresh() -> str:
    return f"{secrets.token_hex(8)}.parquet"


def _write(engine: Engine, data: Path, file: str, select: str) -> None:
    folder = data / FOLDER
    folder.mkdir(parents=True, exist_ok=True)
    engine.run(f"copy ({select}) to {quoted(folder / file)} {_FORMAT}")


def _publish(engine: Engine, data: Path, book: Book) -> None:
    """Swap the book, durably, and sweep what it does not name."""
    folder = data / FOLDER
    folder.mkdir(parents=True, exist_ok=True)
    draft = engine.scratch / f"{_BOOK}.new"
    with draft.open("wb") as file:
        file.write(_text(book))
        file.flush()
        os.fsync(file.fileno())
    draft.replace(folder / _BOOK)
    named = {kept.file for kept in book.runs} | {_BOOK}
    for other in folder.iterdir():
        if other.name not in named:
            other.unlink(missing_ok=True) if other.is_file() else shutil.rmtree(other)


def rules_of(model: Model) -> str:
    """Give the digest of a model's rules: all but its band, date and words."""
    rules = asdict(replace(model, band=(), date="", about=""))
    return hashlib.sha256(orjson.dumps(rules)).hexdigest()[:16]


def _text(book: Book) -> bytes:
    content = asdict(book)
    for run in content["runs"]:
        run["window"] = run["window"].total_seconds()
    return orjson.dumps(content)


def _book(raw: dict[str, Any]) -> Book:
    return Book(
        str(raw["warehouse"]),
        int(raw["purges"]),
        tuple(_kept(run) for run in raw["runs"]),
        {digest: read_model_facts(model) for digest, model in raw["models"].items()},
    )


def _kept(raw: dict[str, Any]) -> Kept:
    parts = {
        "as_of": datetime.fromisoformat(raw["as_of"]),
        "window": timedelta(seconds=raw["window"]),
        "anchors": {network: Anchors(**one) for network, one in raw["anchors"].items()},
    }
    return Kept(**(raw | parts))
