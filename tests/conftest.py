"""What all tests share: the real data sets, and small worlds made through the real import."""

import os
import shutil
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest
from hypothesis import settings as property_settings

from openclout.consent import Ledger
from openclout.pipeline.importing import ImportOptions, import_path
from openclout.settings import GIB, Settings
from openclout.warehouse.store import Warehouse

ROOT = Path(__file__).resolve().parents[1]
NOW = datetime(2026, 7, 1, tzinfo=UTC)

property_settings.register_profile("ours", deadline=None)  # speed is measured in benchmarks/
property_settings.load_profile("ours")

World = Callable[..., Warehouse]


@pytest.fixture(scope="session")
def shared() -> Path:
    """The real data sets beside the project; skipped where absent, but never in CI."""
    folder = ROOT.parent / "shared" / "data"
    if not folder.is_dir():
        if os.environ.get("CI") == "true":
            pytest.fail("shared data not present, and CI=true")
        pytest.skip("shared data not present")
    return folder


@pytest.fixture
def spark(monkeypatch: pytest.MonkeyPatch) -> str:
    """The name of the second engine; skipped without Java, but never in CI."""
    if not shutil.which("java"):
        if os.environ.get("CI") == "true":
            pytest.fail("no Java, and CI=true")
        pytest.skip("no Java: sh requirements/system.sh java")
    # What runs for seconds is not worth the dearer of Java's two compilers: half the time.
    monkeypatch.setenv("JAVA_TOOL_OPTIONS", "-XX:TieredStopAtLevel=1")
    return "spark"


@pytest.fixture(params=["duckdb", pytest.param("spark", marks=pytest.mark.slow)])
def measurer(request: pytest.FixtureRequest) -> str:
    """The name of each engine that can measure."""
    return str(request.getfixturevalue("spark") if request.param == "spark" else request.param)


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    """Settings of a data folder that is the test's own."""
    return Settings(data=tmp_path / "data", threads=2, memory=2 * GIB)


@pytest.fixture
def world(tmp_path: Path, settings: Settings) -> Iterator[World]:
    """Make a warehouse of CSV texts: world(interactions, posts=..., accounts=...)."""
    scratch = tmp_path / "scratch"
    scratch.mkdir()
    opened: list[Warehouse] = []

    def make(interactions: str, **tables: str) -> Warehouse:
        data = tmp_path / f"data{len(opened)}"
        warehouse = Warehouse(data, settings, Ledger(data), scratch)
        opened.append(warehouse)
        for name, text in {"interactions": interactions, **tables}.items():
            path = tmp_path / f"{name}{len(opened)}.csv"
            path.write_text(text, encoding="utf-8")
            options = ImportOptions(format=name, network="net")
            result = import_path(path, warehouse, options, NOW, lambda _text: None)
            assert result.clean, (result.troubles, result.tally.reasons)
        return warehouse

    yield make
    for warehouse in opened:
        warehouse.close()
