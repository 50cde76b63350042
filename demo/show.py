"""make demo: the invented community, imported, scored, ranked and explained by the real commands.

A line that starts with "$" is a command that you could type; `openclout` is in .venv/bin.
"""

import shutil
import subprocess
import sys
import time
from datetime import date
from pathlib import Path

from demo.__main__ import write_community

FOLDER = Path(".demo")
AS_OF = date(2026, 6, 30)
EXPORTS = (
    "stackexchange-tea", "discourse-allotment", "github-kettle", "mastodon-ann.zip", "x-bob.zip",
    "chat-accounts.csv", "chat-posts.csv", "chat-interactions.csv",
)  # fmt: skip
COMMANDS = (
    ("optout", "add", "chatterhub:dan"),
    ("import", *(str(FOLDER / "exports" / name) for name in EXPORTS)),
    ("person", "link", "chatterhub:bob", "discourse:bob", "--proof", "https://bob.example"),
    ("person", "link", "chatterhub:bob", "x:bob_tea_example", "--proof", "https://bob.example"),
    ("score",),
    ("backfill", "--days", "29", "--every", "7d"),
    ("top", "--limit", "10"),
    ("explain", "chatterhub:bob"),
    ("report", "--out", str(FOLDER / "report")),
)
NEXT = """
That was an invented community. Now yours, in a data folder of its own:

  $ .venv/bin/openclout import YOUR-EXPORT      an archive of X or Mastodon, a GitHub backup, a
                                                Stack Exchange dump, a SourceCred instance, a table
  $ .venv/bin/openclout score
  $ .venv/bin/openclout explain YOUR-HANDLE

Open {page} to look at the demo's report. The site, where the
invented people have claimed their pages:

  $ .venv/bin/openclout serve --data {data}
"""


def main() -> None:
    """Run the commands, each shown before it runs; the first that fails ends the demo."""
    started = time.monotonic()
    shutil.rmtree(FOLDER, ignore_errors=True)
    write_community(FOLDER / "exports", AS_OF, seed=7)
    openclout = Path(sys.executable).parent / "openclout"
    for words in COMMANDS:
        print(f"\n$ openclout {' '.join(words)} --data {FOLDER}/data", flush=True)
        result = subprocess.run([openclout, *words, "--data", FOLDER / "data"], check=False)  # noqa: S603
        if result.returncode:
            sys.exit(f"The demo stopped: that command ended with {result.returncode}.")
    subprocess.run([sys.executable, "-m", "demo.claims", FOLDER / "data"], check=True)  # noqa: S603
    page = (FOLDER / "report" / "index.html").resolve().as_uri()
    print(NEXT.format(page=page, data=FOLDER / "data").rstrip())
    print(f"\n({time.monotonic() - started:.0f} seconds)")


if __name__ == "__main__":
    main()
