"""Lineage: which warehouse this is, and whether accounts were deleted from it.

What lies beside a warehouse (the history) points to its accounts by number. The numbers mean
something in one warehouse only, are never given twice, and vanish with who opted out.
"""

import secrets

from openclout.warehouse.engine import Engine

_IDENTITY, _PURGES, _HIGHEST = "identity", "purges", "highest"


def identity(engine: Engine) -> str:
    """Give the warehouse's own name, drawn at the first call and kept."""
    found = _get(engine, _IDENTITY)
    if not found:
        found = secrets.token_hex(8)
        _set(engine, _IDENTITY, found)
    return found


def purges(engine: Engine) -> int:
    """Tell how often accounts were deleted because they opted out."""
    return int(_get(engine, _PURGES) or 0)


def note_purge(engine: Engine) -> None:
    """Note, before accounts are deleted, that they are, and which number was the highest."""
    _set(engine, _PURGES, str(purges(engine) + 1))
    _set(engine, _HIGHEST, str(highest(engine)))


def highest(engine: Engine) -> int:
    """Tell the highest number that an account has, or had when accounts were deleted."""
    most = engine.value("select coalesce(max(account), 0) from accounts")
    return max(int(most), int(_get(engine, _HIGHEST) or 0))


def _get(engine: Engine, key: str) -> str | None:
    found: str | None = engine.value("select value from meta where key = ?", (key,))
    return found


def _set(engine: Engine, key: str, value: str) -> None:
    engine.run("delete from meta where key = ?", (key,))
    engine.run("insert into meta values (?, ?)", (key, value))
