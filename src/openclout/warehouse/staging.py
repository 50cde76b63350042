"""Staging: records of a connector become JSON Lines that the engine reads as relations."""

import hashlib
from dataclasses import fields
from datetime import datetime
from pathlib import Path
from typing import BinaryIO

import orjson

from openclout.connector import TABLES, Record, Relation
from openclout.vocabulary.account import Account, Proof
from openclout.vocabulary.interaction import Interaction
from openclout.vocabulary.post import Post
from openclout.warehouse.engine import quoted

_TABLE: dict[type[Record], str] = {
    Account: "accounts",
    Post: "posts",
    Interaction: "interactions",
    Proof: "proofs",
}
_FLUSH = 2000  # records held before they are written


class Staging:
    """Writes records to one file per table, as they come."""

    def __init__(self, folder: Path) -> None:
        """`folder` exists and is ours alone."""
        self._folder = folder
        self._files: dict[str, BinaryIO] = {}
        self._digests = {table: hashlib.sha256() for table in TABLES}
        self._waiting: dict[str, list[bytes]] = {table: [] for table in TABLES}

    def add(self, record: Record) -> None:
        """Take one record."""
        table = _TABLE[type(record)]
        row = {item.name: _plain(getattr(record, item.name)) for item in fields(record)}
        waiting = self._waiting[table]
        waiting.append(orjson.dumps(row, option=orjson.OPT_APPEND_NEWLINE))
        if len(waiting) >= _FLUSH:
            self._flush(table)

    def relations(self, place: str) -> list[tuple[Relation, str]]:
        """Give what was written as relations, accounts first, each with the hash of its content.

        The hash is of the records, not of the export's bytes: the same export packed differently
        is the same file.
        """
        for table in TABLES:
            self._flush(table)
        for file in self._files.values():
            file.close()
        return [
            (_relation(table, self._folder / f"{table}.jsonl", place), digest.hexdigest())
            for table, digest in self._digests.items()
            if table in self._files
        ]

    def _flush(self, table: str) -> None:
        content = b"".join(self._waiting[table])
        if not content:
            return
        if table not in self._files:
            self._files[table] = (self._folder / f"{table}.jsonl").open("wb")
        self._files[table].write(content)
        self._digests[table].update(content)
        self._waiting[table].clear()


def _plain(value: object) -> object:
    if isinstance(value, tuple):
        return ",".join(str(item).replace(",", " ") for item in value) or None
    if isinstance(value, datetime):
        return value.isoformat()
    if isinstance(value, str):
        return value.replace("\0", "").encode("utf-8", "replace").decode()
    return value


def _relation(table: str, path: Path, place: str) -> Relation:
    columns = ", ".join(f"{quoted(name)}: 'VARCHAR'" for name in TABLES[table])
    return Relation(
        table,
        path,
        place,
        f"select * from read_json({quoted(path)}, format = 'newline_delimited',"
        f" columns = {{{columns}}}, maximum_object_size = 67108864)",
    )
