"""What is the same stays the same: files, acts, rows in another order, counts that have grown."""

import gzip
import io
import random
import tarfile
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest
from tests.system.conftest import HEADER, Clout, Write

NewClout = Callable[[str], Clout]


def community(seed: int = 1, acts: int = 1500) -> dict[str, list[str]]:
    """Give the lines of three tables: enough accounts for a curve of their own."""
    chance = random.Random(seed)
    people = [f"u{n}" for n in range(130)]
    weights = [1 / (n + 1) for n in range(130)]
    kinds = ("like", "share", "reply", "mention", "Announce", "view", "endorse")
    lines = []
    for n in range(acts):
        source = "" if n % 11 == 0 else chance.choice(people)
        target = chance.choices(people, weights)[0]
        post = f"{target}-{chance.randrange(5)}" if n % 3 else ""
        when = 1767225600 + chance.randrange(60 * 86400)
        name = f"a{n}" if n % 4 == 0 else ""
        value = "-2" if n % 37 == 0 else ""
        count = str(n % 9 + 1) if not source else ""
        lines.append(f"net,{chance.choice(kinds)},{source},{target},{when},{post},{name},"
                     f'{count},{value},"text, {n}",')  # fmt: skip
    posts = [f"net,{name}-{n},{name},2026-01-0{n + 1},{n * 7}" for name in people for n in range(5)]
    accounts = [f"net,{name},handle_{name},{len(name) * 100}" for name in people]
    return {"acts": lines, "posts": posts, "accounts": accounts}


HEADERS = {
    "acts": HEADER,
    "posts": "network,id,author,published,views\n",
    "accounts": "network,id,handle,followers\n",
}


def text(table: str, lines: list[str]) -> str:
    return HEADERS[table] + "\n".join(lines) + "\n"


@pytest.fixture
def folder(write: Write) -> Path:
    for table, lines in community().items():
        path = write(f"community/{table}.csv", text(table, lines))
    return path.parent


def scores(clout: Clout) -> bytes:
    out = clout.data.parent / "out" / f"{clout.data.name}.csv"
    clout.run("score", "--out", out, code=0)
    return out.read_bytes()


def test_importing_the_same_twice_changes_nothing(clout: Clout, folder: Path) -> None:
    first = clout.bring(folder)
    assert (first["kept"], first["duplicates"]) == (first["read"], 0)
    before, scored = clout.imported(), scores(clout)
    second = clout.bring(folder)
    assert (second["kept"], second["updated"]) == (0, 0)
    assert second["duplicates"] == second["read"] == first["read"]
    assert clout.imported() == before
    assert scores(clout) == scored


def test_scoring_twice_gives_the_same_bytes(clout: Clout, folder: Path) -> None:
    clout.bring(folder)
    assert scores(clout) == scores(clout)


@pytest.mark.parametrize("seed", [3, 4])
def test_the_order_of_rows_makes_no_difference(
    clout: Clout, new_clout: NewClout, folder: Path, write: Write, seed: int
) -> None:
    clout.bring(folder)
    other = new_clout("other")
    for table, lines in community().items():
        random.Random(seed).shuffle(lines)
        path = write(f"shuffled/{table}.csv", text(table, lines))
    other.bring(path.parent)
    assert scores(other) == scores(clout)


def test_the_order_of_files_makes_no_difference(
    clout: Clout, new_clout: NewClout, folder: Path
) -> None:
    clout.bring(folder)
    other = new_clout("other")
    for table in ("acts", "posts", "accounts"):
        other.bring(folder / f"{table}.csv")
    assert scores(other) == scores(clout)
    for table, content in clout.content().items():
        if table not in ("anchors", "files"):
            assert other.content()[table][0] == content[0], table


def test_equal_acts_in_one_file_stay_as_many(clout: Clout, write: Write) -> None:
    line = "net,like,bob,ann,2026-01-01T00:00:00Z,,,,,,\n"
    path = write("equal.csv", HEADER + line * 3)
    assert clout.bring(path)["kept"] == 3
    assert clout.bring(path)["duplicates"] == 3
    assert clout.rows("select count(*) from interactions") == [(3,)]


def test_an_act_with_an_id_is_one_wherever_it_comes_from(clout: Clout, write: Write) -> None:
    line = "net,like,bob,ann,2026-01-01T00:00:00Z,p1,a1,,,,\n"
    assert clout.bring(write("one.csv", HEADER + line * 2))["duplicates"] == 1
    other = "net,like,cat,ann,2026-01-01T00:00:00Z,p1,a1,,,,\n"  # another act, the same id
    again = clout.bring(write("two.csv", HEADER + line + other))
    assert (again["kept"], again["duplicates"]) == (1, 1)


def test_a_count_that_has_grown_is_renewed_and_not_added(clout: Clout, write: Write) -> None:
    line = "net,like,,ann,2026-01-01T00:00:00Z,p1,p1:likes,{},,,\n"
    assert clout.bring(write("may.csv", HEADER + line.format(5)))["kept"] == 1
    june = clout.bring(write("june.csv", HEADER + line.format(8)))
    assert (june["kept"], june["updated"]) == (0, 1)
    older = clout.bring(write("april.csv", HEADER + line.format(3)))
    assert older["duplicates"] == 1
    assert clout.rows("select count from interactions") == [(8,)]


def test_an_account_described_again_is_renewed(clout: Clout, write: Write) -> None:
    head = "network,id,handle,followers\n"
    clout.bring(write("may.csv", head + "net,1,ann,10\nnet,2,bob,20\n"))
    june = clout.bring(write("june.csv", head + "net,1,ann_new,11\nnet,2,bob,\n"))
    assert (june["kept"], june["updated"], june["duplicates"]) == (0, 1, 1)
    known = "select handle, followers from accounts order by id"
    assert clout.rows(known) == [("ann_new", 11), ("bob", 20)]


def packed(content: bytes, how: str) -> bytes:
    """Give a file that holds acts.csv, packed in some way."""
    made = io.BytesIO()
    if how == "zip":
        with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as archive:
            archive.writestr("a/acts.csv", content)
    elif how == "tar.gz":
        with tarfile.open(fileobj=made, mode="w:gz") as tape:
            entry = tarfile.TarInfo("acts.csv")
            entry.size = len(content)
            tape.addfile(entry, io.BytesIO(content))
    else:
        return gzip.compress(content)
    return made.getvalue()


@pytest.mark.parametrize("how", ["gz", "zip", "tar.gz"])
def test_a_file_is_the_same_however_it_is_packed(
    clout: Clout, folder: Path, write: Write, how: str
) -> None:
    first = clout.bring(folder / "acts.csv")
    content = (folder / "acts.csv").read_bytes()
    again = clout.bring(write(f"acts.csv.{how}", packed(content, how)))
    assert again["duplicates"] == again["read"] == first["read"]
    in_folder = write("packed/acts.csv.gz", gzip.compress(content)).parent
    assert clout.bring(in_folder)["duplicates"] == first["read"]


def test_what_was_refused_comes_in_when_the_file_is_read_rightly(
    clout: Clout, write: Write
) -> None:
    lines = [f"net,reply,u{n},ann,2026-01-01,,,,,{word},\n"
             for n, word in enumerate(["Tee", "K\xe4se", "Brot"])]  # fmt: skip
    path = write("latin.csv", (HEADER + "".join(lines)).encode("latin-1"))
    assert clout.bring(path, code=2)["rejected"] == 1
    assert len(clout.rejects()) == 1
    again = clout.bring(path, "--encoding", "latin-1")
    assert (again["kept"], again["duplicates"]) == (1, 2)
    assert clout.rejects() == []
