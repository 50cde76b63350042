"""Leaving: objecting, opting out without an account, disputes, the operator's answers."""

import os
import subprocess
import sys

import pytest
from tests.conftest import ROOT
from tests.web.test_gone import ALONE


@pytest.mark.slow
def test_who_leaves_is_gone() -> None:
    command = [sys.executable, "-m", "pytest", "-q", "-x", "tests/web/test_gone.py"]
    done = subprocess.run(command, cwd=ROOT, env={**os.environ, ALONE: "1"}, capture_output=True,
                          text=True, check=False)  # fmt: skip
    assert done.returncode == 0, done.stdout[-6000:]
