"""Bundle: what the user pointed at, seen as a list of named members, whatever it is packed in.

A folder, a zip, a tar, a 7z, a compressed file or a plain file all answer the same three calls:
`names`, `head`, `path`. Members are unpacked into a scratch folder under names of our own, never
under theirs, and never beyond the limits in Settings.
"""

import bz2
import gzip
import lzma
import os
import re
import shutil
import tarfile
import zipfile
import zlib
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import IO, BinaryIO, cast

from openclout.errors import InputError, UnsafeInput
from openclout.settings import MIB, Settings

_CHUNK = MIB
_FREE_RATIO = 64 * MIB  # below this size any ratio is harmless
_COMPRESSED: dict[str, Callable[[Path], IO[bytes]]] = {
    ".gz": lambda path: gzip.open(path, "rb"),
    ".bz2": lambda path: bz2.open(path, "rb"),
    ".xz": lambda path: lzma.open(path, "rb"),
}
_TRUNCATED = (EOFError, zlib.error, lzma.LZMAError, gzip.BadGzipFile, OSError)


@dataclass(slots=True)
class Bundle:
    """The members of one input; `troubles` collects what was cut short but could be used."""

    source: Path
    kind: str
    members: dict[str, Path | None]
    unpack: Callable[[str], Path]
    troubles: list[str] = field(default_factory=list)

    @property
    def names(self) -> list[str]:
        """The members' names, sorted, with forward slashes."""
        return sorted(self.members)

    def find(self, pattern: str) -> list[str]:
        """Give the names of members whose whole path, in any folder, matches a regular expression.

        `bundle.find("data/tweets.js")` finds `twitter-2024/data/tweets.js` as well.
        """
        whole = re.compile(rf"(?:.*/)?{pattern}")
        return [name for name in self.names if whole.fullmatch(name)]

    def path(self, name: str) -> Path:
        """Give a plain file on disk with the member's bytes, unpacking it at the first call."""
        known = self.members[name]
        if known is None:
            known = self.members[name] = self.unpack(name)
        return known

    def head(self, name: str, size: int = 4096) -> bytes:
        """Give the first bytes of a member; none of a member that cannot be read."""
        with self.open(name) as stream:
            return stream.read(size)

    @contextmanager
    def open(self, name: str) -> Iterator[BinaryIO]:
        """Open a member for reading; a system refusal becomes a sentence."""
        try:
            with self.path(name).open("rb") as stream:
                yield stream
        except PermissionError as error:
            raise _no_permission(Path(str(error.filename or name))) from None

    def place(self, name: str) -> str:
        """Name a member for a message: `twitter.zip/data/tweets.js`."""
        return self.source.name if self.kind == "file" else f"{self.source.name}/{name}"


def open_bundle(source: Path, scratch: Path, settings: Settings) -> Bundle:
    """Look at `source` and open it; `scratch` is an existing folder for what must be unpacked.

    Raises InputError where it is absent, empty, unreadable or damaged, and UnsafeInput for a bomb
    or a member whose path climbs out.
    """
    try:
        return _open(source, _Unpacker(scratch, settings, source))
    except PermissionError as error:
        raise _no_permission(Path(str(error.filename or source))) from None


def _open(source: Path, unpacker: "_Unpacker") -> Bundle:
    if not source.exists():
        raise InputError("there is no such file or folder", place=str(source), fix="check the path")
    if source.is_dir():
        return _folder(source)
    if source.stat().st_size == 0:
        raise InputError("the file is empty (0 bytes)", place=source.name, fix="export it again")
    name = source.name.lower()
    if zipfile.is_zipfile(source) or name.endswith(".zip"):
        return _zip(source, unpacker)
    if name.endswith(".7z"):
        return _seven_zip(source, unpacker)
    if name.endswith((".tgz", ".tbz2", ".txz")) or re.search(r"\.tar(\.\w+)?$", name):
        return _tar(source, unpacker)
    if source.suffix.lower() in _COMPRESSED:
        return _compressed(source, unpacker)
    return Bundle(source, "file", {source.name: source}, lambda _name: source)


def _folder(source: Path) -> Bundle:
    members: dict[str, Path | None] = {}
    for parent, folders, files in os.walk(source, onerror=_raise):
        folders[:] = [folder for folder in folders if not folder.startswith(".")]
        for name in files:
            path = Path(parent) / name
            if not name.startswith(".") and path.is_file():
                members[path.relative_to(source).as_posix()] = path
    if not members:
        raise InputError("the folder holds no file", place=str(source), fix="point at the export")
    return Bundle(source, "folder", members, lambda name: source / name)


def _zip(source: Path, unpacker: "_Unpacker") -> Bundle:
    try:
        archive = zipfile.ZipFile(source)
    except zipfile.BadZipFile as error:
        raise _damaged(source, "zip", error) from None
    entries = {entry.filename: entry for entry in archive.infolist() if not entry.is_dir()}
    for name in entries:
        _refuse_unsafe(name, source)

    def unpack(name: str) -> Path:
        entry = entries[name]
        if entry.flag_bits & 1:
            raise InputError("the archive has a password", place=source.name, fix="unpack it first")
        try:
            with archive.open(entry) as stream:
                return unpacker.copy(cast(BinaryIO, stream), name, entry.compress_size)
        except (zipfile.BadZipFile, *_TRUNCATED) as error:
            raise _damaged(source, "zip", error, member=name) from None

    return Bundle(source, "zip", dict.fromkeys(entries), unpack)


def _seven_zip(source: Path, unpacker: "_Unpacker") -> Bundle:
    import py7zr

    try:
        with py7zr.SevenZipFile(source) as archive:
            entries = [entry for entry in archive.list() if not entry.is_directory]
            unpacker.expect(sum(entry.uncompressed for entry in entries), source.stat().st_size)
            for entry in entries:
                _refuse_unsafe(entry.filename, source)
            folder = unpacker.folder()
            archive.extractall(folder)
    except (py7zr.Bad7zFile, py7zr.exceptions.ArchiveError, *_TRUNCATED) as error:
        raise _damaged(source, "7z", error) from None
    inner = _folder(folder)
    return Bundle(source, "7z", inner.members, inner.unpack)


def _tar(source: Path, unpacker: "_Unpacker") -> Bundle:
    members: dict[str, Path | None] = {}
    troubles: list[str] = []
    try:
        with tarfile.open(source, "r|*") as archive:
            for entry in archive:
                _refuse_unsafe(entry.name, source)
                stream = archive.extractfile(entry) if entry.isreg() else None
                if stream is not None:
                    packed = source.stat().st_size
                    members[entry.name] = unpacker.copy(cast(BinaryIO, stream), entry.name, packed)
    except (tarfile.TarError, *_TRUNCATED) as error:
        if not members:
            raise _damaged(source, "tar", error) from None
        troubles.append(f"{source.name}: cut short after {len(members)} files; {_fix_copy()}")
    return Bundle(source, "tar", members, lambda name: source / name, troubles)


def _compressed(source: Path, unpacker: "_Unpacker") -> Bundle:
    name = source.name[: -len(source.suffix)]
    troubles: list[str] = []
    with _COMPRESSED[source.suffix.lower()](source) as stream:
        try:
            path = unpacker.copy(cast(BinaryIO, stream), name, source.stat().st_size, troubles)
        except _TRUNCATED as error:
            raise _damaged(source, source.suffix, error) from None
    return Bundle(source, "file", {name: path}, lambda _name: path, troubles)


class _Unpacker:
    """Copies members into the scratch folder, within the limits."""

    def __init__(self, scratch: Path, settings: Settings, source: Path) -> None:
        self._scratch, self._settings, self._source = scratch, settings, source
        self._total = 0
        self._count = 0

    def folder(self) -> Path:
        """Make a fresh folder."""
        self._count += 1
        folder = self._scratch / f"{self._count:06d}"
        folder.mkdir()
        return folder

    def copy(
        self, stream: BinaryIO, name: str, packed: int, troubles: list[str] | None = None
    ) -> Path:
        """Write `stream` to a file that keeps the member's ending; stop at the limits.

        With `troubles`, a stream that breaks off keeps what came before and says so there.
        """
        target = self.folder() / Path(name).name
        written = 0
        with target.open("wb") as file:
            try:
                while chunk := stream.read(_CHUNK):
                    file.write(chunk)
                    written += len(chunk)
                    self.expect(written, packed, name)
            except _TRUNCATED as error:
                if troubles is None or not written:
                    raise
                troubles.append(
                    f"{self._source.name}: broken off after {written:,} unpacked bytes ({error}); "
                    f"what came before is used; {_fix_copy()}"
                )
        self._total += written
        return target

    def expect(self, written: int, packed: int, name: str = "") -> None:
        """Refuse a member that expands too far, or an archive that fills the disk."""
        place = f"{self._source.name}/{name}" if name else self._source.name
        if written > _FREE_RATIO and written > packed * self._settings.ratio:
            raise UnsafeInput(
                f"{packed:,} packed bytes grow more than {self._settings.ratio}-fold",
                place=place,
                fix="this looks like a zip bomb; unpack it yourself if you trust it",
            )
        room = min(self._settings.unpacked, shutil.disk_usage(self._scratch).free // 10 * 9)
        if self._total + written > room:
            raise UnsafeInput(
                f"unpacked it takes more than {room:,} bytes",
                place=place,
                fix="free some disk, or set OPENCLOUT_UNPACKED higher",
            )


def _refuse_unsafe(name: str, source: Path) -> None:
    parts = name.replace("\\", "/").split("/")
    if name.startswith(("/", "\\")) or ".." in parts or re.match(r"[A-Za-z]:", name):
        raise UnsafeInput(
            f'the archive holds a path that climbs out: "{name}"',
            place=source.name,
            fix="do not trust it; get the export from its network again",
        )


def _damaged(source: Path, kind: str, error: Exception, member: str = "") -> InputError:
    place = f"{source.name}/{member}" if member else source.name
    return InputError(f"the {kind} is damaged ({error})", place=place, fix=_fix_copy())


def _fix_copy() -> str:
    return "download or copy it again"


def _no_permission(path: Path) -> InputError:
    return InputError("reading is not permitted", place=str(path), fix=f"chmod +r '{path}'")


def _raise(error: OSError) -> None:
    raise error
