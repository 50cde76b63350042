"""The page in a real browser: it opens by itself, and fits a telephone."""

import os
import re
import shutil
import subprocess
from html import escape
from pathlib import Path

import pytest

pytestmark = pytest.mark.slow
NAMES = ("chromium", "chromium-browser", "google-chrome")
QUIET = (
    "--headless", "--hide-scrollbars", "--no-sandbox", "--disable-gpu", "--no-first-run",
    "--disable-background-networking", "--disable-component-update", "--disable-sync",
)  # fmt: skip
MEASURE = """<!doctype html><meta charset="utf-8"><title>waiting</title>
<iframe style="border:0;width:{width}px;height:900px" srcdoc="{page}"></iframe>
<script>onload = () => {{
  const inner = document.querySelector("iframe").contentWindow, page = inner.document
  const charts = [...page.querySelectorAll("svg.chart")]
  const shown = charts.filter(chart => chart.getClientRects().length)
  document.title = JSON.stringify([
    page.documentElement.scrollWidth,
    inner.performance.getEntriesByType("resource").length,
    shown.length,
    page.images.length + page.scripts.length,
  ])
}}</script>"""


@pytest.fixture(scope="module")
def chromium() -> str:
    """The browser; where it is absent the test is skipped, but never in CI."""
    found = next(filter(None, map(shutil.which, NAMES)), None)
    if not found:
        if os.environ.get("CI") == "true":
            pytest.fail("Chromium is not installed, and CI=true")
        pytest.skip("Chromium is not installed")
    return found


def measure(chromium: str, page: str, width: int, folder: Path) -> list[int]:
    """Open a page so wide; give its width, what it fetched, its charts, its images and scripts."""
    frame = folder / f"frame{width}.html"
    frame.write_text(MEASURE.format(width=width, page=escape(page)), encoding="utf-8")
    done = subprocess.run(
        [chromium, *QUIET, f"--user-data-dir={folder / 'profile'}", "--virtual-time-budget=5000",
         "--window-size=1400,1000", "--dump-dom", frame.as_uri()],
        capture_output=True, check=True, timeout=120,
    )  # fmt: skip
    found = re.search(r"<title>\[([\d,]+)\]</title>", done.stdout.decode())
    assert found, done.stdout[:300]
    return [int(number) for number in found[1].split(",")]


@pytest.mark.parametrize("width", [380, 700, 1000, 1280])
def test_it_fits_and_asks_for_nothing(chromium: str, page: str, width: int, tmp_path: Path) -> None:
    assert measure(chromium, page, width, tmp_path) == [width, 0, 5, 0]


@pytest.mark.parametrize("width", [380, 1280])
def test_with_all_it_can_hold_it_fits_too(
    chromium: str, full_page: str, width: int, tmp_path: Path
) -> None:
    wide, fetched, charts, pictures = measure(chromium, full_page, width, tmp_path)
    assert (wide, fetched, pictures) == (width, 0, 0)
    assert charts == full_page.count('class="chart wide"')
