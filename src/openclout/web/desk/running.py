"""Runs: one at a time, each a command line in a process of its own, its lines kept as they come.

The site never runs the pipeline in its own process: a run may take the memory of the machine, and
what it says and how it ends is the same as for somebody who types it.
"""

import os
import select
import subprocess
import sys
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

from django.db import transaction
from django.db.models import Q, Value
from django.db.models.functions import Concat, Right

from openclout.web.desk.models import Run, Source, State, Switches
from openclout.web.endorsing.export import export_lines

LOST = timedelta(minutes=2)
"""A run that no worker was seen at for so long is over."""
MOST_LOG = 200_000  # letters, the last ones
_TICK = 0.5  # seconds between two looks at a run
_ENDORSEMENTS = "endorsements.jsonl"
_WITH_REJECTS = 2  # the exit code of an import that could not use every row
_OURS = ("OPENCLOUT_SECRET", "OPENCLOUT_DATABASE", "OPENCLOUT_MAIL")


def switches() -> Switches:
    """Give the switches, as they come where nobody set them."""
    found, _made = Switches.objects.get_or_create(pk=1)
    return found


def queue_daily(now: datetime) -> bool:
    """Queue the run of the day, where one is wanted and due."""
    wanted = switches()
    if wanted.hour is None or now.hour < wanted.hour:
        return False
    midnight = now.replace(hour=0, minute=0, second=0, microsecond=0)
    if Run.objects.filter(by=None, created__gte=midnight).exists():
        return False
    Run.objects.create(model=wanted.model, window=wanted.window)
    return True


def take(now: datetime) -> Run | None:
    """Take the next queued run; None where there is none, or another goes on."""
    with transaction.atomic():
        lost = Q(beat__lt=now - LOST) | Q(beat=None)
        going = Run.objects.filter(state__in=(State.RUNNING, State.STOPPING))
        going.filter(lost).update(state=State.FAILED, finished=now)
        if going.exists():
            return None
        run = Run.objects.filter(state=State.QUEUED).order_by("id").first()
        ours = run and Run.objects.filter(pk=run.pk, state=State.QUEUED).update(
            state=State.RUNNING, started=now, beat=now
        )
        return run if ours else None


def execute(run: Run, data: Path) -> State:
    """Do a run that was taken: import, then score, which publishes; give how it ended."""
    ended = State.FAILED
    try:
        ended = _do(run, data)
    finally:
        (data / "site" / _ENDORSEMENTS).unlink(missing_ok=True)  # it names people
        Run.objects.filter(pk=run.pk).update(state=ended, finished=datetime.now(UTC))
    return ended


def _do(run: Run, data: Path) -> State:
    ended = State.DONE
    for words in _commands(run, data):
        code = _call(run, words, data)
        if code is None:
            ended = State.STOPPED
        elif code and not (words[0] == "import" and code == _WITH_REJECTS):
            ended = State.FAILED
        if ended != State.DONE:
            break
    return ended


def _commands(run: Run, data: Path) -> Iterator[list[str]]:
    if run.imports:
        for source in Source.objects.filter(enabled=True).order_by("id"):
            given = {"--as": source.format, "--network": source.network}
            given["--columns"] = source.columns
            options = [f"{name}={value}" for name, value in given.items() if value]
            yield ["import", *options, "--", source.path]
    yield ["import", "--", str(_write_endorsements(data))]
    model = [f"--model={run.model}"] if run.model else []
    yield ["score", *model, f"--window={run.window}"]


def _write_endorsements(data: Path) -> Path:
    file = data / "site" / _ENDORSEMENTS
    file.parent.mkdir(parents=True, exist_ok=True)
    draft = file.with_suffix(".new")
    with draft.open("wb") as opened:
        opened.writelines(export_lines())
    return draft.replace(file)


def _call(run: Run, words: list[str], data: Path) -> int | None:
    """Call the command line, keep what it says; give its exit code, None where it was stopped."""
    _keep(run, f"$ openclout {' '.join(words)}\n")
    environment = {name: value for name, value in os.environ.items() if name not in _OURS}
    process = subprocess.Popen(  # noqa: S603 - our own program, words apart from any shell
        [sys.executable, "-m", "openclout", *words],
        env={**environment, "OPENCLOUT_DATA": str(data)},
        stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.STDOUT,
    )  # fmt: skip
    try:
        stopped = _follow(run, process)
    finally:
        if process.poll() is None:
            _end(process)
        if process.stdout:
            process.stdout.close()
    return None if stopped else process.returncode


def _follow(run: Run, process: "subprocess.Popen[bytes]") -> bool:
    """Keep what a process says until it ends; True where the operator wants it stopped."""
    assert process.stdout is not None  # noqa: S101 - it was asked for
    said = process.stdout.fileno()
    while True:
        ready, _out, _odd = select.select([said], [], [], _TICK)
        text = os.read(said, 65536) if ready else None
        if text == b"":
            process.wait()
            return False
        _keep(run, (text or b"").decode("utf-8", "replace"))
        if Run.objects.filter(pk=run.pk, state=State.STOPPING).exists():
            return True


def _end(process: "subprocess.Popen[bytes]") -> None:
    process.terminate()
    try:
        process.wait(10)
    except subprocess.TimeoutExpired:
        process.kill()
        process.wait()


def _keep(run: Run, text: str) -> None:
    """Add to a run's log, and note that a worker is at it."""
    row = Run.objects.filter(pk=run.pk)
    if text:
        row.update(log=Right(Concat("log", Value(text.replace("\0", ""))), MOST_LOG))
    row.update(beat=datetime.now(UTC))
