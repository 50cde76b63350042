"""Styles of a made-up network, through the real import and the command line."""

import csv
import random
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import orjson
import pytest
from click.testing import CliRunner

from openclout.cli import openclout
from openclout.snapshot.writer import TABLES

START = datetime(2026, 1, 5, tzinfo=UTC)
WEEKS = 20
Row = tuple[object, ...]
ACTS = ("source", "target", "published", "kind", "object")
POSTS = ("id", "author", "published", "tags", "in_reply_to")


def run(*words: str | Path, code: int = 0) -> str:
    """Run a verb; give what it prints."""
    result = CliRunner().invoke(openclout, [str(word) for word in words])
    if result.exception and not isinstance(result.exception, SystemExit):
        if code:
            return f"{type(result.exception).__name__}: {result.exception}"
        raise result.exception
    assert result.exit_code == code, result.output
    return result.output


def people(seed: int, count: int) -> Iterator[tuple[str, list[Row], list[Row]]]:
    """Give accounts with all kinds of habits: name, acts and posts."""
    rng = random.Random(seed)
    for number in range(count):
        name = f"s{seed}n{number}"
        shares, talks, wide, often = (rng.random() for _ in range(4))
        acts: list[Row] = []
        posts: list[Row] = []
        for week in range(WEEKS):
            for day in range(7) if rng.random() < 0.2 + 0.8 * often else ():
                at = (START + timedelta(weeks=week, days=day, hours=number % 20)).isoformat()
                friend = f"s{seed}n{rng.randrange(2 + int(wide * count))}"
                if rng.random() < shares:
                    acts.append((name, friend, at, "share", ""))
                elif rng.random() < talks:
                    acts.append((name, friend, at, "reply", ""))
                else:
                    posts.append((f"{name}p{week}.{day}", name, at, f"tag{int(wide * 9)}", ""))
        yield name, acts, posts


def clear_cut() -> Iterator[tuple[str, list[Row], list[Row]]]:
    """Give two who are as different as can be: one only passes on, one only writes."""
    days = [START + timedelta(days=day) for day in range(7 * WEEKS)]
    curator: list[Row] = [("kim", "s1n1", at.isoformat(), "share", "") for at in days]
    yield "kim", curator, []
    wide: list[Row] = [
        (f"lou{n}", "lou", at.isoformat(), f"t{n}", "") for n, at in enumerate(days) if n % 30 < 4
    ]
    heard: list[Row] = [("kim", "lou", at.isoformat(), "like", "lou0") for at in days[::40]]
    yield "lou", heard, wide


def bring(folder: Path, made: list[tuple[str, list[Row], list[Row]]], data: Path) -> None:
    """Import acts and posts."""
    folder.mkdir(parents=True, exist_ok=True)
    tables = (("interactions", ACTS, 1), ("posts", POSTS, 2))
    for kind, head, place in tables:
        path = folder / f"{kind}.csv"
        with path.open("w", encoding="utf-8", newline="") as file:
            rows = [row for one in made for row in one[place]]
            csv.writer(file).writerows([head, *rows])
        run("import", path, "--as", kind, "--network", "net", "--data", data)


@pytest.fixture(scope="module")
def data(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A scored data folder; tests do not write to it."""
    folder = tmp_path_factory.mktemp("styles")
    bring(folder / "in", [*people(1, 45), *clear_cut()], folder / "data")
    run("score", "--data", folder / "data")
    return folder / "data"


def shown(data: Path, handle: str, *options: str) -> dict[str, Any]:
    """Give an account's style as JSON has it."""
    found: dict[str, Any] = orjson.loads(run("show", handle, "--json", *options, "--data", data))
    style: dict[str, Any] = found["style"]
    return style


def test_who_only_passes_on_shares_and_who_only_writes_creates(data: Path) -> None:
    kim, lou = shown(data, "kim"), shown(data, "lou")
    assert kim["key"] == "curator"  # only shares, one person's, every day
    assert kim["places"]["creating"] < 0.1
    assert kim["places"]["consistent"] > 0.9
    assert (
        lou["key"] == "dabbler"
    )  # only writes, to nobody, of ever new things, in one week of four
    assert lou["places"]["creating"] > 0.8
    assert lou["places"]["participating"] < 0.2
    assert lou["places"]["focused"] < 0.2
    assert lou["places"]["consistent"] < 0.5


def test_the_people_are_spread_over_the_matrix(data: Path, tmp_path: Path) -> None:
    rows = exported(data, tmp_path / "out.csv")
    styles = [row["style"] for row in rows.values() if row["style"]]
    assert len(styles) > 40
    assert len(set(styles)) >= 8
    for axis in ("creating", "participating", "focused", "consistent"):
        high = sum(float(row[axis]) >= 0.5 for row in rows.values() if row["style"])
        assert 0.3 < high / len(styles) < 0.7


def exported(data: Path, out: Path, *options: str) -> dict[str, dict[str, str]]:
    """Score into a file; give its rows by account."""
    run("score", "--out", out, *options, "--data", data)
    with out.open(encoding="utf-8") as file:
        return {row["account"]: row for row in csv.DictReader(file)}


STYLE = ("style", "creating", "participating", "focused", "consistent", "no_style")


def test_neither_the_order_of_rows_nor_earlier_runs_matter(data: Path, tmp_path: Path) -> None:
    made = [*people(1, 45), *clear_cut()]
    random.Random(7).shuffle(made)
    other = tmp_path / "other"
    bring(tmp_path / "in", made, other)
    mine, theirs = (exported(folder, tmp_path / "o.csv") for folder in (data, other))
    assert {name: [row[part] for part in STYLE] for name, row in mine.items()} == {
        name: [row[part] for part in STYLE] for name, row in theirs.items()
    }
    again = exported(data, tmp_path / "p.csv", "--as-of", "2026-04-20")
    back = exported(data, tmp_path / "q.csv")
    assert any(again[name]["creating"] != mine[name]["creating"] for name in again)
    assert back == mine


def test_nobody_changes_because_others_came_until_it_is_calibrated(tmp_path: Path) -> None:
    data = tmp_path / "data"
    bring(tmp_path / "in", [*people(1, 45), *clear_cut()], data)
    before = exported(data, tmp_path / "a.csv")
    sharers = [
        (name, [row for row in acts if row[3] == "share"], posts[:1])
        for name, acts, posts in people(2, 60)
    ]
    bring(tmp_path / "more", sharers, data)
    after = exported(data, tmp_path / "b.csv")
    for name, row in before.items():
        assert [row[part] for part in STYLE] == [after[name][part] for part in STYLE]
    said = run("calibrate", "--data", data)
    assert "Styles are cut anew on net" in said
    renewed = exported(data, tmp_path / "c.csv")
    assert any(renewed[name]["creating"] != row["creating"] for name, row in before.items())


@pytest.mark.parametrize(
    ("kinds", "with_posts", "says"),
    [
        (("reply",), False, "no posts of their own are known"),
        (("reply",), True, "nobody is known to share, like, link or accept"),
        (("share",), True, "no replies and mentions are known"),
        ((), True, "nobody is known to share"),
    ],
)
def test_an_axis_that_cannot_be_measured_gives_no_style_and_says_why(
    kinds: tuple[str, ...], with_posts: bool, says: str, tmp_path: Path
) -> None:
    made = [
        (name, [row for row in acts if row[3] in kinds], posts if with_posts else [])
        for name, acts, posts in people(3, 12)
    ]
    data = tmp_path / "data"
    bring(tmp_path / "in", made, data)
    run("score", "--data", data)
    style = shown(data, "s3n1")
    assert style["key"] is None
    assert says in style["why_none"]


def test_too_few_days_and_too_short_a_time_say_so(tmp_path: Path) -> None:
    data = tmp_path / "data"
    at = START.isoformat()
    acts: list[Row] = [("mia", "noa", at, "share", ""), ("noa", "mia", at, "reply", "")]
    posts: list[Row] = [("p1", "mia", at, "", "")]
    bring(tmp_path / "in", [("mia", acts, posts)], data)
    run("score", "--data", data)
    assert "too short a time" in shown(data, "noa")["why_none"]
    late = (START + timedelta(days=60)).isoformat()
    bring(tmp_path / "more", [("mia", [("mia", "noa", late, "share", "")], [])], data)
    run("score", "--data", data)
    assert "fewer than three days" in shown(data, "noa")["why_none"]
    assert "drei Tage" in shown(data, "noa", "--lang", "de")["why_none"]


def test_explain_draws_the_matrix_and_speaks_german(data: Path) -> None:
    said = run("explain", "lou", "--data", data)
    assert "● Dabbler" in said
    assert "┼●" in said or "●" in said.splitlines()[-1]
    german = run("explain", "lou", "--lang", "de", "--data", data)
    assert "● Tüftler:in" in german
    assert orjson.loads(run("explain", "lou", "--json", "--data", data))["style"]["row"] == 3
    assert 'no texts in "fr"' in run("show", "lou", "--lang", "fr", "--data", data, code=2)


def test_the_report_has_the_matrix_with_the_leaders(data: Path, tmp_path: Path) -> None:
    run("report", "--out", tmp_path, "--data", data)
    page = (tmp_path / "index.html").read_text(encoding="utf-8")
    assert page.count("Matrix of 16 styles") == 2  # wide and narrow
    assert ">Conversationalist<" in page
    leader = orjson.loads(run("top", "--json", "--limit", "1", "--data", data))[0]
    style = shown(data, leader["account"])
    row = page[page.index("The styles of the leaders") :]
    assert (
        f'<td>1</td><th scope="row"><bdi>{leader["label"]}</bdi></th><td>{style["name"]}</td>'
        in row
    )


def test_who_opts_out_has_no_style_left_anywhere(tmp_path: Path) -> None:
    data = tmp_path / "data"
    bring(tmp_path / "in", [*people(1, 40), *clear_cut()], data)
    run("score", "--data", data)
    assert "styles" in TABLES
    before = styles_of(data)
    run("optout", "add", "net:kim", "--data", data)
    after = styles_of(data)
    assert len(after) == len(before) - 1
    assert before.count("curator") == after.count("curator") + 1


def styles_of(data: Path) -> list[str | None]:
    """Read the styles of the published snapshot as they lie on the disk."""
    import duckdb

    folder = data / "snapshots" / (data / "snapshot").read_text(encoding="ascii").strip()
    with duckdb.connect() as session:
        path = folder / "styles.parquet"
        return [row[0] for row in session.execute(f"select style from '{path}'").fetchall()]
