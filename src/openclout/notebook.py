"""Notebook: one small JSON file of the data folder, private, changed by one run at a time."""

import os
import secrets
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any, Generic, TypeVar

import orjson

from openclout.errors import WarehouseError

try:
    import fcntl
except ImportError:  # not on Windows, where two runs at once are left to chance
    fcntl = None  # type: ignore[assignment]

T = TypeVar("T")


class Notebook(Generic[T]):
    """A list of entries in a file; `read` makes an entry of what JSON has of it."""

    def __init__(self, path: Path, read: Callable[[dict[str, Any]], T]) -> None:
        """Name the file; it is made at the first change."""
        self._path, self._read = path, read

    def load(self) -> list[T]:
        """Read the entries; raises WarehouseError where the file is damaged."""
        try:
            return [self._read(raw) for raw in orjson.loads(self._path.read_bytes())]
        except FileNotFoundError:
            return []
        except (ValueError, KeyError, TypeError, AttributeError) as error:
            raise WarehouseError(
                f"it cannot be read ({error})",
                place=str(self._path),
                fix="restore the file from a backup, or take it away",
            ) from None

    @contextmanager
    def changing(self) -> Iterator[list[T]]:
        """Give the entries as they are now; what is made of them is written, all or nothing."""
        self._path.parent.mkdir(parents=True, exist_ok=True)
        with self._path.with_suffix(".lock").open("w") as lock:
            if fcntl:
                fcntl.flock(lock, fcntl.LOCK_EX)
            entries = self.load()
            yield entries
            self._write(orjson.dumps(entries, option=orjson.OPT_INDENT_2))

    def _write(self, content: bytes) -> None:
        draft = self._path.with_name(f".{self._path.name}.{secrets.token_hex(8)}.new")
        descriptor = os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
        with os.fdopen(descriptor, "wb") as file:
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
        draft.replace(self._path)
