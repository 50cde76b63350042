"""Bundle: what the user pointed at, seen as a list of named members, whatever it is packed in.

A folder, a zip, a tar, a 7z, a compressed file or a plain file all answer the same three calls:
`names`, `head`, `path`. What something is packed in is found by its first bytes, then by its name.
Members are unpacked into a scratch folder under names of our own, never under theirs, and never
beyond the limits in Settings; links are passed over. A member that is a compressed file itself goes
by its name without that ending.
"""

import os
import re
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import BinaryIO

from openclout.bundle.archive import Held, open_seven_zip, open_tar, open_zip
from openclout.bundle.compression import BROKEN, Compression, compression_named, compression_of
from openclout.bundle.unpacker import Unpacker
from openclout.errors import InputError
from openclout.settings import Settings

__all__ = ["Bundle", "open_bundle"]

_TAR_NAME = re.compile(r"\.(tar(\.\w+)?|tgz|tbz2|txz|tzst)$")
_TAR_MARK = slice(257, 262)  # where POSIX and GNU tar write "ustar"


@dataclass(slots=True)
class Bundle:
    """The members of one input; `troubles` collects what was cut short but could be used.

    `draft` gives the path of a fresh file in the scratch folder, for a reader's own use.
    """

    source: Path
    kind: str
    members: dict[str, Path | None]
    unpack: Callable[[str], Path]
    draft: Callable[[], Path]
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
        """Give the first bytes of a member; fewer of a short one."""
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
        return _open(source, Unpacker(scratch, settings, source))
    except PermissionError as error:
        raise _no_permission(Path(str(error.filename or source))) from None


def _open(source: Path, unpacker: Unpacker) -> Bundle:
    if not source.exists():
        raise InputError("there is no such file or folder", place=str(source), fix="check the path")
    if source.is_dir():
        return _bundle(source, "folder", _open_folder(source), unpacker)
    if not source.is_file():
        raise InputError("it is a device or a pipe", place=str(source), fix="write it to a file")
    if source.stat().st_size == 0:
        raise InputError("the file is empty (0 bytes)", place=source.name, fix="export it again")
    with source.open("rb") as stream:
        head = stream.read(512)
    name = source.name.lower()
    if head.startswith(b"PK\3\4") or name.endswith(".zip"):
        return _bundle(source, "zip", open_zip(source, unpacker), unpacker)
    if head.startswith(b"7z\xbc\xaf\x27\x1c") or name.endswith(".7z"):
        return _bundle(source, "7z", open_seven_zip(source, unpacker), unpacker)
    form = compression_of(head, name)
    if _TAR_NAME.search(name) or _is_tar(source, head, form):
        troubles: list[str] = []
        held = open_tar(source, form, unpacker, troubles)
        return _bundle(source, "tar", held, unpacker, troubles)
    if form:
        return _compressed(source, form, unpacker)
    return Bundle(source, "file", {source.name: source}, lambda _name: source, unpacker.draft)


def _is_tar(source: Path, head: bytes, form: Compression | None) -> bool:
    if form:
        try:
            with form.open(source) as stream:
                head = stream.read(512)
        except BROKEN:
            return False
    return head[_TAR_MARK] == b"ustar"


def _open_folder(source: Path) -> Held:
    held: Held = {}
    for parent, folders, names in os.walk(source, onerror=_raise):
        folders[:] = [folder for folder in folders if not folder.startswith(".")]
        for name in names:
            path = Path(parent) / name
            if not name.startswith(".") and path.is_file():
                held[path.relative_to(source).as_posix()] = path
    return held


def _bundle(
    source: Path, kind: str, held: Held, unpacker: Unpacker, troubles: list[str] | None = None
) -> Bundle:
    """Make the bundle of what a folder or an archive holds."""
    if not held:
        raise InputError(f"the {kind} holds no file", place=source.name, fix="export it again")
    given = _given_names(held)
    troubles = [] if troubles is None else troubles

    def unpack(name: str) -> Path:
        found = held[given[name]]
        path = found if isinstance(found, Path) else found()
        form = compression_named(given[name])
        if form is None or given[name] == name:
            return path
        return unpacker.inflate(path, form, f"{source.name}/{given[name]}", troubles)

    return Bundle(source, kind, dict.fromkeys(given), unpack, unpacker.draft, troubles)


def _given_names(held: Held) -> dict[str, str]:
    """Give each member's name without the ending of its compression, unless that is taken."""
    given: dict[str, str] = {}
    for name in sorted(held):
        form = None if _TAR_NAME.search(name.lower()) else compression_named(name)
        bare = name[: -len(form.ending)] if form else name
        taken = bare in held or bare in given or bare.endswith("/") or not bare
        given[name if taken else bare] = name
    return given


def _compressed(source: Path, form: Compression, unpacker: Unpacker) -> Bundle:
    name = source.name
    if name.lower().endswith(form.ending) and len(name) > len(form.ending):
        name = name[: -len(form.ending)]
    troubles: list[str] = []
    path = unpacker.inflate(source, form, source.name, troubles)
    return Bundle(source, "file", {name: path}, lambda _name: path, unpacker.draft, troubles)


def _no_permission(path: Path) -> InputError:
    mode = "+rx" if path.is_dir() else "+r"
    return InputError("reading is not permitted", place=str(path), fix=f"chmod {mode} '{path}'")


def _raise(error: OSError) -> None:
    raise error
