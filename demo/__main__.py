"""Write the community: python -m demo --out DIR [--seed 7] [--as-of 2026-06-30]."""

import argparse
from collections.abc import Sequence
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

from demo.chat import write_chat
from demo.discourse import write_discourse
from demo.github import write_github
from demo.mastodon import write_mastodon
from demo.stackexchange import write_stackexchange
from demo.x import write_x

README = """An invented community, for trying OpenClout
==========================================
Nobody in here exists. Names, texts and acts are made by `python -m demo`, the same for the same
--seed and --as-of; each network's data is in the format in which the real network gives it out.

stackexchange-tea/       a question-and-answer site about tea: Stack Exchange data dump (XML)
discourse-allotment/     a forum of an allotment garden: SourceCred instance, Discourse plug-in
github-kettle/           the firmware of a kettle: GitHub REST backup (JSON per issue and pull)
mastodon-ann.zip         the Mastodon account @ann@tea.example: its own export
x-bob.zip                the X account of Bob: its own archive, where reactions are only counted
chat-interactions.csv    chatterhub, a network in three tables: who did what to whom, and when,
chat-accounts.csv        who they are,
chat-posts.csv           and what they wrote

Whom to look for in chatterhub
ann    many followers, and many different people answer her
bob    small and loved: eleven friends come back every week
cat    loud and unread: thousands of posts and replies, hardly an answer
teabot a declared bot that likes everything about tea
dan    liked by some; he wants no score: openclout optout add chatterhub:dan
eve    bought 300 fake accounts that all liked her within two days, 40 days before the end
"""


def main(arguments: Sequence[str] | None = None) -> None:
    """Read the command line and write everything."""
    parser = argparse.ArgumentParser(prog="python -m demo", description=__doc__)
    parser.add_argument("--out", type=Path, required=True, metavar="DIR", help="an own folder")
    parser.add_argument("--seed", type=int, default=7, help="another seed, another community")
    parser.add_argument(
        "--as-of", type=_day, default=date(2026, 6, 30), metavar="DATE",
        help="the last day that has data (default 2026-06-30)",
    )  # fmt: skip
    given = parser.parse_args(arguments)
    write_community(given.out, given.as_of, given.seed)


def write_community(out: Path, as_of: date, seed: int) -> None:
    """Write all exports into a folder; `as_of` is the last day, in UTC, that has data."""
    out.mkdir(parents=True, exist_ok=True)
    end = datetime(as_of.year, as_of.month, as_of.day, tzinfo=UTC) + timedelta(days=1)
    write_stackexchange(out / "stackexchange-tea", end, seed)
    write_discourse(out / "discourse-allotment", end, seed)
    write_github(out / "github-kettle", end, seed)
    write_mastodon(out / "mastodon-ann.zip", end, seed)
    write_x(out / "x-bob.zip", end, seed)
    write_chat(out, end, seed)
    (out / "README.txt").write_text(README, encoding="utf-8")


def _day(text: str) -> date:
    try:
        return date.fromisoformat(text)
    except ValueError:
        problem = f'"{text}" is not a day; write it like 2026-06-30'
        raise argparse.ArgumentTypeError(problem) from None


if __name__ == "__main__":
    main()
