"""Stack Exchange dumps: what becomes of each row, damaged files, and the real dump row for row."""

import shutil
import tarfile
import xml.etree.ElementTree as ET
from collections import Counter
from pathlib import Path

import pytest
from tests.system.conftest import Clout

from openclout.connectors import stackexchange
from openclout.connectors.stackexchange.rows import SELECTS

TEA = Path(stackexchange.__file__).parent / "fixtures" / "tea.stackexchange.com"
NAMED = (
    "select i.kind::varchar, s.id, t.id, p.id, i.published::date::varchar, value"
    " from interactions i left join accounts s on s.account = i.source"
    " left join accounts t on t.account = i.target left join posts p on p.post = i.object"
    " order by all"
)


@pytest.fixture
def clout(tmp_path: Path) -> Clout:
    return Clout(tmp_path / "data")


@pytest.fixture
def tea(tmp_path: Path) -> Path:
    """A copy of the small dump, to be damaged."""
    return Path(shutil.copytree(TEA, tmp_path / "tea.stackexchange.com"))


def changed(path: Path, old: str, new: str) -> None:
    content = path.read_bytes()
    assert old.encode() in content
    path.write_bytes(content.replace(old.encode(), new.encode()))


def test_every_row_becomes_what_the_readme_says(clout: Clout) -> None:
    found = clout.bring(TEA)
    assert found["found"] == "a Stack Exchange data dump (stackexchange-tea)"
    assert clout.rows("select id, name from accounts order by id") == [
        ("1", "Ann"), ("2", 'Bob & "the Pot"'), ("3", "Cat"),
    ]  # fmt: skip
    posts = (
        "select p.id, a.id, p.text, p.tags, p.views, r.id from posts p left join accounts a"
        " on a.account = p.author left join posts r on r.post = p.in_reply_to"
        " where p.published is not null order by 1"
    )
    assert clout.rows(posts) == [
        ("1", "2", 'Steeping <green> tea  How long, how hot?   Id="99"',
         ["green-tea", "steeping"], 520, None),
        ("2", "1", "Two minutes.", [], None, "1"),
        ("3", None, "For ever.", [], None, "1"),
        ("6", None, "Community wiki.", [], None, "1"),
    ]  # fmt: skip
    assert clout.rows(NAMED) == [
        ("accept", "2", "1", "2", "2026-03-03", None),
        ("endorse", None, None, "3", "2026-03-03", -1.0),
        ("like", "3", "2", "1", "2026-03-04", None),
        ("like", None, "1", "2", "2026-03-03", None),
        ("like", None, "1", "2", "2026-03-03", None),
        ("like", None, None, "9", "2026-03-04", None),
        ("link", "1", "2", "1", "2026-03-04", None),
        ("link", None, "2", "1", "2026-03-04", None),
        ("reply", "1", "2", "1", "2026-03-02", None),
        ("reply", "2", "1", "2", "2026-03-03", None),
        ("reply", None, "1", "2", "2026-03-04", None),
        ("reply", None, "2", "1", "2026-03-03", None),
    ]


def test_private_fields_are_never_stored(clout: Clout) -> None:
    clout.bring(TEA)
    stored = str([clout.rows(f"from {name}") for name in ("accounts", "posts", "interactions")])
    for private in ("by the sea", "private", "Not really a person"):
        assert private not in stored


def test_what_is_passed_over_is_told(clout: Clout) -> None:
    notes = clout.bring(TEA)["notes"]
    assert notes[-1] == (
        "tea.stackexchange.com: passed over by design: 1 Users (the Community process), 1 Posts 4"
        " (tag wiki excerpt), 1 Posts 5 (tag wiki), 1 Posts (the Community process), 1 Comments"
        " (the Community process), 1 Votes 6 (close), 1 Votes 8 (bounty start), 1 PostLinks 3"
        " (duplicate)"
    )


def test_a_dump_that_breaks_off_keeps_its_whole_rows(clout: Clout, tea: Path) -> None:
    content = (tea / "Votes.xml").read_bytes()
    (tea / "Votes.xml").write_bytes(content[: content.index(b'Id="4"') + 30])
    found = clout.bring(tea, code=2)
    assert [(row["place"], row["line"], row["reason"]) for row in clout.rejects()] == [
        ("tea.stackexchange.com/Votes.xml", "6", "the row is cut off, or not alone on its line"),
        ("tea.stackexchange.com/Votes.xml", "7", "the file ends before </votes>"),
    ]
    assert found["tables"] == {"accounts": 3, "posts": 4, "interactions": 9}
    assert "download the dump again" in clout.rejects()[0]["fix"]


FAULTS = {
    "a row over two lines": (' Title="', '\n Title="', 2),
    "two rows on one line": ('" AnswerCount="2" />\r\n', '" AnswerCount="2" />', 1),
    "an odd word between": ("</posts>", "hello\r\n</posts>", 1),
    "no id": ('<row Id="2" PostTypeId', '<row Ident="2" PostTypeId', 1),
    "a day in 1700": ('CreationDate="2026-03-01', 'CreationDate="1700-03-01', 1),
    "no letters": ("Two minutes", "Two\udcffminutes", 1),
}


@pytest.mark.parametrize("fault", FAULTS)
def test_a_fault_costs_its_own_row(clout: Clout, tea: Path, fault: str) -> None:
    old, new, lines = FAULTS[fault]
    path = tea / "Posts.xml"
    content = path.read_bytes()
    assert old.encode() in content
    path.write_bytes(content.replace(old.encode(), new.encode("utf-8", "surrogateescape"), 1))
    found = clout.bring(tea, code=2)
    rejects = [row for row in clout.rejects() if row["place"].endswith("Posts.xml")]
    assert len({row["line"] for row in rejects}) == lines
    assert found["tables"]["accounts"] == 3
    assert found["tables"]["posts"] in (2, 3, 4)


@pytest.mark.parametrize(
    "declared",
    ['<!DOCTYPE posts [<!ENTITY lol "lol">]>', '<!DOCTYPE posts SYSTEM "file:///etc/passwd">'],
)
def test_entities_are_refused(clout: Clout, tea: Path, declared: str) -> None:
    changed(tea / "Posts.xml", "<posts>", f"{declared}\r\n<posts>")
    said = clout.run("import", tea, code=2).err
    assert "tea.stackexchange.com/Posts.xml: the XML declares a document type or entities" in said
    assert clout.rows("select count(*) from accounts") == [(0,)]


def test_several_sites_are_several_networks(clout: Clout, tmp_path: Path) -> None:
    names = ("3dprinting.stackexchange.com", "tea.meta.stackexchange.com", "es.stackoverflow.com")
    for name in names:
        shutil.copytree(TEA, tmp_path / "sites" / name)
    found = clout.bring(tmp_path / "sites")
    networks = ["stackexchange-3dprinting", "stackexchange-es-stackoverflow",
                "stackexchange-tea-meta"]  # fmt: skip
    assert found["found"] == f"a Stack Exchange data dump ({', '.join(networks)})"
    each = clout.rows("select network, count(*) from accounts group by 1 order by 1")
    assert each == [(name, 3) for name in networks]
    assert clout.rows("select count(*) from interactions") == [(36,)]
    authors = "select count(*) from interactions i join accounts s on s.account = i.source join"
    strangers = f"{authors} accounts t on t.account = i.target where s.network <> t.network"
    assert clout.rows(strangers) == [(0,)]


@pytest.mark.parametrize(
    ("folder", "network"),
    [
        ("beer-2020", "stackexchange-beer"),
        ("stackexchange-tea", "stackexchange-tea"),
        ("Tea.StackExchange.com", "stackexchange-tea"),
        ("stackoverflow.com-Posts", "stackexchange-stackoverflow"),
        ("askubuntu.com", "stackexchange-askubuntu"),
    ],
)
def test_a_network_is_named_after_its_site(
    clout: Clout, tmp_path: Path, folder: str, network: str
) -> None:
    shutil.copytree(TEA, tmp_path / folder)
    clout.bring(tmp_path / folder)
    assert clout.rows("select distinct network from accounts") == [(network,)]


def test_a_dump_without_some_of_its_files(clout: Clout, tea: Path) -> None:
    for name in ("Users", "Votes", "PostLinks"):
        (tea / f"{name}.xml").unlink()
    found = clout.bring(tea)
    assert found["tables"]["posts"] == 4
    assert "tea.stackexchange.com: without Users.xml, Votes.xml, PostLinks.xml" in found["notes"]


@pytest.mark.shared
def test_every_row_of_a_real_dump_is_accounted_for(
    clout: Clout, shared: Path, tmp_path: Path
) -> None:
    """Counted by another parser: what is kept and what is passed over are all the rows."""
    archive = shared / "stackexchange" / "beer-2020.tar.xz"
    found = clout.bring(archive)
    with tarfile.open(archive) as packed:
        packed.extractall(tmp_path, filter="data")
    rows = {
        file: [dict(row.attrib) for row in ET.parse(tmp_path / f"beer-2020/{file}.xml").getroot()]  # noqa: S314
        for file in SELECTS
    }
    posts = Counter(row["PostTypeId"] for row in rows["Posts"])
    votes = Counter(row["VoteTypeId"] for row in rows["Votes"])
    links = Counter(row["LinkTypeId"] for row in rows["PostLinks"])
    of_nobody = {row["Id"] for row in rows["Posts"] if row.get("OwnerUserId") == "-1"}
    answers = [row for row in rows["Posts"] if row["PostTypeId"] == "2"]
    acts = {
        "answers": sum(row["Id"] not in of_nobody for row in answers),
        "comments": sum(row.get("UserId") != "-1" for row in rows["Comments"]),
        "votes": sum(votes[kind] for kind in ("1", "2", "3", "5")),
        "links": sum(row["LinkTypeId"] == "1" and row["PostId"] not in of_nobody
                     for row in rows["PostLinks"]),
    }  # fmt: skip
    assert found["tables"] == {
        "accounts": len(rows["Users"]) - 1,
        "posts": posts["1"] + posts["2"],
        "interactions": sum(acts.values()),
    }
    assert found["rejected"] == found["duplicates"] == 0
    told = next(note for note in found["notes"] if "passed over by design" in note)
    passed = [f"{count:,} Votes {kind} (" for kind, count in votes.items() if int(kind) not in
              (1, 2, 3, 5)] + [f"{count:,} Posts {kind} (" for kind, count in posts.items()
              if kind not in "12"] + [f"{links['3']:,} PostLinks 3 ("]  # fmt: skip
    assert all(part in told for part in passed)
