"""Tables as they come: a fault is named with its line, its value and a fix; the rest is kept."""

import random
from pathlib import Path

import pytest
from tests.system.conftest import HEADER, Clout, Write


def act(number: int, text: str = "", **changed: str) -> str:
    """Give a good line, but for what is changed."""
    row = {"network": "net", "kind": "reply", "source": f"u{number}", "target": "ann",
           "published": f"2026-01-01T00:{number // 60:02}:{number % 60:02}Z"} | changed  # fmt: skip
    return ",".join(row.values()) + f",,,,,{text},\n"


def acts(count: int, first: int = 0) -> str:
    return "".join(act(number) for number in range(first, first + count))


def test_every_faulty_value_is_kept_with_line_value_and_fix(clout: Clout, write: Write) -> None:
    faults = {
        act(2, kind="frown"): ("kind", "frown", "unknown kind"),
        act(3, kind=""): ("kind", None, "unknown kind"),
        act(4, published="1700-01-01"): ("published", "1700-01-01", "published is before 1990"),
        act(5, published="2100-01-01T00:00:00Z"): (
            "published", "2100-01-01T00:00:00Z", "published lies in the future"),
        act(6, published="yesterday"): ("published", "yesterday", "published is not a time"),
        act(7, published=""): ("published", None, "published is missing"),
        act(8, target=""): ("target", None, "neither a target nor an object is named"),
        act(9, network=""): ("network", None, "network is missing"),
        act(10, target="a" * 3000): ("target", "a" * 200, "target is longer than 2,048 characters"),
        act(11, "x" * 1_000_000): ("text", "x" * 200, "text is longer than 100,000 characters"),
    }  # fmt: skip
    lines = [line for fault in faults for line in (act(1), fault)]
    found = clout.bring(write("acts.csv", HEADER + "".join(lines) + act(1)), code=2)
    assert (found["kept"], found["rejected"]) == (len(faults) + 1, len(faults))
    rejects = clout.rejects()
    assert [int(row["line"]) for row in rejects] == list(range(3, 3 + 2 * len(faults), 2))
    named = [(row["field"], row["value"], row["reason"]) for row in rejects]
    assert named == list(faults.values())
    assert all(row["place"] == "acts.csv" and row["fix"] for row in rejects)
    assert '"source":"u2"' in rejects[0]["content"]


@pytest.mark.parametrize(
    ("column", "value", "reason"),
    [
        ("count", "0", "count is not a whole number from 1 to 1,000,000,000"),
        ("count", "-4", "count is not a whole number from 1 to 1,000,000,000"),
        ("count", "1.5", "count is not a whole number from 1 to 1,000,000,000"),
        ("count", "many", "count is not a whole number from 1 to 1,000,000,000"),
        ("count", "999999999999", "count is not a whole number from 1 to 1,000,000,000"),
        ("value", "much", "value is not a number"),
        ("value", "nan", "value is not a number"),
        ("value", "inf", "value is not a number"),
        ("value", "1e300", "value is not a number"),
        ("published", "nan", "published is not a time"),
        ("published", "infinity", "published is not a time"),
        ("published", "2026-13-45", "published is not a time"),
        ("published", "99999999999999999999", "published is not a time"),
        ("published", "0", "published is before 1990"),
        ("published", "0001-01-01 (BC)", "published is before 1990"),
        ("published", "290000-01-01", "published lies in the future"),
    ],
)
def test_numbers_and_times_that_are_none(
    clout: Clout, write: Write, column: str, value: str, reason: str
) -> None:
    columns = {"network": "net", "kind": "like", "source": "bob", "target": "ann",
               "published": "2026-01-01", column: value}  # fmt: skip
    lines = [",".join(columns), ",".join(columns.values()), ",".join(columns.values())]
    found = clout.bring(write("acts.csv", "\n".join(lines)), code=2)
    assert found["reasons"] == {reason: 2}
    assert [(row["line"], row["value"]) for row in clout.rejects()] == [("2", value), ("3", value)]


def test_a_flag_that_is_none(clout: Clout, write: Write) -> None:
    path = write("people.csv", "network,id,handle,bot,followers\nnet,1,a,yes,3\nnet,2,b,maybe,x\n")
    assert clout.bring(path, code=2)["rejected"] == 1
    assert clout.rows("select id, bot from accounts") == [("1", True)]


STRAY = {
    "open in the middle": [act(1), act(2, '"unclosed'), act(3), act(4)],
    "open on the last line": [act(1), act(2), act(3), act(4, '"unclosed')],
    "open on the last line, no newline": [act(1), act(2), act(3), act(4, '"unclosed').strip()],
    "two of them": [act(1), act(2, '"one'), act(3), act(4, '"two'), act(5)],
    "a quoted field beneath": [act(1), act(2, '"unclosed'), act(3), act(4, '"a, b"'), act(5)],
    "several lines beneath": [act(1), act(2, '"unclosed'), act(3), act(4, '"a\nb"'), act(5)],
    "words behind the quote": [act(1), act(2, '"so" he said'), act(3)],
}


@pytest.mark.parametrize("lines", STRAY.values(), ids=STRAY.keys())
def test_a_stray_quote_costs_its_own_line_only(
    clout: Clout, write: Write, lines: list[str]
) -> None:
    marks = ('"unclosed', '"one', '"two', '"so')
    stray = [n for n, line in enumerate(lines, start=2) if any(mark in line for mark in marks)]
    path = write("acts.csv", HEADER + "".join(lines))
    found = clout.bring(path, code=2)
    assert found["kept"] == len(lines) - len(stray)
    assert found["reasons"] == {"a quote is not closed": len(stray)}
    assert [int(row["line"]) for row in clout.rejects()] == stray
    again = clout.bring(path, code=2)
    assert (again["kept"], again["duplicates"]) == (0, found["kept"])
    assert sorted(path.parent.iterdir()) == [path]  # nothing is left beside the user's file


def test_a_stray_quote_in_a_large_file_costs_its_own_line_only(clout: Clout, write: Write) -> None:
    """What it would swallow is longer than any field may be, and than what is read at a time."""
    lines = [act(n % 3000) for n in range(90_000)]
    lines[123] = act(123, '"unclosed')
    lines[60_001] = act(1, kind="frown")
    found = clout.bring(write("acts.csv", HEADER + "".join(lines)), code=2)
    assert found["kept"] == 89_998
    kept = [(row["line"], row["reason"]) for row in clout.rejects()]
    assert kept == [("125", "a quote is not closed"), ("60003", "unknown kind")]


def test_a_quote_within_a_word_is_a_letter(clout: Clout, write: Write) -> None:
    clout.bring(write("acts.csv", HEADER + act(1, 'a 5" pipe') + act(2, '"say ""hi"""')))
    texts = clout.rows("select text from interactions order by row")
    assert texts == [('a 5" pipe',), ('say "hi"',)]


def test_what_somebody_wrote_never_becomes_an_act(clout: Clout, write: Write) -> None:
    """A text of several lines, well quoted, may look like records: it is a text all the same."""
    hostile = f'"look:\n{act(7, source="eve", target="eve")}{act(8)}end"'
    clout.bring(write("acts.csv", HEADER + act(1, hostile) + act(2)))
    assert clout.rows("select count(*) from interactions") == [(2,)]
    assert clout.rows("select count(*) from accounts where id = 'eve'") == [(0,)]


def test_lines_are_counted_right_after_all_that_may_come_before(clout: Clout, write: Write) -> None:
    lines = [
        act(1, '"one\ntwo\nthree"'),  # 2 to 4
        "\n",  # 5
        "net,like\n",  # 6: too few
        act(2),  # 7
        act(3, '"a\n\nb"', kind="frown"),  # 8 to 10
        "   \n",  # 11
        act(4, '"unclosed'),  # 12
        ",".join("abcdefghijklmnop") + "\n",  # 13: too many
        act(5, kind="frown"),  # 14
    ]
    found = clout.bring(write("acts.csv", HEADER + "".join(lines)), code=2)
    assert found["kept"] == 2
    assert [(int(row["line"]), row["reason"]) for row in clout.rejects()] == [
        (6, "the line has fewer fields than it should"),
        (8, "unknown kind"),
        (12, "a quote is not closed"),
        (13, "the line has more fields than it should"),
        (14, "unknown kind"),
    ]


def test_lines_are_counted_right_in_a_plain_file_too(clout: Clout, write: Write) -> None:
    chance = random.Random(5)
    lines, expected = [], []
    for number in range(2, 4000):
        fault = chance.choice(["", "", "", "few", "many", "kind"])
        lines.append({"few": "net,like\n", "many": ",".join("abcdefghijklmnop") + "\n"}.get(
            fault, act(number % 3000, kind="frown" if fault else "like")))  # fmt: skip
        expected += [number] if fault else []
    clout.bring(write("acts.csv", HEADER + "".join(lines)), code=2)
    assert [int(row["line"]) for row in clout.rejects()] == expected


def test_many_faults_take_no_longer_than_many_rows(clout: Clout, write: Write) -> None:
    """One row in two is faulty: what is said of each must not depend on all before it."""
    lines = [act(n % 3000, kind="frown" if n % 2 else "like") for n in range(60_000)]
    found = clout.bring(write("acts.csv", HEADER + "".join(lines)), code=2)
    assert (found["kept"], found["rejected"]) == (30_000, 30_000)
    assert found["seconds"] < 30


LINE_ENDS = {
    "windows": (HEADER + acts(3)).replace("\n", "\r\n"),
    "old mac": (HEADER + acts(3)).replace("\n", "\r"),
    "mixed": HEADER + act(0) + act(1).replace("\n", "\r\n") + "\r\n" + act(2).replace("\n", "\r"),
    "blank lines": HEADER + "\n" + act(0) + "\n \n" + acts(2, 1) + "\n\n",
    "no last newline": (HEADER + acts(3)).rstrip("\n"),
    "mark": "\ufeff" + HEADER + acts(3),
    "zero bytes": HEADER + act(0) + act(1, "a\0b") + act(2),
    "comments": "# made by hand\n#\n" + HEADER + acts(3),
    "delimiter at the end": "".join(f"{line},\n" for line in (HEADER + acts(3)).splitlines()),
}  # fmt: skip


@pytest.mark.parametrize("content", LINE_ENDS.values(), ids=LINE_ENDS.keys())
def test_line_ends_and_marks_of_all_kinds(clout: Clout, write: Write, content: str) -> None:
    assert clout.bring(write("acts.csv", content))["kept"] == 3


@pytest.mark.parametrize("encoding", ["latin-1", "cp1252", "utf-16", "utf-16-le", "utf-8-sig"])
def test_encodings(clout: Clout, write: Write, encoding: str) -> None:
    content = (HEADER + act(1, "Käse, naïve".replace(",", "")) + act(2)).encode(encoding)
    seen = () if encoding in ("utf-16", "utf-8-sig") else ("--encoding", encoding)
    clout.bring(write("acts.csv", content), *seen)
    assert clout.rows("select text from interactions order by row") == [("Käse naïve",), (None,)]


def test_bytes_that_are_no_letters_cost_their_own_line(clout: Clout, write: Write) -> None:
    content = (HEADER + acts(2)).encode() + act(2, "K\xe4se").encode("latin-1") + act(3).encode()
    assert clout.bring(write("acts.csv", content), code=2)["kept"] == 3
    (reject,) = clout.rejects()
    assert (reject["line"], reject["reason"]) == ("4", "the line is not UTF-8")
    assert "K\ufffdse" in reject["value"]
    assert "--encoding latin-1" in reject["fix"]


def test_a_line_without_end_costs_itself_only(clout: Clout, write: Write) -> None:
    path = write("acts.csv", HEADER + act(0) + act(1, "x" * 9_000_000) + act(2))
    assert clout.bring(path, code=2)["kept"] == 2
    (reject,) = clout.rejects()
    assert (reject["line"], reject["reason"]) == ("3", "the line is too long")


HEADERLESS = "(or names in order for a file without a header)"
SENTENCES: dict[str, tuple[str | bytes, str]] = {
    "empty.csv": ("", "the file is empty (0 bytes). Fix: export it again"),
    "header.csv": (HEADER, "it has a header and no row. Fix: export it again"),
    "blank.csv": ("\n\n \n", "the file holds no line. Fix: export it again"),
    "missing.csv": (
        "network,source,target,published\nnet,a,b,2026-01-01\n",
        (
            f'there is no column "kind"; the file has network, source, target, published.'
            f" Fix: --columns kind='like' {HEADERLESS}"
        ),
    ),
    "headerless.txt": (
        "1 2 1767225600\n2 3 1767225601\n",
        (
            f'there is no column "target"; the file has 1, 2, 1767225600. Fix: --columns'
            f" source=...,target=...,published=... {HEADERLESS}"
        ),
    ),
    "twice.csv": (
        "network,kind,source,source,target,published\nnet,like,a,b,c,2026-01-01\n",
        (
            'there are 2 columns "source". Fix: give them different names, or --columns'
            " source=... for another"
        ),
    ),
    "binary.csv": (
        (HEADER + acts(2)).encode("utf-16-le"),
        (
            "it is no UTF-8 text: every other byte is zero. Fix: say --encoding utf-16-le"
            " or utf-16-be, or check what this file is"
        ),
    ),
    "words.jsonl": ("hello\n", "no line is a JSON object. Fix: one object per line, UTF-8"),
    "cut.parquet": (b"PAR1" + bytes(40), "it cannot be read"),
    "what.xyz": ("hello", "nothing in it is known (what.xyz). Fix: give one of:"),
}


@pytest.mark.parametrize("name", SENTENCES)
def test_what_cannot_be_used_at_all_is_said_in_a_sentence(
    clout: Clout, write: Write, name: str
) -> None:
    content, sentence = SENTENCES[name]
    outcome = clout.run("import", write(name, content), code=2)
    assert outcome.err.startswith(f"Error: {name}: {sentence}")
    assert "read                   0" in outcome.out or "not imported" in outcome.out
    assert clout.rows("select count(*) from interactions") == [(0,)]
    assert clout.leftovers() == []


COLUMNS = {
    "sorce=from": '--columns: "sorce" is not one of our columns. Fix: did you mean "source"?',
    "source=form": 'there is no column "form"; the file has from, to, time, what',
    "source target published": "the first line has 4 fields, --columns names 3. Fix: name them all",
    "source target published kind -": "the first line has 4 fields, --columns names 5",
    "source target x=y": '--columns: "x" is not one of our columns. Fix: ours are',
    "source target published=time": "--columns: it mixes names in order with names of a header",
    "source source published kind": '--columns: "source" is named 2 times',
    "kind='frown'": '--columns: "frown" is not a kind. Fix: use one of like, share',
    "kind='repyl'": '--columns: "repyl" is not a kind. Fix: did you mean "reply"?',
    "source=": '--columns: "source=" makes no sense. Fix: --columns',
    "kind='like": '--columns: "kind=\'like" makes no sense. Fix: --columns',
    "source=[from": '--columns: "source=[from" makes no sense',
    "=": '--columns: "=" makes no sense',
}


@pytest.mark.parametrize("columns", COLUMNS)
def test_mistakes_in_columns_are_said_in_a_sentence(
    clout: Clout, write: Write, columns: str
) -> None:
    path = write("acts.csv", "from,to,time,what\na,b,2026-01-01,like\n")
    outcome = clout.run("import", path, "--columns", columns, code=2)
    assert COLUMNS[columns] in outcome.err


@pytest.mark.parametrize(
    ("name", "hint"), [("latin-11", 'did you mean "latin-1"?'), ("zip", "e.g."), ("rot13", "e.g.")]
)
def test_an_encoding_that_is_none(clout: Clout, write: Write, name: str, hint: str) -> None:
    outcome = clout.run("import", write("a.csv", HEADER + act(1)), "--encoding", name, code=2)
    assert f'--encoding: "{name}" is no encoding. Fix: {hint}' in outcome.err


def test_values_that_look_like_sql_are_values(clout: Clout, write: Write) -> None:
    bobby = "'; drop table accounts; --"
    lines = act(1, source=bobby, target='"a""b"') + act(2, source="😀", target="{x}%s\\")
    path = write('it\'s "odd"; drop.csv', HEADER + lines)
    assert clout.bring(path)["kept"] == 2
    names = {row[0] for row in clout.rows("select id from accounts")}
    assert names == {bobby, 'a"b', "😀", "{x}%s\\"}
    clout.run("score", "--out", path.parent / "it's.csv", code=0)
    clout.run("show", bobby, code=0)


def test_one_bad_member_does_not_keep_the_others_out(clout: Clout, write: Write) -> None:
    write("folder/acts.csv", HEADER + acts(3))
    write("folder/empty.csv", "")
    write("folder/other.csv", "a,b\n1,2\n")
    folder = write("folder/README.txt", "About this export,\nwhich is ours.").parent
    found = clout.bring(folder, code=2)
    assert found["kept"] == 3
    assert len(found["troubles"]) == 2
    assert "empty.csv: the file holds no line" in found["troubles"][0]
    assert 'other.csv: there is no column "target"' in found["troubles"][1]
    assert any("README.txt: passed over" in note for note in found["notes"])


def test_several_paths_are_judged_one_by_one(clout: Clout, write: Write) -> None:
    good, bad = write("good.csv", HEADER + acts(2)), write("bad.csv", "")
    outcome = clout.run("import", bad, good, Path("nowhere.csv"), code=2)
    assert "bad.csv: the file is empty" in outcome.err
    assert "nowhere.csv: there is no such file or folder. Fix: check the path" in outcome.err
    assert clout.rows("select count(*) from interactions") == [(2,)]
