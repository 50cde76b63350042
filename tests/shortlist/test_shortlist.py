"""Shortlists through the command line: kept, shown beside posts, exported, and forgotten."""

import csv
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import orjson
import pytest
from click.testing import CliRunner
from tests.report.conftest import Elements

from openclout.cli import openclout
from openclout.consent import Ledger
from openclout.errors import OpenCloutError
from openclout.shortlist import KEPT, Shortlists

EVIL = "<script>alert(1)</script>"
ACTS = "network,kind,source,target,published,object\n" + "".join(
    f"net,like,fan{n},{target},2026-01-0{1 + n % 5}T10:00:00Z,{post}\n"
    for target, post, fans in (("ann", "p1", 9), ("bob", "p2", 6), ("dan_the_gardener", "p3", 4))
    for n in range(fans)
)
POSTS = f"""network,id,author,published,text,tags,in_reply_to,url
net,p1,ann,2026-01-01,"Tea & {EVIL}",tea,,https://net.example/1
net,p2,bob,2026-01-01,=1+1,,,javascript:alert(1)
net,p3,dan_the_gardener,2026-01-01,beds,,,https://net.example/3
"""


def run(*words: str | Path, code: int = 0) -> str:
    """Run a verb; give what it prints, or the sentence of its error."""
    result = CliRunner().invoke(openclout, [str(word) for word in words], standalone_mode=False)
    if isinstance(result.exception, OpenCloutError):
        assert result.exception.code == code, result.exception
        return str(result.exception)
    if result.exception:
        raise result.exception
    assert (result.return_value or 0) == code, result.output
    return result.output


@pytest.fixture
def data(tmp_path: Path) -> Path:
    """A scored data folder."""
    for name, text in (("interactions", ACTS), ("posts", POSTS)):
        path = tmp_path / f"{name}.csv"
        path.write_text(text, encoding="utf-8")
        run("import", path, "--as", name, "--data", tmp_path / "data")
    run("score", "--data", tmp_path / "data")
    return tmp_path / "data"


def ask(data: Path, *words: str | Path, code: int = 0) -> str:
    """Run a verb of `shortlist`."""
    return run("shortlist", *words, "--data", data, code=code)


def people(data: Path, name: str) -> list[dict[str, Any]]:
    """Give who is on a list, as JSON has it."""
    found: list[dict[str, Any]] = orjson.loads(ask(data, "show", name, "--json"))["people"]
    return found


def test_a_list_keeps_whom_one_chose_and_the_numbers_are_those_of_the_last_score(
    data: Path,
) -> None:
    ask(data, "create", "Tea tasting", "--about", "whom to invite")
    assert "is on the list" in ask(data, "add", "tea tasting", "bob", "--note", "kind to newcomers")
    ask(data, "add", "Tea tasting", "net:ann")
    assert "note is renewed" in ask(data, "add", "Tea tasting", "bob", "--note", "kind, and funny")
    bob, ann = people(data, "Tea tasting")  # in the order in which they were added
    assert (bob["account"], bob["note"]) == ("bob", "kind, and funny")
    assert [post["text"] for post in ann["posts"]] == [f"Tea & {EVIL}"]
    assert ann["topics"][0].lower() == "tea"
    scores = orjson.loads(run("show", "ann", "--json", "--data", data))
    assert ann["score"] == scores["score"]
    assert "Tea tasting  2  whom to invite" in ask(data, "list")
    shown = ask(data, "show", "Tea tasting")
    assert "kind, and funny" in shown
    assert "https://net.example/1" in shown
    assert 'bob is off the list "Tea tasting"' in ask(data, "remove", "Tea tasting", "BOB")
    assert [row["account"] for row in people(data, "Tea tasting")] == ["ann"]
    assert "is gone" in ask(data, "delete", "Tea tasting")
    assert "0 lists" in ask(data, "list")


def test_exports_are_safe_to_open(data: Path, tmp_path: Path) -> None:
    ask(data, "create", "x", "--about", EVIL)
    ask(data, "add", "x", "ann", "--note", f"=cmd() {EVIL}")
    ask(data, "add", "x", "bob")
    ask(data, "export", "x", "--out", tmp_path / "x.csv")
    with (tmp_path / "x.csv").open(encoding="utf-8", newline="") as file:
        ann, bob = csv.DictReader(file)
    assert ann["note"].startswith("'=cmd()")
    assert float(ann["score"]) > float(bob["score"])
    assert bob["posts"].startswith("javascript:alert(1) =1+1")
    ask(data, "export", "x", "--out", tmp_path / "x.html")
    page = (tmp_path / "x.html").read_text(encoding="utf-8")
    found = Elements(page).found
    assert not [tag for tag, _ in found if tag in ("script", "img", "iframe")]
    assert [values["href"] for tag, values in found if tag == "a"] == ["https://net.example/1"]
    assert "&lt;script&gt;" in page
    assert "About tea" in page.replace("About Tea", "About tea")
    assert "default-src 'none'" in page


def test_who_opts_out_is_erased_with_the_name_in_notes(data: Path, tmp_path: Path) -> None:
    ask(data, "create", "friends of dan_the_gardener")
    ask(data, "create", "y")
    ask(data, "add", "y", "ann", "--note", "knows @dan_the_gardener well")
    ask(data, "add", "y", "dan_the_gardener", "--note", "beds")
    run("optout", "add", "net:dan_the_gardener", "--data", data)
    kept = (data / KEPT).read_bytes()
    assert b"dan_the_gardener" not in kept
    assert b"beds" not in kept
    (ann,) = people(data, "y")
    assert ann["note"] == "knows @… well"
    ask(data, "export", "y", "--out", tmp_path / "y.html")
    assert b"gardener" not in (tmp_path / "y.html").read_bytes()


def test_a_reader_honours_an_opt_out_that_erased_nothing_yet(data: Path) -> None:
    ask(data, "create", "z")
    ask(data, "add", "z", "ann")
    ask(data, "add", "z", "bob")
    Ledger(data).add([("net", "ann")], datetime(2026, 2, 1, tzinfo=UTC))
    assert [row["account"] for row in people(data, "z")] == ["bob"]
    assert "not on the list" in ask(data, "remove", "z", "carl", code=2)


def test_who_is_not_in_the_last_score_stays_without_a_number(data: Path, tmp_path: Path) -> None:
    ask(data, "create", "z")
    ask(data, "add", "z", "ann", "--note", "later")
    other = tmp_path / "other"
    (tmp_path / "one.csv").write_text(
        "network,kind,source,target,published\nnet,like,a,b,2026-01-01\n", encoding="utf-8"
    )
    run("import", tmp_path / "one.csv", "--data", other)
    run("score", "--data", other)
    (other / KEPT).write_bytes((data / KEPT).read_bytes())
    (ann,) = people(other, "z")
    assert ann["score"] is None
    assert "not in the last score" in ask(other, "show", "z")
    ask(other, "export", "z", "--out", tmp_path / "z.html")
    assert "No score: not in the last score" in (tmp_path / "z.html").read_text(encoding="utf-8")


@pytest.mark.parametrize(
    ("words", "says"),
    [
        (("create", "../etc"), '"../etc" is no name for a list'),
        (("create", ""), '"" is no name for a list'),
        (("create", "X"), 'there is a list "X" already'),
        (("add", "nope", "ann"), 'there is no list "nope"'),
        (("add", "x", "nobody"), 'there is no account "nobody"'),
        (("add", "x", "ann", "--note", "n" * 2001), "it has 2,001 letters"),
        (("remove", "x", "ann"), '"ann" is not on the list "x"'),
        (("show", "y"), 'there are "x"'),
        (("delete", "y"), 'there is no list "y"'),
        (("export", "x", "--out", "x.docx"), 'no ending that tells its format'),
    ],
)  # fmt: skip
def test_bad_input_is_answered_with_a_sentence(
    words: tuple[str, ...], says: str, data: Path
) -> None:
    ask(data, "create", "x")
    assert says in ask(data, *words, code=2)


def test_a_damaged_file_is_told(tmp_path: Path) -> None:
    (tmp_path / KEPT).write_text("{", encoding="utf-8")
    assert "cannot be read" in run("shortlist", "list", "--data", tmp_path, code=2)


def test_changes_at_once_all_arrive(tmp_path: Path) -> None:
    ledger = Ledger(tmp_path)

    def begin(number: int) -> None:
        Shortlists(tmp_path, ledger).create(f"list {number}", "")

    with ThreadPoolExecutor(8) as pool:
        list(pool.map(begin, range(24)))
    assert len(Shortlists(tmp_path, ledger).all()) == 24
