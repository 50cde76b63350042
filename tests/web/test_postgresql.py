"""Everything in this folder once more, on a PostgreSQL started for it alone."""

import os
import shutil
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
from tests.conftest import ROOT

OURS = "OPENCLOUT_TEST_DATABASE"


def _binaries() -> Path | None:
    """Tell where PostgreSQL's programs lie, the newest where there are several."""
    places = sorted(Path("/usr/lib/postgresql").glob("*/bin"), key=lambda path: path.parent.name)
    found = shutil.which("initdb")
    return places[-1] if places else Path(found).resolve().parent if found else None


def _as_its_user(*words: str | Path) -> None:
    """Run one of PostgreSQL's programs, which refuse to be root."""
    user = ("runuser", "-u", "postgres", "--") if os.geteuid() == 0 else ()
    subprocess.run([*user, *map(str, words)], check=True, stdout=subprocess.DEVNULL, cwd="/")


@pytest.fixture
def address(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """A server of its own, on a free port of this machine."""
    binaries = _binaries()
    if binaries is None:
        if os.environ.get("CI") == "true":
            pytest.fail("no PostgreSQL, and CI=true")
        pytest.skip("no PostgreSQL: sh requirements/system.sh postgresql")
    folder = Path("/tmp" if os.geteuid() == 0 else tmp_path_factory.mktemp("pg"))  # noqa: S108
    cluster = folder / f"openclout-pg-{os.getpid()}"
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    _as_its_user(binaries / "initdb", "-D", cluster, "-U", "clout", "-A", "trust", "--no-sync")
    options = f"-p {port} -k {cluster} -c listen_addresses=127.0.0.1 -c fsync=off"
    _as_its_user(binaries / "pg_ctl", "-D", cluster, "-l", cluster / "log", "-w", "-o", options,
                 "start")  # fmt: skip
    yield f"postgresql://clout@127.0.0.1:{port}/postgres"
    _as_its_user(binaries / "pg_ctl", "-D", cluster, "-m", "immediate", "stop")
    time.sleep(0.1)
    shutil.rmtree(cluster, ignore_errors=True)


@pytest.mark.slow
@pytest.mark.skipif(OURS in os.environ, reason="this is that run")
def test_the_site_is_the_same_on_postgresql(address: str) -> None:
    command = [sys.executable, "-m", "pytest", "-q", "-x", "-m", "not slow", "tests/web"]
    done = subprocess.run(command, cwd=ROOT, env={**os.environ, OURS: address},
                          capture_output=True, text=True, check=False)  # fmt: skip
    assert done.returncode == 0, done.stdout[-6000:]
