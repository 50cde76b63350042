"""The unpacker: copies members into the scratch folder, within the limits, under our own names."""

import re
import shutil
from io import SEEK_END, BufferedIOBase
from pathlib import Path
from typing import IO

from openclout.bundle.compression import BROKEN, Compression
from openclout.errors import InputError, UnsafeInput
from openclout.settings import MIB, Settings

_CHUNK = MIB
_FREE_RATIO = 64 * MIB  # below this size any ratio is harmless


class Unpacker:
    """Writes what one input holds into a scratch folder, and stops at the limits of Settings."""

    def __init__(self, scratch: Path, settings: Settings, source: Path) -> None:
        """`scratch` exists and is ours alone."""
        self._scratch, self._settings, self._source = scratch, settings, source
        self._total = 0
        self._count = 0

    def draft(self) -> Path:
        """Give the path of a fresh file."""
        self._count += 1
        return self._scratch / f"member-{self._count:06d}"

    def copy(self, stream: BufferedIOBase, place: str, packed: int) -> Path:
        """Write `stream`, `packed` bytes long before, to a fresh file."""
        target = self.draft()
        with target.open("wb") as file:
            self._pour(stream, file, place, packed)
        return target

    def inflate(self, packed: Path, form: Compression, place: str, troubles: list[str]) -> Path:
        """Unpack a compressed file; one that breaks off keeps its whole lines, and says so."""
        target = self.draft()
        with target.open("w+b") as file:
            try:
                with form.open(packed) as stream:
                    self._pour(stream, file, place, packed.stat().st_size)
            except BROKEN as error:
                if isinstance(error, PermissionError) or not file.tell():
                    raise damaged(form.ending[1:], error, place) from None
                _cut_last_line(file)
                troubles.append(
                    f"{place}: broken off after {file.tell():,} unpacked bytes ({error}); the whole"
                    f" lines before are used. Fix: {COPY_AGAIN}"
                )
        return target

    def _pour(self, stream: BufferedIOBase, file: IO[bytes], place: str, packed: int) -> None:
        written = 0
        # read1 gives what there is, where read would lose all of a chunk that breaks off
        while chunk := stream.read1(_CHUNK):
            written += len(chunk)
            self.expect(written, packed, place)
            file.write(chunk)
        self._total += written

    def expect(self, written: int, packed: int, place: str) -> None:
        """Refuse a member that expands too far, or an input that fills the disk.

        `written` and `packed` are the member's bytes after and before unpacking.
        """
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


def _cut_last_line(file: IO[bytes]) -> None:
    """Take off the line that was cut: half a number or half a date would pass for a whole one."""
    end = file.tell()
    file.seek(max(end - _CHUNK, 0))
    tail = file.read()
    file.truncate(end - len(tail) + tail.rfind(b"\n") + 1 if b"\n" in tail else end)
    file.seek(0, SEEK_END)


COPY_AGAIN = "download or copy it again"


def refuse_unsafe(name: str, source: Path) -> None:
    """Raise UnsafeInput where a member's name leads out of the folder it would be unpacked to."""
    parts = name.replace("\\", "/").split("/")
    if name.startswith(("/", "\\")) or ".." in parts or re.match(r"[A-Za-z]:", name):
        raise UnsafeInput(
            f'the archive holds a path that climbs out: "{name}"',
            place=source.name,
            fix="do not trust it; get the export from its network again",
        )


def damaged(kind: str, error: Exception, place: str) -> InputError:
    """Say that something packed is broken, in the words of what failed to unpack it."""
    said = str(error).splitlines()[0][:200] if str(error) else type(error).__name__
    return InputError(f"the {kind} is damaged ({said})", place=place, fix=COPY_AGAIN)
