"""Folders and plain files: what is there, what is not, and what may not be read."""

import os
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest
from tests.conftest import ROOT

from openclout.bundle import Bundle, open_bundle
from openclout.errors import InputError
from openclout.settings import GIB, Settings

NOBODY = 65534


def opened(path: Path, tmp_path: Path) -> Bundle:
    scratch = tmp_path / "scratch"
    scratch.mkdir(exist_ok=True)
    return open_bundle(path, scratch, Settings(data=tmp_path, threads=1, memory=GIB))


def test_a_folder_gives_its_files_but_the_hidden(tmp_path: Path) -> None:
    folder = tmp_path / "folder"
    for name in ("a.csv", "x/b.csv", ".hidden", ".git/config", "x/.DS_Store"):
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(name)
    bundle = opened(folder, tmp_path)
    assert bundle.names == ["a.csv", "x/b.csv"]
    assert bundle.head("x/b.csv") == b"x/b.csv"
    assert bundle.find(r"b\.csv") == ["x/b.csv"]
    assert bundle.place("x/b.csv") == "folder/x/b.csv"


def test_links_that_lead_in_a_circle_end(tmp_path: Path) -> None:
    folder = tmp_path / "folder"
    folder.mkdir()
    (folder / "a.csv").write_text("1")
    (folder / "loop").symlink_to(folder)
    (folder / "dangling.csv").symlink_to(folder / "nowhere")
    os.mkfifo(folder / "pipe.csv")
    assert opened(folder, tmp_path).names == ["a.csv"]


def test_what_is_no_file(tmp_path: Path) -> None:
    (tmp_path / "empty.csv").touch()
    (tmp_path / "empty").mkdir()
    os.mkfifo(tmp_path / "pipe")
    for name, sentence in (
        ("nowhere.csv", r"there is no such file or folder\. Fix: check the path"),
        ("empty.csv", r"^empty\.csv: the file is empty \(0 bytes\)\. Fix: export it again"),
        ("empty", r"the folder holds no file"),
        ("pipe", r"it is a device or a pipe\. Fix: write it to a file"),
    ):
        with pytest.raises(InputError, match=sentence):
            opened(tmp_path / name, tmp_path)


@pytest.fixture
def public() -> Iterator[Path]:
    """A folder into which every user may look and write; the tests' own is theirs alone."""
    with tempfile.TemporaryDirectory() as folder:
        Path(folder).chmod(0o777)
        yield Path(folder)


@pytest.mark.skipif(os.name != "posix" or os.geteuid() != 0, reason="needs to become another user")
@pytest.mark.parametrize("closed", ["folder", "file", "member"])
def test_what_may_not_be_read_is_said_with_its_path(public: Path, closed: str) -> None:
    """Root may read all: the question is asked by somebody else."""
    folder = public / "folder"
    folder.mkdir()
    for path in (public / "good.csv", folder / "a.csv"):
        path.write_text("network,kind,source,target,published\nnet,like,bob,ann,2026-01-01\n")
    shut = {"folder": folder, "file": folder / "a.csv", "member": folder / "a.csv"}[closed]
    shut.chmod(0)
    given = folder / "a.csv" if closed == "file" else folder
    line = [sys.executable, "-c", _AS_NOBODY, str(ROOT / "src"), str(given), str(public)]
    run = subprocess.run(line, capture_output=True, text=True, check=False)
    assert run.returncode == 2, run.stderr
    mode = "+rx" if closed == "folder" else "+r"
    assert f"{shut}: reading is not permitted. Fix: chmod {mode} '{shut}'" in run.stderr
    assert "Traceback" not in run.stderr


_AS_NOBODY = f"""
import os, sys
sys.path.insert(0, sys.argv[1])
from openclout.cli import main
_, _, given, home = sys.argv

def bring(path, data):
    sys.argv = ["openclout", "import", path, "--data", data]
    try:
        main()
    except SystemExit as left:
        return left.code

# What is loaded now need not be read later: the interpreter itself may lie where nobody may look.
assert bring(os.path.join(home, "good.csv"), os.path.join(home, "first")) == 0
os.setgroups([])
os.setgid({NOBODY})
os.setuid({NOBODY})
sys.exit(bring(given, os.path.join(home, "data")))
"""
