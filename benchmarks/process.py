"""Running a command as a whole process, with its time and its peak memory."""

import json
import subprocess
import sys
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

_WATCH = """
import json, os, subprocess, sys, time
started = time.monotonic()
process = subprocess.Popen(sys.argv[1:], stdout=subprocess.PIPE, stderr=subprocess.DEVNULL)
output = process.stdout.read().decode()
_, status, usage = os.wait4(process.pid, 0)
process.returncode = code = os.waitstatus_to_exitcode(status)
print(json.dumps([output, code, time.monotonic() - started, usage.ru_utime + usage.ru_stime,
                  usage.ru_maxrss / 1000]))
"""
"""A small process of its own starts the command: a child begins with its parent's peak memory."""


@dataclass(frozen=True, slots=True)
class Measured:
    """What a process printed, how it ended, its seconds (by the clock, by the CPU), peak MB."""

    output: str
    code: int
    seconds: float
    cpu: float
    memory: float


def run_measured(command: Sequence[str], environment: Mapping[str, str] | None = None) -> Measured:
    """Run a command to its end; its standard error is thrown away."""
    found = subprocess.run(
        [sys.executable, "-c", _WATCH, *command],
        capture_output=True,
        check=True,
        env=dict(environment) if environment else None,
    )
    return Measured(*json.loads(found.stdout))
