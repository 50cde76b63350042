"""One typed Settings; the only reader of the environment."""

import os
import re
from dataclasses import dataclass
from pathlib import Path

from openclout.errors import InputError

MIB = 1 << 20
GIB = 1 << 30
ENGINES = ("duckdb", "spark")


@dataclass(frozen=True, slots=True)
class Settings:
    """Where things lie and how much they may use.

    `memory` bounds the engine in bytes; `unpacked` is the most that one archive may expand to in
    bytes, and `ratio` the most that any member of it may expand by (a zip bomb does millions).
    `engine` is that which measures, duckdb or spark; `spark_master` is where Spark runs.
    """

    data: Path
    threads: int
    memory: int
    unpacked: int = 200 * GIB
    ratio: int = 300
    engine: str = "duckdb"
    spark_master: str = "local[*]"


def read_settings(data: Path | None = None) -> Settings:
    """Read OPENCLOUT_DATA, _THREADS, _MEMORY, _UNPACKED, _ENGINE and _SPARK_MASTER."""
    threads = os.environ.get("OPENCLOUT_THREADS", "")
    memory = os.environ.get("OPENCLOUT_MEMORY", "")
    return Settings(
        data=(data or default_data()).expanduser().absolute(),
        threads=_positive("OPENCLOUT_THREADS", threads) if threads else (os.cpu_count() or 1),
        memory=_bytes("OPENCLOUT_MEMORY", memory) if memory else _installed_memory() // 2,
        unpacked=_bytes("OPENCLOUT_UNPACKED", os.environ.get("OPENCLOUT_UNPACKED", "200GiB")),
        engine=_one_of("OPENCLOUT_ENGINE", os.environ.get("OPENCLOUT_ENGINE", ENGINES[0]), ENGINES),
        spark_master=os.environ.get("OPENCLOUT_SPARK_MASTER", f"local[{threads or '*'}]"),
    )


def default_data() -> Path:
    """Tell the data folder: OPENCLOUT_DATA, else the platform's own place for user data."""
    named = os.environ.get("OPENCLOUT_DATA")
    if named:
        return Path(named)
    import platformdirs

    return Path(platformdirs.user_data_dir("openclout", appauthor=False))


def _positive(name: str, text: str) -> int:
    if not text.isdigit() or int(text) < 1:
        raise InputError(f'"{text}" is not a whole number above 0', place=name, fix="e.g. 2")
    return int(text)


def _one_of(name: str, text: str, choices: tuple[str, ...]) -> str:
    if text not in choices:
        raise InputError(f'"{text}" is none of {", ".join(choices)}', place=name,
                         fix=f"e.g. {choices[0]}")  # fmt: skip
    return text


def _bytes(name: str, text: str) -> int:
    found = re.fullmatch(r"(\d+(?:\.\d+)?)\s*(K|M|G|T)i?B?", text.strip(), re.IGNORECASE)
    if not found:
        raise InputError(f'"{text}" is not an amount of memory', place=name, fix="e.g. 4GB")
    return int(float(found[1]) * 1024 ** ("KMGT".index(found[2].upper()) + 1))


def _installed_memory() -> int:
    try:
        return os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES")
    except (AttributeError, ValueError, OSError):  # not on Windows
        return 8 * GIB
