"""The stages that a command runs: import (collect and convert), measure, score, publish."""

import time
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path

from openclout.bundle import Bundle, open_bundle
from openclout.connector import Connector, Reading
from openclout.connectors import CONNECTORS
from openclout.errors import InputError, UnknownFormat
from openclout.pipeline.partials import sweep_partials
from openclout.snapshot.history import FOLDER as HISTORY
from openclout.snapshot.history import settle
from openclout.warehouse.intake import Tally
from openclout.warehouse.store import Warehouse

Progress = Callable[[str], None]
"""Told what is being done, in words, each time that changes."""

_TABLES = ("interactions", "posts", "accounts")


@dataclass(frozen=True, slots=True)
class ImportOptions:
    """How files are to be read, where that cannot be seen: see Reading."""

    format: str = ""
    network: str = ""
    columns: str = ""
    encoding: str = "utf-8"


@dataclass(slots=True)
class Imported:
    """What became of one path."""

    path: Path
    found: str = ""
    tally: Tally = field(default_factory=Tally)
    notes: list[str] = field(default_factory=list)
    troubles: list[str] = field(default_factory=list)
    rejects: Path | None = None
    seconds: float = 0.0

    @property
    def clean(self) -> bool:
        """Whether every row could be used."""
        return not self.troubles and not self.tally.rejected


def import_path(
    path: Path, warehouse: Warehouse, options: ImportOptions, now: datetime, progress: Progress
) -> Imported:
    """Bring one file, folder or archive into the warehouse: all of its good rows, or nothing.

    What cannot be read at all becomes a trouble of the result, so that other paths go on.
    """
    result, started = Imported(path), time.monotonic()
    try:
        _import(path, warehouse, options, now, progress, result)
    except (InputError, UnicodeError) as error:
        result.troubles.append(str(error))
    result.seconds = time.monotonic() - started
    return result


def _import(
    path: Path,
    warehouse: Warehouse,
    options: ImportOptions,
    now: datetime,
    progress: Progress,
    result: Imported,
) -> None:
    progress(f"opening {path.name}")
    bundle = open_bundle(path, warehouse.scratch, warehouse.settings)
    connector, result.found = recognise(bundle, options.format)
    progress(f"reading {result.found}")
    reading = Reading(
        now=now,
        keyed=warehouse.ledger.third_party,
        network=options.network,
        columns=options.columns,
        table=options.format if options.format in _TABLES else "",
        encoding=options.encoding,
        describe=warehouse.describe,
        note=result.notes.append,
    )
    with warehouse.importing(now) as running:
        items = connector.read(bundle, reading)
        running.take(items, path.name, connector.name, connector.names, progress)
        if connector.whole:
            running.withdraw(connector.name)
        result.tally = running.tally
    if (warehouse.data / HISTORY).is_dir():  # a name may have come in that belongs to an opt-out
        settle(warehouse.engine, warehouse.data)
        sweep_partials(warehouse.engine, warehouse.data)
    result.rejects = running.rejects
    result.troubles.extend(bundle.troubles)


def recognise(bundle: Bundle, format_name: str = "") -> tuple[Connector, str]:
    """Tell which connector reads a bundle, and what it found there; raises UnknownFormat."""
    wanted = "table" if format_name in _TABLES else format_name
    known = {connector.name: connector for connector in CONNECTORS}
    if wanted and wanted not in known:
        names = ", ".join([*known, *_TABLES])
        raise InputError(f'"{wanted}" is not a format', place="--as", fix=f"use one of {names}")
    for connector in [known[wanted]] if wanted else CONNECTORS:
        found = connector.recognise(bundle)
        if found:
            return connector, found
    labels = "; ".join(connector.label for connector in CONNECTORS)
    raise UnknownFormat(
        f"nothing in it is known ({', '.join(bundle.names[:5])})",
        place=bundle.source.name,
        fix=f"give one of: {labels}",
    )
