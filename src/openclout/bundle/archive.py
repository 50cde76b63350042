"""Archives: what a zip, a tar or a 7z holds, as files or as what unpacks them when asked."""

import tarfile
import zipfile
from collections.abc import Callable
from io import BufferedIOBase
from pathlib import Path
from typing import IO, Any, cast

from openclout.bundle.compression import BROKEN, Compression
from openclout.bundle.unpacker import COPY_AGAIN, Unpacker, damaged, refuse_unsafe
from openclout.errors import InputError, OpenCloutError

Held = dict[str, Path | Callable[[], Path]]
"""Members by their names: files on disk, or calls that unpack one and give it."""

_ZIP_BROKEN: tuple[type[Exception], ...] = (
    zipfile.BadZipFile, NotImplementedError, ValueError, *BROKEN,
)  # fmt: skip
_TAR_BROKEN: tuple[type[Exception], ...] = (tarfile.TarError, *BROKEN)
_ENCRYPTED = 1  # bit of a zip entry's flags, APPNOTE.TXT 4.4.4


def open_zip(source: Path, unpacker: Unpacker) -> Held:
    """List a zip; its members are unpacked when asked for."""
    try:
        archive = zipfile.ZipFile(source)
    except _ZIP_BROKEN as error:
        raise damaged("zip", error, source.name) from None
    entries = [entry for entry in archive.infolist() if not entry.is_dir()]
    for entry in entries:
        refuse_unsafe(entry.filename, source)
    return {entry.filename: _zip_member(archive, entry, source, unpacker) for entry in entries}


def _zip_member(
    archive: zipfile.ZipFile, entry: zipfile.ZipInfo, source: Path, unpacker: Unpacker
) -> Callable[[], Path]:
    place = f"{source.name}/{entry.filename}"

    def unpack() -> Path:
        if entry.flag_bits & _ENCRYPTED:
            raise _has_password(source)
        try:
            with archive.open(entry) as stream:
                return unpacker.copy(cast(BufferedIOBase, stream), place, entry.compress_size)
        except NotImplementedError as error:
            raise InputError(
                f"it is packed in a way that is not read here ({error})",
                place=place,
                fix="unpack it yourself and give the folder",
            ) from None
        except _ZIP_BROKEN as error:
            raise damaged("zip", error, place) from None

    return unpack


def open_tar(
    source: Path, form: Compression | None, unpacker: Unpacker, troubles: list[str]
) -> Held:
    """Unpack a tar in one pass; of one that breaks off the whole files before are given."""
    held: Held = {}
    try:
        with form.open(source) if form else source.open("rb") as packed:
            _unpack_tar(packed, source, unpacker, held)
    except _TAR_BROKEN as error:
        if isinstance(error, PermissionError):
            raise
        if not held:
            raise damaged("tar", error, source.name) from None
        troubles.append(f"{source.name}: cut short after {len(held)} files. Fix: {COPY_AGAIN}")
    return held


def _unpack_tar(packed: BufferedIOBase, source: Path, unpacker: Unpacker, held: Held) -> None:
    size = source.stat().st_size
    with tarfile.open(fileobj=cast(IO[bytes], packed), mode="r|", ignore_zeros=False) as archive:
        for entry in archive:
            refuse_unsafe(entry.name, source)
            stream = archive.extractfile(entry) if entry.isreg() else None
            if stream is not None:
                place = f"{source.name}/{entry.name}"
                held[entry.name] = unpacker.copy(cast(BufferedIOBase, stream), place, size)


def open_seven_zip(source: Path, unpacker: Unpacker) -> Held:
    """Unpack a 7z in one pass: its members lie in common blocks."""
    import py7zr

    try:
        with py7zr.SevenZipFile(source) as archive:
            return _unpack_seven_zip(archive, source, unpacker)
    except py7zr.PasswordRequired:
        raise _has_password(source) from None
    except (OpenCloutError, PermissionError):
        raise
    except Exception as error:  # the library names but some of what damage raises in it
        raise damaged("7z", error, source.name) from None


def _unpack_seven_zip(archive: Any, source: Path, unpacker: Unpacker) -> Held:
    from openclout.bundle.sevenzip import Shelf

    entries = archive.list()
    for entry in entries:
        refuse_unsafe(entry.filename, source)
    files = [entry for entry in entries if entry.is_file and not entry.is_symlink]
    if archive.needs_password():
        raise _has_password(source)
    # The library stops at the sizes that the archive declares, so these are the most it can take.
    unpacker.expect(sum(entry.uncompressed for entry in files), source.stat().st_size, source.name)
    shelf = Shelf(unpacker)
    archive.extract(shelf.root, targets=[entry.filename for entry in files], factory=shelf)
    return cast(Held, shelf.held)


def _has_password(source: Path) -> InputError:
    return InputError("the archive has a password", place=source.name, fix="unpack it first")
