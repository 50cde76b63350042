"""The measure of the code: short functions and files, every signal written up, no leaked paths."""

import ast
import re
import statistics
import subprocess
from pathlib import Path

import pytest
from tests.conftest import ROOT

from openclout.signal import load_signals

SOURCES = sorted(
    path for room in ("src", "tests", "demo", "benchmarks") for path in (ROOT / room).rglob("*.py")
)
LONGEST_FILE = 400
LONGEST_FUNCTION = 40
MEDIAN_FUNCTION = 8


def functions(path: Path) -> list[tuple[str, int]]:
    """Give the functions of a file with their lines of code, without docstring and decorators."""
    found = []
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            first = node.body[0]
            is_docstring = isinstance(first, ast.Expr) and isinstance(first.value, ast.Constant)
            lines = (node.end_lineno or 0) - node.lineno
            if is_docstring:
                lines -= (first.end_lineno or 0) - first.lineno + 1
            found.append((f"{path.relative_to(ROOT)}:{node.lineno} {node.name}", lines))
    return found


@pytest.mark.parametrize("path", SOURCES, ids=lambda path: str(path.relative_to(ROOT)))
def test_a_file_is_short(path: Path) -> None:
    assert path.read_text(encoding="utf-8").count("\n") < LONGEST_FILE


def test_no_function_is_long_and_the_median_is_small() -> None:
    found = [row for path in SOURCES for row in functions(path)]
    assert [row for row in found if row[1] > LONGEST_FUNCTION] == []
    ours = [lines for name, lines in found if name.startswith("src")]
    assert statistics.median(ours) <= MEDIAN_FUNCTION


def test_every_signal_is_written_up() -> None:
    page = (ROOT / "docs/reference/signals.md").read_text(encoding="utf-8")
    for signal in load_signals().values():
        assert f"`{signal.name}`" in page
        assert signal.question in page


def test_no_committed_file_names_a_registry_or_a_path_of_a_machine() -> None:
    listed = subprocess.run(["git", "ls-files", "-z"], cwd=ROOT, capture_output=True, check=True)
    hosts = ("pypi", "files.pythonhosted", "registry.npmjs", "deb.debian")
    places = ("root", "home/[a-z]+", "work/main")  # of a machine
    leak = re.compile(
        "|".join(
            [*(f"https?://{host}" for host in hosts), *(f"/{place}/" for place in places)]
        ).encode()
    )
    bad = [
        name.decode()
        for name in listed.stdout.split(b"\0")
        if name
        and (ROOT / name.decode()).is_file()
        and leak.search((ROOT / name.decode()).read_bytes())
    ]
    assert bad == []
