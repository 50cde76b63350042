"""Opening the data folder's warehouse, for verbs that measure without importing."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from openclout.consent import Ledger
from openclout.settings import read_settings
from openclout.warehouse.engine import Engine
from openclout.warehouse.store import Warehouse, scratch_folder


@contextmanager
def open_engine(data: Path | None) -> Iterator[Engine]:
    """Open the warehouse of a data folder, and close it."""
    settings = read_settings(data)
    with scratch_folder(settings.data) as scratch:
        warehouse = Warehouse(settings.data, settings, Ledger(settings.data), scratch)
        try:
            yield warehouse.engine
        finally:
            warehouse.close()
