"""Write the examples of the verbs' help with their real output, on the demo's community.

python -m tests.reference.examples
"""

import os
import re
import shlex
import shutil
import subprocess
import sys
import tempfile
from datetime import date
from pathlib import Path

from demo.__main__ import write_community
from demo.show import EXPORTS
from tests.conftest import ROOT

FOLDER = ROOT / "src/openclout/cli/examples"
EXAMPLES = {
    "import": ("openclout import exports/stackexchange-tea exports/x-bob.zip",
               "openclout import exports/chat-interactions.csv --network chatterhub"),
    "score": ("openclout score --window 90d --out scores.csv",
              "openclout score --lens kred --limit 5"),
    "top": ("openclout top --network chatterhub --limit 5",),
    "topics": ("openclout topics list --here tea",
               "openclout topics show tea --limit 3",
               "openclout topics why chatterhub:bob tea"),
    "show": ("openclout show chatterhub:bob",
             "openclout show discourse:ann --lang de"),
    "backfill": ("openclout backfill --days 36 --every 7d",),
    "history": ("openclout history chatterhub:bob",),
    "why": ("openclout why chatterhub:ann",),
    "explain": ("openclout explain chatterhub:bob --limit 3",
                "openclout explain chatterhub:bob --lens kred"),
    "compare": ("openclout compare chatterhub:bob chatterhub:cat chatterhub:ann",),
    "moments": ("openclout moments chatterhub:bob --limit 2",
                "openclout moments --limit 3 --each 1"),
    "influencers": ("openclout influencers chatterhub:bob",),
    "influencees": ("openclout influencees chatterhub:bob --limit 5",),
    "friends": ("openclout friends discourse:ann",),
    "shortlist": ('openclout shortlist create tea --about Tasting',
                  'openclout shortlist add tea chatterhub:bob --note funny',
                  'openclout shortlist add tea discourse:ann',
                  'openclout shortlist show tea --posts 1',
                  'openclout shortlist export tea --out tea.html'),
    "watch": ('openclout watch add "moved 5 points in a week"',
              'openclout watch add "new in the top 3 of #compost"',
              'openclout watch list',
              'openclout watch run'),
    "signals": ("openclout signals",),
    "lenses": ("openclout lenses",),
    "model": ("openclout model",),
    "calibrate": ("openclout calibrate",),
    "fit": ("openclout fit data --out mine.toml --name mine --date 2026-07-01 --window 40d",),
    "backtest": ("openclout backtest --window 40d",),
    "coverage": ("openclout coverage --window 40d",),
    "report": ("openclout report --out report",),
    "person": ("openclout person link chatterhub:bob discourse:bob --proof https://bob.example",
               "openclout person link chatterhub:bob x:bob_tea_example --proof https://bob.example",
               "openclout score",
               "openclout person show discourse:bob",
               "openclout person list"),
    "claim": ("openclout claim ann@example.org chatterhub:ann --proof https://ann.example",),
    "attack": ("openclout attack --attacks star-10,ring-1000 --targets 5 --together 5",),
}  # fmt: skip
PAGES = {
    "link-accounts.md": ("person",),
    "history.md": ("backfill", "history", "why"),
    "see-who-moves-whom.md": ("moments", "influencers", "influencees", "friends", "compare"),
}
"""Pages that explain verbs, and whose examples stand in their first blocks."""
_FOLDERS = {"import": "fresh", "backfill": "filled", "history": "past", "why": "past",
            "watch": "past"}  # fmt: skip
"""Data folders of their own: what is imported, and what is kept, stays out of other examples."""
LONGEST = 30  # lines of an output that are shown


def run(words: str, folder: Path, data: str = "data") -> str:
    """Run a command as a user would, in a folder with the exports; give what it prints."""
    environment = {**os.environ, "OPENCLOUT_DATA": str(folder / data), "COLUMNS": "100"}
    command = [sys.executable, "-m", *shlex.split(words)]
    done = subprocess.run(command, cwd=folder, env=environment, capture_output=True, check=True)
    text = done.stdout.decode()
    text = re.sub(r"in +\d+\.\d s", "in 0.1 s", text)  # seconds differ from run to run,
    return re.sub(r"\(\d+ KiB\)", "(523 KiB)", text)  # and a page's size by what was tried before


def prepare(folder: Path) -> None:
    """Write the community, import and score it, as `make demo` does."""
    write_community(folder / "exports", date(2026, 6, 30), seed=7)
    run("openclout optout add chatterhub:dan", folder)
    run("openclout import " + " ".join(f"exports/{name}" for name in EXPORTS), folder)
    run("openclout score", folder)


def example(verb: str, folder: Path) -> str:
    """Give a verb's example: each command with its output, cut where it is long.

    What is imported for its example goes to a folder of its own, once; so does what is kept.
    """
    parts = []
    data = _FOLDERS.get(verb, "data")
    if data == "filled":
        shutil.rmtree(folder / data, ignore_errors=True)
    if data in ("filled", "past") and not (folder / data).exists():
        shutil.copytree(folder / "data", folder / data)
        if data == "past":
            run("openclout backfill --days 36 --every 7d", folder, data)
    for words in EXAMPLES[verb]:
        lines = [line.rstrip() for line in run(words, folder, data).rstrip().splitlines()]
        shown = lines[:LONGEST] + (["…"] if len(lines) > LONGEST else [])
        parts.append("\n".join([f"$ {words}", *shown]))
    return "\n\n".join(parts) + "\n"


def board(folder: Path) -> str:
    """Give the leaderboard that stands on the README's first screen."""
    lines = run("openclout top --limit 10", folder).rstrip().splitlines()
    return "\n".join(line.rstrip() for line in lines)


def write_readme(folder: Path) -> None:
    """Put the leaderboard into the README, between the command and the end of its block."""
    page = ROOT / "README.md"
    text = page.read_text(encoding="utf-8")
    start = text.index("\n", text.index("$ openclout top")) + 1
    page.write_text(text[:start] + board(folder) + text[text.index("\n```", start) :], "utf-8")


def write_how_to() -> None:
    """Put the examples into the pages that explain their verbs."""
    for name, verbs in PAGES.items():
        page = ROOT / "docs/how-to" / name
        parts = page.read_text(encoding="utf-8").split("```\n")
        for place, verb in enumerate(verbs):
            parts[2 * place + 1] = (FOLDER / f"{verb}.txt").read_text(encoding="utf-8")
        page.write_text("```\n".join(parts), "utf-8")


def main() -> None:
    """Write all examples."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        prepare(folder)
        for verb in EXAMPLES:
            (FOLDER / f"{verb}.txt").write_text(example(verb, folder), encoding="utf-8")
        write_how_to()
        write_readme(folder)


if __name__ == "__main__":
    main()
