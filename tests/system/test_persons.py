"""openclout person: link, list, show, unlink, as a user has them."""

import random
import time
from pathlib import Path
from typing import Any

import duckdb
import orjson
import pytest
from tests.system.conftest import Clout, Write

from openclout.cli.console import Row

PROOF = ("--proof", "https://ann.example/about")


def acts(accounts: int = 12) -> str:
    """Give acts on two networks; u0 is the most loved, and on the third nobody acts on her."""
    chance = random.Random(3)
    lines = ["network,kind,source,target,published,object"]
    for network in ("forum", "metro"):
        for n in range(accounts * 8):
            who, whom = chance.randrange(accounts), int(chance.random() ** 2 * accounts)
            lines.append(f"{network},like,u{who},u{whom},2026-0{n % 3 + 1}-1{n % 9},p{n}")
    lines += ["village,like,u0,nobody,2026-03-01,q", "village,like,u1,nobody,2026-03-01,q"]
    return "\n".join(lines) + "\n"


@pytest.fixture
def linked(clout: Clout, write: Write) -> Clout:
    """A folder in which u0 is one person on two networks."""
    clout.bring(write("acts.csv", acts()))
    clout.run("person", "link", "forum:u0", "metro:u0", *PROOF, code=0)
    clout.run("score", code=0)
    return clout


def explained(clout: Clout) -> dict[str, Any]:
    found: dict[str, Any] = orjson.loads(
        clout.run("explain", "forum:u0", "--person", "--json", code=0).out
    )
    return found


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("link", "forum:u0", "forum:nobody", *PROOF), 'no account "forum:nobody"'),
        (("link", "forum:u0", "forum:U0", *PROOF), "are one account"),
        (("link", "u0", "metro:u1", *PROOF), "may be 3 accounts"),
        (("link", "forum:u0", "metro:u0", "--proof", "ann.example"), "no web address"),
        (("link", "forum:u0", "metro:u0", "--proof", "ftp://ann.example/x"), "no web address"),
        (("link", "forum:u0", "metro:u0", "--proof", "https://a b"), "no web address"),
        (("link", "forum:u0", "metro:u0", "--proof", "https://[::1"), "no web address"),
        (("link", "forum:u0", "metro:u0"), "Missing option '--proof'"),
        (("unlink", "forum:u0", "metro:u1"), "no proof joins"),
        (("show", "forum:u0"), "nothing has been scored"),
    ],
)
def test_what_cannot_be_used_ends_in_a_sentence(
    clout: Clout, write: Write, words: tuple[str, ...], said: str
) -> None:
    clout.bring(write("acts.csv", acts()))
    outcome = clout.run("person", *words, code=2)
    assert said in outcome.err
    assert clout.rows("select count(*) from proofs") == [(0,)]


def test_who_opted_out_is_linked_with_nobody(linked: Clout, tmp_path: Path) -> None:
    linked.run("optout", "add", "metro:u0", code=0)
    assert linked.rows("select count(*) from proofs") == [(0,)]
    outcome = linked.run("person", "link", "forum:u0", "metro:u0", *PROOF, code=2)
    assert "has opted out" in outcome.err
    linked.run("person", "show", "forum:u0", code=2)
    out = tmp_path / "scores.csv"
    linked.run("score", "--out", out, code=0)
    assert "person," not in out.read_text(encoding="utf-8")


def test_proofs_are_transitive_and_taken_back(linked: Clout) -> None:
    linked.run("person", "link", "metro:u0", "village:u0", *PROOF, code=0)
    again = linked.run(
        "person", "link", "metro:u0", "forum:u0", "--proof", "http://b.example", code=0
    )
    assert "the proof is renewed: forum:u0, metro:u0, village:u0." in again.out
    rows = orjson.loads(linked.run("person", "list", "--json", code=0).out)
    assert [(row["person"], row["proof"]) for row in rows] == [
        (1, "https://ann.example/about"), (1, "http://b.example"),
    ][:: 1 if rows[0]["proof"] == PROOF[1] else -1]  # fmt: skip
    linked.run("person", "link", "forum:u0", "village:u0", *PROOF, code=0)
    still = linked.run("person", "unlink", "village:u0", "forum:u0", code=0)
    assert "others still join forum:u0, metro:u0, village:u0" in still.out
    gone = linked.run("person", "unlink", "village:u0", "metro:u0", code=0)
    assert "are no longer one person" in gone.out
    assert linked.rows("select count(*) from proofs") == [(1,)]


def test_the_accounts_contributions_add_up(linked: Clout) -> None:
    found = explained(linked)
    parts = found["contributions"]
    assert {part["account"] for part in parts} == {"forum:u0", "metro:u0"}
    assert found["base"] + sum(part["points"] for part in parts) == pytest.approx(
        found["score"], abs=1e-9
    )
    shown = round(found["score"], 1) - sum(part["shown"] for part in parts)
    person = found["person"]
    families = person["reach"] + person["amplification"] + person["network_points"]
    assert families + person["base"] == pytest.approx(person["score"], abs=1e-9)
    assert shown == pytest.approx(found["base"], abs=0.06)
    accounts = orjson.loads(linked.run("person", "show", "metro:u0", "--json", code=0).out)
    brings = sum(row["brings"] for row in accounts["accounts"])
    assert accounts["person"]["base"] + brings == pytest.approx(person["score"], abs=1e-9)


def test_an_empty_account_joins_and_nothing_moves(linked: Clout) -> None:
    before = explained(linked)
    linked.run("person", "link", "forum:u0", "village:u0", *PROOF, code=0)
    linked.run("score", code=0)
    after = explained(linked)
    same = ("score", "low", "high", "reach", "amplification", "network_points", "percentile")
    assert [before["person"][name] for name in same] == [after["person"][name] for name in same]
    assert after["contributions"] == before["contributions"]
    shown = linked.run("person", "show", "village:u0", code=0).out
    assert "a person of 3 accounts" in shown


def test_persons_are_ranked_and_compared(linked: Clout) -> None:
    rows: list[Row] = orjson.loads(linked.run("top", "--persons", "--json", code=0).out)
    names = [row["account"] for row in rows]
    assert "forum:u0 metro:u0" in names
    assert not [row for row in rows if row["account"] == "u0" and row["network"] != "village"]
    assert [row["score"] for row in rows] == sorted((row["score"] for row in rows), reverse=True)
    said = linked.run("compare", "--person", "forum:u0", "forum:u1", code=0).out
    assert "inside the noise" in said or "is above" in said
    assert "is joined with no other" in linked.run("show", "--person", "forum:u1", code=2).err


def test_neither_order_nor_numbers_matter(linked: Clout, new_clout: Any, write: Write) -> None:
    other = new_clout("other")
    header, *lines = acts().splitlines()
    random.Random(1).shuffle(lines)
    other.bring(write("again.csv", "\n".join([header, *lines]) + "\n"))
    other.run("person", "link", "metro:u0", "forum:u0", *PROOF, code=0)
    found = []
    for number, clout in enumerate((linked, linked, other)):
        out = clout.data.parent / f"out{number}.csv"
        clout.run("score", "--out", out, code=0)
        found.append(out.read_bytes())
    assert found[0] == found[1] == found[2]
    assert b"\nperson," in found[0]


@pytest.mark.slow
def test_ten_thousand_persons_take_no_loop(clout: Clout, write: Write) -> None:
    chance = random.Random(5)
    lines = ["network,kind,source,target,published"]
    for network in ("forum", "metro"):
        for _ in range(60_000):
            who, whom = chance.randrange(10_000), int(chance.random() ** 2 * 10_000)
            lines.append(f"{network},like,u{who},u{whom},2026-03-{chance.randrange(28) + 1:02}")
    clout.bring(write("acts.csv", "\n".join(lines) + "\n"))
    clout.run("score", code=0)
    alone = _seconds(clout)
    _link_all(clout)
    assert _seconds(clout) < 2 * alone + 2
    assert clout.run("person", "list", code=0).out.endswith(" 10,000 proofs\n")


def _link_all(clout: Clout) -> None:
    with duckdb.connect(str(clout.data / "warehouse.duckdb")) as session:
        session.execute(
            "insert into proofs select a.account, b.account, 'https://a.example'"
            " from accounts a join accounts b using (id) where a.network < b.network"
        )


def _seconds(clout: Clout) -> float:
    started = time.monotonic()
    clout.run("score", code=0)
    return time.monotonic() - started
