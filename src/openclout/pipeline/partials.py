"""Partials: what earlier windows were measured to, kept from run to run for the band.

A run measures up to six earlier windows beside its own. A window that another run has measured
already, its own or an earlier one, is taken from DATA/partials instead. It is kept under a digest
of all that it rests on: the rows of the warehouse up to its end (warehouse/content.py), the window,
the model's rules, and the program's own files. So it cannot be stale: what rests on other data has
another name and is not found. Who opts out is in none: the folder goes with every deletion.
"""

import hashlib
import shutil
from dataclasses import asdict
from functools import cache
from importlib.resources import files
from importlib.resources.abc import Traversable
from pathlib import Path
from zipfile import BadZipFile

import numpy as np
import orjson
from numpy.typing import NDArray

from openclout.scoring.model import Model
from openclout.scoring.run import Evidence, summed, totals
from openclout.settings import GIB
from openclout.signal import load_signals
from openclout.snapshot.history import rules_of
from openclout.vocabulary.period import Period
from openclout.warehouse.content import ALWAYS, Content
from openclout.warehouse.engine import Engine
from openclout.warehouse.lineage import identity, purges

Bools = NDArray[np.bool_]
FOLDER = "partials"
_MOST = 4 * GIB  # on disk; beyond it the longest unused go
SOURCES = (
    "signals", "warehouse/relations", "warehouse/measure.py", "warehouse/worlds.py", "vocabulary",
    "signal.py", "credibility.py", "graph.py", "person.py", "scoring/combine.py", "scoring/run.py",
    "pipeline/measuring.py",
)  # fmt: skip
"""The program's files that decide what a measurement gives; a test follows what they import."""
_EXTRA = {"servers": "names", "profiles": "profiles"}
"""What signals over some relations rest on beside acts and posts."""


class Partials:
    """The kept windows of one data folder, for one model, as its warehouse is now."""

    def __init__(self, engine: Engine, data: Path, model: Model, lean: bool = False) -> None:
        """Look at the warehouse's content; windows kept before somebody opted out go.

        `lean`: of a run's own window too only the counted signals are wanted.
        """
        self.names = model.counted if lean else tuple(load_signals())
        self._engine, self._model = engine, model
        self._folder = sweep_partials(engine, data)
        self.content = Content(engine)
        over = {load_signals()[name].over for name in model.counted}
        extra = tuple(sorted(_EXTRA[name] for name in over & _EXTRA.keys()))
        self._rests_on = (*ALWAYS, *extra)
        self._known: dict[Path, Evidence] = {}
        self._ready: dict[Period, tuple[Evidence, Bools]] = {}

    def run_key(self, period: Period) -> str:
        """Give the digest of all that a run over a period rests on, its curves apart."""
        everything = (*ALWAYS, "names", "profiles")
        whole = hashlib.sha256(orjson.dumps(asdict(self._model))).hexdigest()
        return _digest(self.content.key(period.as_of, everything), period, whole)

    def find(self, period: Period) -> Evidence | None:
        """Give a window's evidence, its signals summed up; None where it is not kept."""
        path = self._path(period)
        if path not in self._known:
            try:
                with path.open("rb") as file, np.load(file) as found:
                    self._known[path] = _read(dict(found))
                path.touch()
            except (OSError, ValueError, KeyError, BadZipFile):
                return None
        return self._known[path]

    def keep(self, period: Period, evidence: Evidence) -> Evidence:
        """Keep a window's evidence, and give it as `find` will."""
        path, kept = self._path(period), summed(evidence, self._model)
        self._known[path] = kept
        self._folder.mkdir(parents=True, exist_ok=True)
        draft = self._engine.scratch / f"{path.name}.new"
        with draft.open("wb") as file:
            np.savez(
                file,
                account=kept.account.astype(np.int32),
                network=kept.network.astype(np.int32),
                total=totals(kept, self._model),
                evidence=kept.evidence,
                latest=kept.latest,
            )
        draft.replace(path)
        return kept

    def prepare(self, period: Period, evidence: Evidence, guarded: Bools) -> None:
        """Hold a run's own window, measured ahead, until `take` asks for it."""
        self._ready[period] = (evidence, guarded)

    def take(self, period: Period) -> tuple[Evidence, Bools] | None:
        """Give a window that was measured ahead, with all its signals, once."""
        return self._ready.pop(period, None)

    def release(self) -> None:
        """Let go of what is held in memory, and of what the folder holds beyond its room."""
        self._known.clear()
        if not self._folder.is_dir():
            return
        found = sorted(self._folder.iterdir(), key=lambda path: -path.stat().st_mtime)
        room = _MOST
        for path in found:
            room -= path.stat().st_size
            if room < 0:
                path.unlink(missing_ok=True)

    def _path(self, period: Period) -> Path:
        key = _digest(self.content.key(period.as_of, self._rests_on), period, rules_of(self._model))
        return self._folder / f"{key}.npz"


def sweep_partials(engine: Engine, data: Path) -> Path:
    """Delete what was kept before somebody opted out; give the folder of what is kept since."""
    root = data / FOLDER
    folder = root / f"{identity(engine)}-{purges(engine)}"
    for other in root.iterdir() if root.is_dir() else ():
        if other != folder:
            shutil.rmtree(other, ignore_errors=True)
    return folder


def _digest(content: str, period: Period, rules: str) -> str:
    parts = (content, period.as_of.isoformat(), str(period.window), rules, _program())
    return hashlib.sha256("\n".join(parts).encode()).hexdigest()[:32]


@cache
def _program() -> str:
    """Give the digest of the files that decide what a measurement gives."""
    content = hashlib.sha256()
    for name in SOURCES:
        _add(content, files("openclout") / name)
    return content.hexdigest()[:32]


def _add(content: "hashlib._Hash", entry: Traversable) -> None:
    if entry.is_dir():
        for inner in sorted(entry.iterdir(), key=lambda one: one.name):
            _add(content, inner)
    elif entry.name.endswith((".py", ".sql")):
        content.update(entry.name.encode() + entry.read_bytes())


def _read(found: dict[str, np.ndarray]) -> Evidence:
    account = found["account"].astype(np.int64)
    return Evidence(
        account,
        found["network"].astype(np.int64),
        np.zeros((len(account), 0)),
        (),
        found["evidence"],
        found["latest"],
        found["total"],
    )
