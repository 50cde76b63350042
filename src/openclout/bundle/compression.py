"""The formats that pack one stream of bytes, known by their first bytes and their ending."""

import bz2
import gzip
import lzma
import sys
import zlib
from collections.abc import Callable
from dataclasses import dataclass
from importlib import import_module
from io import BufferedIOBase
from pathlib import Path

# From Python 3.14 it is in the standard library; before, py7zr brings the same module along.
_zstd = import_module("compression.zstd" if sys.version_info >= (3, 14) else "backports.zstd")


@dataclass(frozen=True, slots=True)
class Compression:
    """A format: its ending, its first bytes, and how a file of it is opened for reading."""

    ending: str
    mark: bytes
    open: Callable[[Path], BufferedIOBase]


COMPRESSIONS = (
    Compression(".gz", b"\x1f\x8b", gzip.GzipFile),
    Compression(".bz2", b"BZh", bz2.BZ2File),
    Compression(".xz", b"\xfd7zXZ\0", lzma.LZMAFile),
    Compression(".zst", b"\x28\xb5\x2f\xfd", _zstd.ZstdFile),
)

BROKEN: tuple[type[Exception], ...] = (
    EOFError, OSError, zlib.error, lzma.LZMAError, _zstd.ZstdError,
)  # fmt: skip
"""What reading a damaged stream raises; gzip's and bz2's own errors are OSErrors."""


def compression_of(head: bytes, name: str) -> Compression | None:
    """Tell what packs a stream: its first bytes say so, or its name where the bytes are damaged."""
    marked = [form for form in COMPRESSIONS if head.startswith(form.mark)]
    return marked[0] if marked else compression_named(name)


def compression_named(name: str) -> Compression | None:
    """Tell which compression a name's ending stands for."""
    return next((form for form in COMPRESSIONS if name.lower().endswith(form.ending)), None)
