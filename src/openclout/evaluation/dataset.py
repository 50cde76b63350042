"""A data set to learn from or to be judged by: where it lies, how it is read, over which window."""

import tomllib
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from datetime import datetime
from pathlib import Path
from typing import Any

from openclout.consent import Ledger
from openclout.errors import InputError, NotFound
from openclout.evaluation.cut import Cut, make_cuts
from openclout.lenses import LENSES
from openclout.pipeline.importing import ImportOptions, import_path
from openclout.settings import Settings
from openclout.vocabulary.period import read_window
from openclout.warehouse.engine import Engine
from openclout.warehouse.store import Warehouse

_KEYS = {"name", "path", "window", "as", "network", "columns", "encoding", "personal", "judged"}


@dataclass(frozen=True, slots=True)
class DataSet:
    """A data folder, or files to import. `personal`: of known people, whose names stay unsaid.

    `judged` is false for a set in which nobody acts upon anybody.
    """

    name: str
    path: Path
    window: str
    options: ImportOptions = field(default_factory=ImportOptions)
    personal: bool = False
    judged: bool = True


def read_sets(path: Path) -> list[DataSet]:
    """Read a description of sets (TOML): `folder` and a table [[set]] each.

    Raises InputError where it cannot be read or a set lacks its name, path or window.
    """
    try:
        raw = tomllib.loads(path.read_text(encoding="utf-8"))
    except FileNotFoundError:
        raise NotFound(f'there is no file "{path}"', fix="check the path") from None
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise InputError(f"it cannot be read ({error})", place=path.name, fix="mend it") from None
    folder = path.parent / str(raw.get("folder", "."))
    tables = raw.get("set", [])
    if not isinstance(tables, list) or not tables:
        raise InputError(
            "it describes no set", place=path.name, fix="add [[set]] with name, path and window"
        )
    return [_read_set(table, folder, f"{path.name}, set {n}") for n, table in enumerate(tables, 1)]


def _read_set(table: Any, folder: Path, place: str) -> DataSet:
    if not isinstance(table, dict):
        raise InputError("it is no table", place=place, fix="write [[set]]")
    for key in ("name", "path", "window"):
        if not isinstance(table.get(key), str) or not table[key]:
            raise InputError(f"it has no {key}", place=place, fix=f'add {key} = "..."')
    unknown = sorted(table.keys() - _KEYS)
    if unknown:
        keys = ", ".join(sorted(_KEYS))
        raise InputError(f'"{unknown[0]}" is no key of a set', place=place, fix=f"keys are {keys}")
    read_window(table["window"])
    words = {"as": "", "network": "", "columns": "", "encoding": "utf-8"}
    return DataSet(
        table["name"],
        folder / table["path"],
        table["window"],
        ImportOptions(*(str(table.get(key, usual)) for key, usual in words.items())),
        bool(table.get("personal", False)),
        bool(table.get("judged", True)),
    )


def find_sets(paths: Sequence[Path], window: str, options: ImportOptions) -> list[DataSet]:
    """Give the judged sets that paths name: descriptions (.toml), data folders, files to import."""
    found: list[DataSet] = []
    for path in paths:
        if path.suffix == ".toml":
            found.extend(one for one in read_sets(path) if one.judged)
        else:
            found.append(DataSet(path.stem, path, window, options))
    return _named_apart(found)


def _named_apart(sets: Sequence[DataSet]) -> list[DataSet]:
    """Number the names that stand twice."""
    used: dict[str, int] = {}
    apart = []
    for one in sets:
        used[one.name] = used.get(one.name, 0) + 1
        number = used[one.name]
        apart.append(one if number == 1 else replace(one, name=f"{one.name}-{number}"))
    return apart


@contextmanager
def opened(
    chosen: DataSet,
    settings: Settings,
    scratch: Path,
    now: datetime,
    progress: Callable[[str], None],
) -> Iterator[Engine]:
    """Open a set's warehouse: a data folder's own, else one made of its files and thrown away.

    Opt-outs of the data folder in `settings` hold in both; raises InputError where nothing can be
    read.
    """
    own = chosen.path == settings.data or (chosen.path / "warehouse.duckdb").is_file()
    data = chosen.path if own else scratch / chosen.name
    ledger = Ledger(chosen.path if own else settings.data)
    warehouse = Warehouse(data, settings, ledger, scratch)
    try:
        if not own:
            result = import_path(chosen.path, warehouse, chosen.options, now, progress)
            if result.troubles:
                raise InputError(result.troubles[0], place=chosen.name)
        yield warehouse.engine
    finally:
        warehouse.close()


def measure_set(
    chosen: DataSet,
    settings: Settings,
    scratch: Path,
    most: int,
    now: datetime,
    progress: Callable[[str], None],
) -> list[Cut]:
    """Open a set and measure its last cuts, with every lens."""
    with opened(chosen, settings, scratch, now, progress) as engine:
        return make_cuts(engine, chosen.name, read_window(chosen.window), most, LENSES, progress)
