"""Tables: headers, columns without one, times and numbers in all their forms, four file formats."""

from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import duckdb
import orjson
import pytest
from tests.system.conftest import Clout

from openclout.connector import Reading
from openclout.connectors import table
from openclout.connectors.table.columns import Mapping, read_mapping
from openclout.connectors.table.dialect import read_dialect, read_lines

FIXTURES = Path(table.__file__).parent / "fixtures"
NAMED = (
    "select i.kind::varchar, s.id, t.id, p.id, i.published, count, value, i.text, i.tags"
    " from interactions i left join accounts s on s.account = i.source"
    " left join accounts t on t.account = i.target left join posts p on p.post = i.object"
    " order by i.file, i.row"
)


@pytest.fixture
def clout(tmp_path: Path) -> Clout:
    return Clout(tmp_path / "data")


def at(*parts: int) -> datetime:
    return datetime(*parts)  # type: ignore[arg-type]  # noqa: DTZ001


def test_interactions_of_every_kind(clout: Clout) -> None:
    clout.bring(FIXTURES / "interactions.csv")
    assert clout.rows(NAMED) == [
        ("like", "bob", "ann", "ann-1", at(2026, 3, 1, 10), 1, None, None, None),
        ("like", "bob", "ann", "ann-1", at(2026, 3, 1, 10), 1, None, None, None),
        ("share", "cat", "ann", "ann-1", at(2026, 3, 1, 10), 1, None, None, None),
        ("reply", "ann", "bob", "bob-1", at(2026, 3, 2, 9, 30), 1, None,
         'Lovely, "truly" so:\ntwo lines of it.', ["kettles", "tea"]),
        ("like", None, "bob", "bob-1", at(2026, 3, 2, 10), 12, None, None, None),
        ("share", "bot", "eve", "eve-1", at(2026, 3, 2, 10, 0, 0, 123000), 1, None, None, None),
        ("endorse", "ann", "eve", None, at(2026, 3, 3), 1, -7.0, None, None),
        ("view", None, None, "cat-1", at(2026, 3, 4), 3000, None, None, None),
    ]  # fmt: skip


def test_posts_and_the_acts_upon_them_find_one_another(clout: Clout) -> None:
    clout.bring(FIXTURES / "interactions.csv")
    clout.bring(FIXTURES / "posts.jsonl")
    found = clout.rows(
        "select p.id, a.id, p.published, p.text, p.tags, p.language, r.id, p.views, p.url"
        " from posts p left join accounts a on a.account = p.author"
        " left join posts r on r.post = p.in_reply_to where p.author is not null order by 1"
    )
    assert found == [
        ("ann-1", "ann", at(2026, 2, 28, 8), "How long do you steep?", ["green", "tea"], "en",
         None, 5200, None),
        ("bob-1", "bob", at(2026, 3, 1, 9), "Ein Gedanke über Kessel", ["kettles"], "de", "ann-1",
         None, "https://chatter.example/bob/1"),
        ("cat-1", "cat", at(2026, 3, 1), None, [], None, None, None, None),
    ]  # fmt: skip
    assert ("view", None, "cat", "cat-1") in [row[:4] for row in clout.rows(NAMED)]


def test_accounts_with_quotes_in_their_names(clout: Clout) -> None:
    clout.bring(FIXTURES / "accounts.tsv")
    found = clout.rows("select id, handle, name, created, followers, listed, bot, kind"
                       " from accounts order by id")  # fmt: skip
    assert found == [
        ("ann", "ann_tea", "Ann", at(2019, 5, 1), 52000, 412, False, "person"),
        ("bob", "bob", 'Bob "the Pot"', None, 48, None, None, None),
        ("bot", "bot", "Bot", at(2026, 1, 1), 0, 0, True, "service"),
    ]


def test_an_edge_list_in_one_line(clout: Clout) -> None:
    found = clout.bring(FIXTURES / "edges.txt", "--columns", "source target published kind")
    assert found["kept"] == 3
    assert 'network "edges"' in found["notes"][0]
    kinds = clout.rows("select kind::varchar, count(*) from interactions group by 1 order by 1")
    assert sorted(kinds) == [("mention", 1), ("reply", 1), ("share", 1)]
    assert clout.rows("select distinct network from accounts") == [("edges",)]


def test_other_headers_constants_and_a_network(clout: Clout) -> None:
    columns = "source=from, target=TO value=[How good] published=time kind='trust'"
    clout.bring(FIXTURES / "ratings.csv", "--columns", columns, "--network", "OTC")
    assert clout.rows("select kind::varchar, value, published from interactions order by row") == [
        ("endorse", 8.0, at(2026, 3, 2, 10, 0, 0, 500000)),
        ("endorse", -10.0, at(2026, 3, 2, 10, 1)),
    ]
    assert clout.rows("select distinct network from accounts") == [("otc",)]


ROWS: list[dict[str, Any]] = [
    {"network": "net", "kind": "like", "source": f"u{n}", "target": "ann", "count": n + 1,
     "published": f"2026-01-0{n + 1}T00:00:00", "text": 'a "b", c' if n else None}
    for n in range(4)
]  # fmt: skip


def written(folder: Path, ending: str) -> Path:
    """Write the same rows in one of the formats, as DuckDB writes them."""
    source, path = folder / "source.json", folder / f"rows.{ending}"
    source.write_bytes(orjson.dumps(ROWS))
    how = {
        "csv": "(format csv, header)", "tsv": "(format csv, header, delimiter '\t')",
        "jsonl": "(format json)", "parquet": "(format parquet)",
    }[ending]  # fmt: skip
    with duckdb.connect() as session:
        session.execute(f"copy (from read_json('{source}')) to '{path}' {how}")
    return path


@pytest.mark.parametrize("ending", ["csv", "tsv", "jsonl", "parquet"])
def test_four_formats_tell_the_same(clout: Clout, tmp_path: Path, ending: str) -> None:
    assert clout.bring(written(tmp_path, ending))["kept"] == 4
    assert [(row[1], row[4], row[5], row[7]) for row in clout.rows(NAMED)] == [
        ("u0", at(2026, 1, 1), 1, None),
        ("u1", at(2026, 1, 2), 2, 'a "b", c'),
        ("u2", at(2026, 1, 3), 3, 'a "b", c'),
        ("u3", at(2026, 1, 4), 4, 'a "b", c'),
    ]


@pytest.mark.parametrize(
    ("time", "expected"),
    [
        ("2026-01-02", at(2026, 1, 2)),
        ("2026-01-02T03:04:05Z", at(2026, 1, 2, 3, 4, 5)),
        ("2026-01-02 03:04:05.678", at(2026, 1, 2, 3, 4, 5, 678000)),
        ("2026-01-02T03:04:05+02:00", at(2026, 1, 2, 1, 4, 5)),
        ("2026-01-02T03:04:05-0530", at(2026, 1, 2, 8, 34, 5)),
        ("2026-07-02 03:04:05 Europe/Berlin", at(2026, 7, 2, 1, 4, 5)),
        ("1767323045", at(2026, 1, 2, 3, 4, 5)),
        ("1767323045.5", at(2026, 1, 2, 3, 4, 5, 500000)),
        ("1767323045678", at(2026, 1, 2, 3, 4, 5, 678000)),
        ("1767323045678901", at(2026, 1, 2, 3, 4, 5, 678901)),
        ("Fri Jan 02 03:04:05 +0000 2026", at(2026, 1, 2, 3, 4, 5)),
        ("Fri, 02 Jan 2026 03:04:05 +0100", at(2026, 1, 2, 2, 4, 5)),
    ],
)
def test_times(clout: Clout, tmp_path: Path, time: str, expected: datetime) -> None:
    """Alone in its column, and among others, which is read in another way."""
    for number, more in enumerate(("", "net,like,cat,ann,2026-01-01T00:00:00+01:00\n")):
        path = tmp_path / f"t{number}.csv"
        line = f'net,like,bob,ann,"{time}"\n'
        path.write_text(f"network,kind,source,target,published\n{line}{more}")
        clout.bring(path)
    found = "select published from interactions i join accounts a on a.account = i.source"
    assert clout.rows(f"{found} where a.id = 'bob'") == [(expected,), (expected,)]


PARQUET = {
    "ids are numbers": "1::bigint as source, 12.0::double as target, 1767323045::int as published",
    "ids are uuids": "uuid() as source, 'x'::blob as target, date '2026-01-02' as published",
    "times in zones": "'a' as source, 'b' as target,"
    " '2026-01-02 03:00+01'::timestamptz as published",
    "nanoseconds": "'a' as source, 'b' as target, '2026-01-02'::timestamp_ns as published",
    "decimals": "'a' as source, 'b' as target, 1767323045.25::decimal(18,2) as published,"
    " 3::hugeint as count, 4.5::decimal(4,2) as value",
    "lists": "'a' as source, 'b' as target, date '2026-01-02' as published, ['Tea', 'tea'] as tags",
    "odd names": "'a' as source, 'b' as target, date '2026-01-02' as published, 1 as"
    ' file_row_number, 2 as "row", 3 as "wei""rd"',
}


@pytest.mark.parametrize("columns", PARQUET.values(), ids=PARQUET)
def test_parquet_of_many_types(clout: Clout, tmp_path: Path, columns: str) -> None:
    path = tmp_path / "acts.parquet"
    with duckdb.connect() as session:
        select = f"select 'net' as network, 'like' as kind, {columns} from range(3)"
        session.execute(f"copy ({select}) to '{path}' (format parquet)")
    assert clout.bring(path)["kept"] == 3
    (day,) = clout.rows("select distinct published::date from interactions")
    assert day == (at(2026, 1, 2).date(),)
    assert clout.bring(path)["duplicates"] == 3


def test_a_parquet_file_with_a_damaged_page_is_said_in_a_sentence(
    clout: Clout, tmp_path: Path
) -> None:
    path = tmp_path / "acts.parquet"
    with duckdb.connect() as session:
        select = "select 'net' as network, 'like' as kind, md5(i::varchar) as source, 'a' as target"
        session.execute(f"copy (select x.*, date '2026-01-01' as published from ({select} from"
                        f" range(50000) t(i)) x) to '{path}' (format parquet)")  # fmt: skip
    content = bytearray(path.read_bytes())
    content[5000:9000] = b"\xff" * 4000
    path.write_bytes(content)
    said = clout.run("import", path, code=2).err
    assert said.startswith("Error: acts.parquet: it cannot be read (")
    assert clout.rows("select count(*) from interactions") == [(0,)]


def test_json_lines_are_read_to_the_end(clout: Clout, tmp_path: Path) -> None:
    """A key of ours may turn up late; what is no object costs its own line."""
    lines = [orjson.dumps({**ROWS[0], "source": f"u{n}"}) for n in range(300)]
    late = {**ROWS[0], "value": -5, "tags": ["Green tea", 'c"d', 1], "id": 7}
    lines += [orjson.dumps(late), b"[1]", b"null", b'{"network":', b"", b'"x"', b'{"a":1}']
    path = tmp_path / "acts.jsonl"
    path.write_bytes(b"\n".join(lines))
    found = clout.bring(path, code=2)
    assert found["kept"] == 301
    assert [(int(row["line"]), row["reason"]) for row in clout.rejects()] == [
        (302, "the line is not a JSON object"), (303, "the line is not a JSON object"),
        (304, "the line is not a JSON object"), (306, "the line is not a JSON object"),
        (307, "network is missing"),
    ]  # fmt: skip
    tags = clout.rows("select tags from interactions where value = -5")
    assert tags == [(["1", 'c"d', "green", "tea"],)]


@pytest.mark.parametrize("encoding", ["utf-8-sig", "utf-16", "latin-1"])
def test_json_lines_in_other_encodings(clout: Clout, tmp_path: Path, encoding: str) -> None:
    line = orjson.dumps({**ROWS[0], "text": "Käse"}).decode()
    path = tmp_path / "acts.jsonl"
    path.write_bytes(f"{line}\r\n{line}\n".encode(encoding))
    seen = ("--encoding", encoding) if encoding == "latin-1" else ()
    clout.bring(path, *seen)
    assert clout.rows("select text from interactions") == [("Käse",), ("Käse",)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("source target - kind", Mapping(("source", "target", "-", "kind"), {}, {})),
        ("source=from,target=to", Mapping((), {"source": "from", "target": "to"}, {})),
        ("source=from , target=[A, b]", Mapping((), {"source": "from", "target": "A, b"}, {})),
        ("kind='like' network=\"x y\"", Mapping((), {}, {"kind": "like", "network": "x y"})),
        ("source target kind='RT'", Mapping(("source", "target"), {}, {"kind": "RT"})),
        ("id=das-Feld.1", Mapping((), {"id": "das-Feld.1"}, {})),
        ("  ", Mapping((), {}, {})),
    ],
)
def test_the_little_language_of_columns(text: str, expected: Mapping) -> None:
    assert read_mapping(text) == expected


@pytest.mark.parametrize(
    ("lines", "delimiter", "fields"),
    [
        ("source,target\na b,c d", ",", 2),
        ("source\ttarget,kind\nx\ty", "\t", 2),
        ("a;b;c\n1;2,5;3\n1;2,7;3", ";", 3),
        ("1 2 3\n4 5 6", " ", 3),
        ("id|name\n1|x", "|", 2),
        ('network,kind,text\nnet,like,"a\tb\tc"', ",", 3),
        ("handle;name, full\nann;Ann, A.", ";", 2),
        ("one", "\t", 1),
    ],
)
def test_delimiters_are_found_by_looking(lines: str, delimiter: str, fields: int) -> None:
    dialect = read_dialect(read_lines(lines.encode(), "utf-8", whole=True), (), "x.csv")
    assert (dialect.delimiter, len(dialect.first)) == (delimiter, fields)


def test_a_folder_of_tables_is_one_import(clout: Clout) -> None:
    """What is recognised is what is read: two of the five need --columns."""
    found = clout.bring(FIXTURES, code=2)
    assert found["found"] == "5 tables"
    assert found["tables"] == {"accounts": 3, "posts": 3, "interactions": 8}
    assert [trouble.partition(":")[0] for trouble in found["troubles"]] == ["fixtures/ratings.csv"]
    assert any("edges.txt: passed over" in note for note in found["notes"])


def test_nothing_is_recognised_where_there_is_no_table(tmp_path: Path) -> None:
    from openclout.bundle import open_bundle
    from openclout.settings import GIB, Settings

    (tmp_path / "picture.png").write_bytes(b"\x89PNG")
    bundle = open_bundle(tmp_path, tmp_path, Settings(data=tmp_path, threads=1, memory=GIB))
    assert table.CONNECTOR.recognise(bundle) is None
    reading = Reading(now=datetime(2026, 1, 1, tzinfo=UTC), keyed=lambda _network, name: name)
    assert list(table.CONNECTOR.read(bundle, reading)) == []
