"""A small world in two networks, brought in and scored by the command line, as a user would."""

import csv
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from html.parser import HTMLParser
from pathlib import Path

import pytest
from click.testing import CliRunner

from openclout.cli import openclout
from openclout.cli.figures import PAGE

SCRIPT = "<script>alert(1)</script>"
IMAGE = '"><img src=x onerror=alert(2)>'
TURNED = "\u202eeve\x07"
"""A name that would turn the page's direction, and rings a bell."""
MOVED = {"ann": 39, SCRIPT: 36, IMAGE: 34, "dan": 31, "bob": 28, TURNED: 25, "cat": 22}
START = datetime(2026, 1, 1, tzinfo=UTC)
Act = tuple[str, str, datetime, str]


def acts() -> Iterator[Act]:
    """Give acts (source, target, time, network): the cast is moved by many, others by fewer."""
    for target, count in {**MOVED, **{f"p{n:02}": n // 2 for n in range(2, 40)}}.items():
        for n in range(count):
            for again in range(1 + n % 2):
                yield (f"p{n:02}", target, START + timedelta(days=80 - n - again), "chatter")
    for n in range(3):
        yield (f"q{n}", "lone", START + timedelta(days=70 + n), "islet")


def run(*words: str | Path) -> str:
    """Run a verb; give what it prints."""
    result = CliRunner().invoke(openclout, [str(word) for word in words])
    if result.exception and not isinstance(result.exception, SystemExit):
        raise result.exception
    assert result.exit_code == 0, result.output
    return result.output


def bring(folder: Path, rows: Iterator[Act] | list[Act], *score: str) -> Path:
    """Import acts into a new data folder and score them; give the data folder."""
    table = folder / "acts.csv"
    with table.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file)
        writer.writerow(["source", "target", "published", "kind", "network"])
        writer.writerows((*row[:2], row[2].isoformat(), "reply", row[3]) for row in rows)
    data = folder / "data"
    run("import", table, "--as", "interactions", "--data", data)
    run("score", *score, "--data", data)
    return data


def report(data: Path, *options: str) -> str:
    """Make the report of a data folder; give the page."""
    out = data.parent / "report"
    run("report", "--out", out, *options, "--data", data)
    return (out / PAGE).read_text(encoding="utf-8")


@pytest.fixture(scope="session")
def community(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The data folder of the small world; tests do not write to it."""
    return bring(tmp_path_factory.mktemp("community"), acts())


@pytest.fixture(scope="session")
def page(community: Path) -> str:
    """The report of the small world."""
    return report(community)


POSTS = (
    ("1", "ann", "A long day\nat the kettle", "https://chatter.example/ann/1"),
    ("2", "ann", SCRIPT, "javascript:alert(3)"),
    ("3", "bob", f"unbroken{'x' * 400}", "http://chatter.example/bob/3"),
    ("4", "bob", "", ""),
)


@pytest.fixture(scope="session")
def full_page(tmp_path_factory: pytest.TempPathFactory) -> str:
    """The report of the small world with all that a page can hold: posts, persons, who compares."""
    folder = tmp_path_factory.mktemp("full")
    data = bring(folder, acts())
    tables: dict[str, list[tuple[str, ...]]] = {
        "posts": [("id", "author", "text", "url", "published", "network")],
        "likes": [("source", "object", "published", "kind", "network")],
    }
    for number, author, text, url in POSTS:
        tables["posts"].append((number, author, text, url, "2026-03-01", "chatter"))
        tables["likes"] += [
            (f"p{n:02}", number, f"2026-03-{n:02}", "like", "chatter")
            for n in range(5, 30 - 4 * int(number))
        ]
    for name, rows in tables.items():
        with (folder / f"{name}.csv").open("w", encoding="utf-8", newline="") as file:
            csv.writer(file).writerows(rows)
        run("import", folder / f"{name}.csv", "--data", data)
    proof = ("--proof", "https://lone.example")
    run("person", "link", "chatter:bob", "islet:lone", *proof, "--data", data)
    run("score", "--data", data)
    names = (part for name in ("ann", "bob", IMAGE) for part in ("--compare", name))
    return report(data, *names, "--person")


class Elements(HTMLParser):
    """What a browser would find in a page: elements with their attributes, and texts by element."""

    def __init__(self, page: str) -> None:
        """Parse a page."""
        super().__init__()
        self.found: list[tuple[str, dict[str, str | None]]] = []
        self.texts: dict[str, list[str]] = {}
        self._open = ""
        self.feed(page)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Keep an element."""
        self.found.append((tag, dict(attrs)))
        self._open = tag

    def handle_data(self, data: str) -> None:
        """Keep a text under the element that began last."""
        self.texts.setdefault(self._open, []).append(data)
