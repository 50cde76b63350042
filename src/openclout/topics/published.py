"""Published vocabularies: read as they come, kept in the data folder, used by the next score."""

import csv
import gzip
import io
import json
import os
import re
import zlib
from collections.abc import Sequence
from pathlib import Path

from openclout.errors import InputError, NotFound, OpenCloutError, UnsafeInput
from openclout.topic import Topic
from openclout.topics import iptc, klout
from openclout.topics.vocabulary import COLUMNS, FOLDER, read_topics, write_topics

KLOUT, IPTC = "klout", "iptc"
MOST_BYTES = 100 << 20
"""A vocabulary that is larger unpacked is none."""
_NAME = re.compile(r"[A-Za-z0-9_-]{1,60}")
_HEADER_WITHIN = 5  # IPTC's spreadsheet has a title above its header


def read_published(paths: Sequence[Path]) -> tuple[str, list[Topic]]:
    """Read the files of one vocabulary; give its name and topics, sorted.

    Klout's three CSV files belong together, IPTC's is one, as is one with our own columns. Raises
    InputError where a file is none of these, with its place.
    """
    tables: dict[str, klout.Rows] = {}
    for path in paths:
        text = _read(path)
        try:
            kind, found = _understood(text, path)
        except OpenCloutError as error:
            place = error.place or str(path)
            raise type(error)(error.problem, place=place, fix=error.fix) from None
        if isinstance(found, list) and kind not in klout.KINDS:
            if len(paths) > 1:
                raise InputError(
                    "it is a vocabulary of its own", place=str(path), fix="import it alone"
                )
            return kind, _sorted(found)
        tables[kind] = found  # type: ignore[assignment]
    return KLOUT, _sorted(klout.read_klout(tables))


def _sorted(topics: Sequence[Topic]) -> list[Topic]:
    return sorted(topics, key=lambda topic: topic.topic)


def _understood(text: str, path: Path) -> tuple[str, Sequence[Topic] | klout.Rows]:
    """Tell what a text is, and read it: Klout's as rows, of a kind; others as topics."""
    start = text.lstrip("\ufeff \r\n\t")[:1]
    if start in ("{", "["):
        try:
            return IPTC, iptc.read_json(json.loads(text))
        except json.JSONDecodeError as error:
            raise InputError(f"it is no JSON ({error})", fix="download it again") from None
    if start == "<":
        return IPTC, iptc.read_rdf(text.lstrip("\ufeff"))
    lines = text.lstrip("\ufeff").splitlines(keepends=True)
    for skipped in range(min(_HEADER_WITHIN, len(lines))):
        rows = csv.DictReader(io.StringIO("".join(lines[skipped:])))
        header = [name for name in rows.fieldnames or () if name]
        kind = klout.kind_of(header)
        if kind:
            return kind, list(rows)
        if any(iptc.LEVEL.fullmatch(name) for name in header):
            return IPTC, iptc.read_sheet(list(rows))
        if {"topic", "parent", "en"} <= set(header):
            name = path.name.partition(".")[0]
            return name, list(read_topics(text.lstrip("\ufeff"), str(path), name))
    raise InputError(
        "it is no vocabulary that we know",
        fix="Klout's three CSV files, IPTC Media Topics as JSON, RDF/XML or CSV,"
        f" or a CSV with the columns {', '.join(COLUMNS)}",
    )


def _read(path: Path) -> str:
    """Read a text file, unpacked where it is packed; raises what a user can mend."""
    if not path.is_file():
        raise NotFound("there is no such file", place=str(path), fix="check the path")
    try:
        with gzip.open(path) if path.suffix == ".gz" else path.open("rb") as file:
            content = file.read(MOST_BYTES + 1)
    except (OSError, EOFError, zlib.error) as error:
        raise InputError(f"it cannot be unpacked ({error})", place=str(path), fix="download it"
                         " again") from None  # fmt: skip
    if len(content) > MOST_BYTES:
        raise UnsafeInput(
            f"it is larger than {MOST_BYTES >> 20} MiB", place=str(path), fix="it is no vocabulary"
        )
    try:
        return content.decode("utf-8")
    except UnicodeDecodeError:
        raise InputError("it is not UTF-8", place=str(path), fix="save it as UTF-8") from None


def keep(data: Path, name: str, topics: Sequence[Topic]) -> Path:
    """Keep a vocabulary in the data folder, in the place of the one of that name.

    Raises InputError for a name that could lie elsewhere.
    """
    if not _NAME.fullmatch(name):
        raise InputError(
            f'"{name}" is no name for a vocabulary', place="--name", fix="letters, digits, - and _"
        )
    target = data / FOLDER / f"{name}.csv"
    target.parent.mkdir(parents=True, exist_ok=True)
    draft = target.with_suffix(f".{os.getpid()}.new")
    draft.write_text(write_topics(topics), encoding="utf-8", newline="")
    draft.replace(target)
    return target
