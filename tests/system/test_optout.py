"""Who opts out is gone: from the folder's every byte, from every output, and stays so."""

from pathlib import Path

import duckdb
import pytest
from tests.system.conftest import HEADER, Clout, Write

DAN = ("dan_the_gardener", "acct-dan-7781", "Dan Deepdigger")
ACCOUNTS = """network,id,handle,name
net,acct-ann-1,ann,Ann
net,acct-bob-2,bob,Bob (friend of @dan_the_gardener)
net,acct-dan-7781,dan_the_gardener,Dan Deepdigger
"""
POSTS = """network,id,author,published,text,tags,in_reply_to,url
net,p1,acct-ann-1,2026-01-01,"Thank you @dan_the_gardener, and @Dan_The_Gardener!","beds dan_the_gardener",,https://net.example/ann/1
net,p2,acct-bob-2,2026-01-02,see https://net.example/@dan_the_gardener/9 (dan_the_gardener),,https://net.example/@dan_the_gardener/9,https://net.example/bob/2
net,p3,acct-dan-7781,2026-01-02,I am dan_the_gardener,,,https://net.example/dan_the_gardener/3
net,p4,acct-bob-2,2026-01-03,"@danny_boy and dan_the_gardeners club, acct-dan-7781",,p3,https://net.example/dan_the_gardener/wall/4
"""
ACTS = (
    HEADER
    + """net,like,acct-dan-7781,acct-ann-1,2026-01-03T10:00:00Z,p1,,,,,
net,reply,acct-bob-2,acct-ann-1,2026-01-03T11:00:00Z,p1,r1,,,"as @dan_the_gardener. said",
net,like,acct-bob-2,acct-dan-7781,2026-01-03T12:00:00Z,p3,,,,,
net,share,acct-ann-1,,2026-01-03T13:00:00Z,p3,,,,,
net,like,acct-ann-1,acct-bob-2,2026-01-04T13:00:00Z,p2,,,,,
net,frown,acct-dan-7781,acct-ann-1,2026-01-03T10:00:00Z,p1,,,,"@dan_the_gardener",
net,like,acct-ann-1,,2026-01-05T13:00:00Z,https://net.example/@dan_the_gardener/9,,,,,
"""
)


@pytest.fixture
def export(write: Write) -> Path:
    """A community of which Dan is part, as a folder of tables."""
    for name, text in (("accounts", ACCOUNTS), ("posts", POSTS), ("acts", ACTS)):
        path = write(f"export/{name}.csv", text)
    return path.parent


def traces(folder: Path, words: tuple[str, ...] = DAN) -> list[str]:
    """Give where a name of Dan's still stands in any file, as bytes or as what it unpacks to."""
    found = []
    for path in sorted(folder.rglob("*")) if folder.is_dir() else [folder]:
        if path.is_file():
            content = path.read_bytes() + unpacked(path).encode()
            content = content.lower().replace(b"dan_the_gardeners club", b"")
            found += [f"{path.name}: {word}" for word in words if word.lower().encode() in content]
    return found


def unpacked(path: Path) -> str:
    """Give the rows of a Parquet file or a warehouse, whose pages are compressed."""
    with duckdb.connect() as session:
        if path.suffix == ".parquet":
            return str(session.execute(f"from read_parquet('{path}')").fetchall())
        if path.suffix != ".duckdb":
            return ""
        session.execute(f"attach '{path}' as w (read_only); use w")
        tables = session.execute("select table_name from duckdb_tables()").fetchall()
        return str([session.execute(f"from {table}").fetchall() for (table,) in tables])


def test_the_whole_folder_forgets_a_known_account(
    clout: Clout, export: Path, tmp_path: Path
) -> None:
    clout.bring(export, code=2)
    clout.run("score", "--out", tmp_path / "scores.csv", code=0)
    assert len(traces(clout.data)) >= 6  # warehouse, rejects, snapshot
    clout.run("optout", "add", "net:dan_the_gardener", code=0)
    assert traces(clout.data) == []
    clout.run("score", "--out", tmp_path / "scores.csv", code=0)
    assert traces(clout.data) == []
    assert traces(tmp_path / "scores.csv") == []


def test_nobody_else_is_lost(clout: Clout, export: Path) -> None:
    clout.bring(export, code=2)
    clout.run("score", code=0)
    before = clout.run("top", "--limit", "50", "--csv").out
    clout.run("optout", "add", "net:nobody_of_that_name", code=0)
    assert clout.run("top", "--limit", "50", "--csv").out == before
    assert clout.rows("select count(*) from accounts") == [(3,)]


@pytest.mark.parametrize("name", ["net:dan_the_gardener", "NET:@Dan_the_Gardener"])
def test_an_account_that_is_not_known_yet_never_comes_in(
    clout: Clout, export: Path, name: str
) -> None:
    said = clout.run("optout", "add", name, code=0).out
    assert "nothing of it was stored" in said
    found = clout.bring(export, code=2)
    assert traces(clout.data) == []
    # his account, his post, his like, the like and the share he was given
    assert found["withheld"] == 5
    assert clout.rows("select count(*) from accounts where id not like 'acct-%'") == [(0,)]


def test_an_id_is_as_good_as_a_handle(clout: Clout, export: Path) -> None:
    clout.run("optout", "add", "net:acct-dan-7781", code=0)
    clout.bring(export, code=2)
    assert traces(clout.data) == []


def test_what_arrives_before_the_handle_is_known_goes_when_it_is(
    clout: Clout, export: Path
) -> None:
    clout.run("optout", "add", "net:dan_the_gardener", code=0)
    clout.bring(export / "acts.csv", code=2)
    clout.bring(export / "posts.csv")
    clout.run("score", code=0)
    assert "acct-dan-7781" in str(traces(clout.data))  # by his id nobody could know him
    clout.bring(export / "accounts.csv")
    assert traces(clout.data) == []


def test_importing_again_brings_nothing_back(clout: Clout, export: Path) -> None:
    clout.bring(export, code=2)
    clout.run("optout", "add", "net:acct-dan-7781", code=0)
    before = clout.content()
    clout.bring(export, code=2)
    assert traces(clout.data) == []
    assert clout.content() == before


def test_a_renamed_account_stays_out(clout: Clout, export: Path, write: Write) -> None:
    clout.bring(export, code=2)
    clout.run("optout", "add", "net:dan_the_gardener", code=0)
    clout.bring(write("new.csv", "network,id,handle\nnet,acct-dan-7781,dan_digs_anew\n"))
    renamed = ("dan_digs_anew", "acct-dan-9999")
    # the ledger has learnt the new handle, and from that another id
    clout.bring(write("newer.csv", "network,id,handle\nnet,acct-dan-9999,dan_digs_anew\n"))
    acts = HEADER + "net,like,acct-dan-9999,acct-ann-1,2026-01-09,,,,,hi @dan_digs_anew,\n"
    assert clout.bring(write("late.csv", acts))["withheld"] == 1
    assert traces(clout.data, (*DAN, *renamed)) == []


def test_acts_of_who_left_no_longer_count_for_others(
    clout: Clout, export: Path, tmp_path: Path
) -> None:
    clout.bring(export, code=2)
    clout.run("score", "--out", tmp_path / "before.csv", code=0)
    clout.run("optout", "add", "net:acct-dan-7781", code=0)
    clout.run("score", "--out", tmp_path / "after.csv", code=0)
    people = [
        clout.ask(f"select engagers from '{tmp_path}/{name}.csv' where handle = 'ann'")
        for name in ("before", "after")
    ]
    assert people == [[(2.0,)], [(1.0,)]]


def test_no_reader_shows_the_name(clout: Clout, export: Path) -> None:
    clout.bring(export, code=2)
    clout.run("score", code=0)
    clout.run("optout", "add", "net:dan_the_gardener", code=0)
    commands = [("top",), ("show", "ann"), ("explain", "ann"), ("explain", "bob", "--json"),
                ("show", "bob", "--json"), ("compare", "ann", "bob"), ("optout", "list"),
                ("optout", "list", "--json")]  # fmt: skip
    for command in commands:
        shown = clout.run(*command, code=0)
        assert not [name for name in DAN if name in (shown.out + shown.err)], command
    for name in DAN:
        missing = clout.run("show", name, code=2)
        assert "there is no account" in missing.err
        assert missing.err.count(name) == 1  # only what was asked for


def test_an_optout_can_be_taken_back(clout: Clout, export: Path) -> None:
    clout.bring(export, code=2)
    whole = clout.content()
    clout.run("optout", "add", "net:dan_the_gardener", code=0)
    assert clout.content()["accounts"] != whole["accounts"]
    clout.run("optout", "remove", "net:acct-dan-7781", code=0)
    assert "0 opt-outs" in clout.run("optout", "list").out
    clout.bring(export, code=2)
    found = clout.content()
    assert found["accounts"] == whole["accounts"]
    assert found["interactions"][0] == whole["interactions"][0]
    again = clout.run("optout", "remove", "net:dan_the_gardener", code=2)
    assert "no opt-out is known" in again.err


def test_a_one_off_score_honours_the_folder(clout: Clout, export: Path, tmp_path: Path) -> None:
    clout.run("optout", "add", "net:dan_the_gardener", code=0)
    out = tmp_path / "scores.csv"
    shown = clout.run("score", export, "--out", out, code=2)
    assert traces(out) == []
    assert traces(clout.data) == []
    assert not [name for name in DAN if name in shown.out + shown.err]


def test_a_person_of_whom_one_account_left_is_no_longer_shown_as_one(
    clout: Clout, export: Path
) -> None:
    clout.bring(export, code=2)
    with duckdb.connect(str(clout.data / "warehouse.duckdb")) as session:
        of = "(select account from accounts where handle = '{}')"
        joined = f"{of.format('ann')}, {of.format('dan_the_gardener')}, ''"
        session.execute(f"insert into proofs values ({joined})")
    clout.run("score", code=0)
    clout.run("optout", "add", "net:dan_the_gardener", code=0)
    assert traces(clout.data) == []
