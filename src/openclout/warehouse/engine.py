"""The engine: one DuckDB connection with our limits, our errors and our keyed hash."""

import hashlib
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import duckdb
import numpy as np
from numpy.typing import NDArray

from openclout.connector import literal as quoted
from openclout.errors import WarehouseError
from openclout.settings import MIB, Settings

Fault = duckdb.Error
"""What the engine raises on a statement that it cannot run."""

__all__ = ["Columns", "Engine", "Fault", "quoted"]

Columns = dict[str, NDArray[Any]]
"""A table in memory: one array per column, all of one length."""


_FEW = 200_000  # rows that one thread groups as soon as two do


class Engine:
    """One session with DuckDB, embedded; every fault of the store becomes a WarehouseError."""

    def __init__(self, file: Path | None, settings: Settings, scratch: Path) -> None:
        """Open the database `file` (None: in memory); `scratch` takes what exceeds memory."""
        self.settings, self.scratch = settings, scratch
        config: dict[str, str | bool | int | float | list[str]] = {
            "threads": str(settings.threads),
            "memory_limit": f"{settings.memory // MIB}MiB",
            "temp_directory": str(scratch),
        }
        try:
            self._session = duckdb.connect(str(file) if file else ":memory:", config=config)
            self._session.execute("load icu; set timezone = 'UTC'")  # built in, not downloaded
            self._session.execute(
                "set enable_progress_bar = true; set enable_progress_bar_print = false"
            )
        except duckdb.Error as error:
            raise _explained(error, file) from None

    def run(self, sql: str, values: Sequence[object] | Mapping[str, object] = ()) -> None:
        """Run a statement to its end."""
        self.rows(sql, values)

    def rows(
        self, sql: str, values: Sequence[object] | Mapping[str, object] = ()
    ) -> list[tuple[Any, ...]]:
        """Run a query and give all its rows."""
        try:
            return self._session.execute(sql, values or None).fetchall()
        except duckdb.OutOfMemoryException as error:
            raise _short_of_memory(error) from None

    def value(self, sql: str, values: Sequence[object] | Mapping[str, object] = ()) -> Any:
        """Run a query and give the first column of its first row; None where there is no row."""
        rows = self.rows(sql, values)
        return rows[0][0] if rows else None

    def columns(self, sql: str) -> Columns:
        """Run a query and give its columns as arrays; a null in a float column is NaN."""
        try:
            found = self._session.execute(sql).fetchnumpy()
        except duckdb.OutOfMemoryException as error:
            raise _short_of_memory(error) from None
        return {name: _plain(column) for name, column in found.items()}

    def records(self, sql: str, values: Sequence[object] = ()) -> list[dict[str, Any]]:
        """Run a query and give its rows as dictionaries."""
        cursor = self._session.execute(sql, values or None)
        names = [column[0] for column in cursor.description or ()]
        return [dict(zip(names, row, strict=True)) for row in cursor.fetchall()]

    def stream(self, sql: str, size: int) -> tuple[list[str], Iterator[list[tuple[Any, ...]]]]:
        """Run a query and give its columns' names and its rows, `size` at a time, as they come.

        No other statement may run on this session until the rows have been read.
        """
        cursor = self._session.execute(sql)
        names = [column[0] for column in cursor.description or ()]
        return names, iter(lambda: cursor.fetchmany(size), [])

    def types(self, sql: str) -> dict[str, str]:
        """Tell the type of each column that a query would give, without running it."""
        return {row[0]: row[1] for row in self.rows(f"describe {sql}")}

    def load(self, table: str, columns: Columns) -> None:
        """Make a temporary table out of arrays."""
        self._session.register("_loaded", columns)
        self.run(f"create or replace temp table {table} as select * from _loaded")
        self._session.unregister("_loaded")

    def attach(self, file: Path, name: str) -> None:
        """Open another database beside ours, for reading only."""
        try:
            self.run(f"attach {quoted(file)} as {name} (read_only)")
        except duckdb.Error as error:
            raise _explained(error, file) from None

    @contextmanager
    def transaction(self) -> Iterator[None]:
        """Do all of what is inside, durably, or none of it."""
        self.run("begin")
        try:
            yield
        except BaseException:
            self.run("rollback")
            raise
        self.run("commit")

    def key(self, key: bytes) -> None:
        """Teach the session `keyed(network, name)`: consent's HMAC, over columns.

        HMAC (RFC 2104) with a key shorter than the block: H(key ^ opad, H(key ^ ipad, message)).
        """
        padded = key.ljust(hashlib.sha256().block_size, b"\0")
        inner, outer = (_blob(bytes(byte ^ pad for byte in padded)) for pad in (0x36, 0x5C))
        self.run(
            "create or replace temp macro keyed(network, name) as left(sha256("
            f"{outer} || unhex(sha256({inner} || encode(lower(nfc_normalize(network)) || chr(31) ||"
            " lower(nfc_normalize(case when name[1] = '@' then name[2:] else name end)))))), 32)"
        )

    def slices(self, size: int) -> list[tuple[int, int]]:
        """Cut the accounts into ranges of numbers, both ends included, that fit into memory.

        `size` is what one account takes, in bytes. Beyond its memory the engine works on disk, with
        everything at once, which takes a multiple of the time.
        """
        count = (self.value("select max(account) from accounts") or 0) + 1
        most = max(self.settings.memory // size, 1)
        width = -(-count // -(-count // most))
        return [(first, first + width - 1) for first in range(0, count, width)]

    @contextmanager
    def small(self, rows: int) -> Iterator[None]:
        """Work with one thread where there are few rows: to share them out takes longer."""
        few = rows < _FEW and self.settings.threads > 1
        if few:
            self.run("set threads = 1")
        try:
            yield
        finally:
            if few:
                self.run(f"set threads = {self.settings.threads}")

    def share(self) -> float:
        """Tell how far the running statement is, 0 to 1; below 0: unknown. From any thread."""
        try:
            return float(self._session.query_progress()) / 100
        except duckdb.Error:  # the session has ended
            return -1.0

    def close(self) -> None:
        """End the session."""
        self._session.close()


def _blob(content: bytes) -> str:
    return "'" + "".join(f"\\x{byte:02X}" for byte in content) + "'::blob"


def _plain(column: Any) -> NDArray[Any]:
    if isinstance(column, np.ma.MaskedArray):
        if column.dtype.kind == "f":
            return column.filled(np.nan)
        return column.filled(None) if column.dtype == object else np.asarray(column.filled())
    return np.asarray(column)


def _short_of_memory(error: Exception) -> WarehouseError:
    return WarehouseError(
        f"the engine ran out of memory ({str(error).splitlines()[0]})",
        fix="set OPENCLOUT_MEMORY higher, e.g. OPENCLOUT_MEMORY=8GB",
    )


def _explained(error: Exception, file: Path | None) -> WarehouseError:
    text = str(error).splitlines()[0]
    if "lock" in text.lower():
        return WarehouseError(
            "another run is using the data folder", place=str(file), fix="wait until it has ended"
        )
    return WarehouseError(
        f"the data folder cannot be opened ({text})",
        place=str(file),
        fix="use another with --data, or restore a backup",
    )
