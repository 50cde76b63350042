"""Where py7zr writes: into files of the scratch folder under our own names."""

from pathlib import Path
from typing import BinaryIO

from py7zr.io import Py7zIO, WriterFactory

from openclout.bundle.unpacker import Unpacker


class Shelf(WriterFactory):
    """Gives a fresh file for each member; `held` are the files by the members' names."""

    def __init__(self, unpacker: Unpacker) -> None:
        """Make the empty folder that py7zr wants to hang the names beneath."""
        self._unpacker = unpacker
        self.root = unpacker.draft()
        self.held: dict[str, Path] = {}

    def create(self, filename: str) -> "_Volume":
        """Give the file for a member, whose name py7zr puts beneath `root`."""
        path = self._unpacker.draft()
        self.held[Path(filename).relative_to(self.root).as_posix()] = path
        return _Volume(path.open("wb"))


class _Volume(Py7zIO):
    def __init__(self, file: BinaryIO) -> None:
        self._file = file

    def write(self, s: bytes | bytearray) -> int:
        return self._file.write(s)

    def read(self, size: int | None = None) -> bytes:
        raise OSError(f"{size} bytes cannot be read back: this file is only written")

    def seek(self, offset: int, whence: int = 0) -> int:
        return self._file.seek(offset, whence)

    def flush(self) -> None:
        self._file.flush()

    def size(self) -> int:
        return self._file.tell()

    def close(self) -> None:
        self._file.close()
