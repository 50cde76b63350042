"""Golden pairs: `connectors/*/fixtures/CASE` read by its connector gives `CASE.records.jsonl`.

The case is a folder or a file (`CASE` or `CASE.zip`, `CASE.json` ...); the golden file has one
record per line, in order, as `{"type": "Interaction", ...}` without what is None or a default.
`python tests/connectors/test_golden.py CASE` prints what is read now, to be checked by eye.
"""

import dataclasses
import hashlib
import importlib
import json
import sys
import tempfile
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

import openclout
from openclout.bundle import open_bundle
from openclout.connector import Connector, Item, Reading
from openclout.settings import MIB, Settings

ROOMS = Path(openclout.__file__).parent / "connectors"
SUFFIX = ".records.jsonl"
GOLDEN = sorted(ROOMS.glob(f"*/fixtures/*{SUFFIX}"))
TABULAR = {"table", "stackexchange"}  # they hand over SQL, which has no records of its own
LAST = "table"  # reads what no other connector claims, so it is asked last
FOLDERS = sorted(path.parent.name for path in ROOMS.glob("*/__init__.py"))
SETTINGS = Settings(data=Path("unused"), threads=1, memory=512 * MIB)


def connectors_in(folder: str) -> list[Connector]:
    module = importlib.import_module(f"openclout.connectors.{folder}")
    found = [value for value in vars(module).values() if isinstance(value, Connector)]
    return list({id(connector): connector for connector in found}.values())


def case_of(golden: Path) -> Path:
    case = golden.name.removesuffix(SUFFIX)
    folder = golden.parent / case
    packed = [path for path in golden.parent.glob(f"{case}.*") if path != golden]
    found = [folder] if folder.exists() else packed
    assert len(found) == 1, f"{golden.name}: one case called {case} is wanted, there are {found}"
    return found[0]


def keyed(network: str, third_party: str) -> str:
    return "~" + hashlib.sha256(f"{network}:{third_party}".encode()).hexdigest()[:8]


def plain(value: object) -> object:
    return value.isoformat() if isinstance(value, datetime) else value


def line(item: Item) -> dict[str, Any]:
    """Give the golden form of an item: its type and whatever says more than the default."""
    kept: dict[str, Any] = {"type": type(item).__name__}
    for field in dataclasses.fields(item):
        value = getattr(item, field.name)
        if value is not None and value != field.default:
            kept[field.name] = list(value) if isinstance(value, tuple) else plain(value)
    return kept


def read_case(case: Path, scratch: Path, folder: str) -> Iterator[dict[str, Any]]:
    """Read a case with the one connector of `folder` that recognises it."""
    bundle = open_bundle(case, scratch, SETTINGS)
    recognised = [found for found in connectors_in(folder) if found.recognise(bundle)]
    assert len(recognised) == 1, f"{case.name} is recognised by {[c.name for c in recognised]}"
    reading = Reading(now=datetime(2026, 1, 1, tzinfo=UTC), keyed=keyed)
    return (line(item) for item in recognised[0].read(bundle, reading))


@pytest.mark.parametrize("golden", GOLDEN, ids=lambda path: f"{path.parts[-3]}/{path.name}")
def test_a_case_is_read_as_its_golden_file_says(golden: Path, tmp_path: Path) -> None:
    records = list(read_case(case_of(golden), tmp_path, golden.parts[-3]))
    expected = [json.loads(text) for text in golden.read_text("utf-8").splitlines()]
    assert records == expected


@pytest.mark.parametrize("golden", GOLDEN, ids=lambda path: f"{path.parts[-3]}/{path.name}")
def test_no_other_connector_recognises_a_case(golden: Path, tmp_path: Path) -> None:
    bundle = open_bundle(case_of(golden), tmp_path, SETTINGS)
    strangers = [folder for folder in FOLDERS if folder not in (golden.parts[-3], LAST)]
    found = {f: c.recognise(bundle) for f in strangers for c in connectors_in(f)}
    assert not {folder: words for folder, words in found.items() if words}


@pytest.mark.parametrize("folder", [name for name in FOLDERS if name not in TABULAR])
def test_a_connector_has_a_golden_case(folder: str) -> None:
    assert [path for path in GOLDEN if path.parts[-3] == folder]


if __name__ == "__main__":
    with tempfile.TemporaryDirectory() as folder_of_scratch:
        source = Path(sys.argv[1]).absolute()
        for record in read_case(source, Path(folder_of_scratch), source.parts[-3]):
            sys.stdout.write(json.dumps(record, ensure_ascii=False) + "\n")
