"""moments, influencers, influencees, friends and compare: worked by hand, told and defended."""

import math
import random
import re
from typing import Any

import orjson
import pytest
from tests.system.conftest import HEADER, Clout, Write
from tests.system.test_identity import NewClout, community, text

POSTS = """network,id,author,published,text,url
net,p1,ann,2026-03-01,"Tea,
 at last!",https://net.example/p1
net,p2,ann,2026-03-02,again,
net,p3,bob,2026-03-03,,https://net.example/p3
"""
ACTS = (
    HEADER
    + """net,like,bob,,2026-03-02T10:00:00Z,p1,,,,,
net,reply,bob,,2026-03-03T10:00:00Z,p1,r1,,,,
net,reply,bob,ann,2026-03-04T10:00:00Z,p1,r2,,,,
net,share,cat,,2026-03-04T10:00:00Z,p1,,,,,
net,like,,,2026-03-05T10:00:00Z,p1,,7,,,
net,like,cat,,2026-03-05T10:00:00Z,p2,,,,,
net,like,ann,,2026-03-06T10:00:00Z,p3,,,,,
net,follow,bob,cat,2026-03-07T10:00:00Z,,,,,,
net,follow,dan,ann,2026-03-08T10:00:00Z,,,,,,
net,mention,ann,dan,2026-03-08T10:00:00Z,,,,,,
net,view,dan,,2026-03-08T10:00:00Z,p2,,,,,
"""
)


@pytest.fixture
def small(clout: Clout, write: Write) -> Clout:
    """Four people and three posts, scored."""
    clout.bring(write("posts.csv", POSTS))
    clout.bring(write("acts.csv", ACTS))
    clout.run("score", code=0)
    return clout


def ask(clout: Clout, *words: str) -> Any:
    return orjson.loads(clout.run(*words, "--json", code=0).out)


def test_a_moment_has_its_post_its_acts_and_whom_it_moved(small: Clout) -> None:
    first, second = ask(small, "moments", "ann")
    assert (first["post"], first["url"]) == ("p1", "https://net.example/p1")
    assert first["published"] == "2026-03-01T00:00:00"
    assert first["text"].split() == ["Tea,", "at", "last!"]
    assert first["kinds"] == {"like": 8, "reply": 2, "share": 1}
    assert (first["people"], first["everybody"], first["anonymous"]) == (2, 2, 7)
    moved = {one["label"]: (one["kinds"], one["acts"]) for one in first["moved"]}
    assert moved == {"bob": (["like", "reply"], 3), "cat": (["share"], 1)}
    assert [one["label"] for one in second["moved"]] == ["cat"]  # who only saw it is not moved
    assert second["kinds"] == {"like": 1}


def test_moments_of_everybody_and_one_of_each(small: Clout) -> None:
    assert [one["post"] for one in ask(small, "moments")] == ["p1", "p3", "p2"]
    assert [one["post"] for one in ask(small, "moments", "--each", "1")] == ["p1", "p3"]
    assert [one["post"] for one in ask(small, "moments", "--limit", "1")] == ["p1"]
    said = small.run("moments", "--network", "net", code=0).out
    assert "2 people, 7 acts without a name: ann on net, 2026-03-01, 8 likes, 2 replies" in said
    assert "https://net.example/p1" in said
    assert "Tea, at last!" in said
    assert "unguarded" in said


def test_who_wrote_nothing_has_no_moments(small: Clout) -> None:
    assert ask(small, "moments", "dan") == []
    assert "no post is known" in small.run("moments", "dan", code=0).out


def test_shares_of_attention_are_those_of_log1p(small: Clout) -> None:
    found = ask(small, "influencers", "bob")
    assert [one["label"] for one in found] == ["ann", "cat"]
    whole = math.log(4) + math.log(2)
    assert found[0]["share"] == pytest.approx(math.log(4) / whole, abs=1e-8)
    assert sum(one["share"] for one in found) == pytest.approx(1)
    assert (found[0]["acts"], found[0]["kinds"]) == (3, ["like", "reply"])
    assert "nobody" in small.run("influencers", "net:nobody_else", code=2).err


def test_shares_of_points_and_the_other_side_of_the_tie(small: Clout) -> None:
    found = ask(small, "influencees", "ann", "--limit", "50")
    assert {one["label"] for one in found} == {"bob", "cat", "dan", "people without names"}
    assert sum(one["share"] for one in found) == pytest.approx(1)
    explained = ask(small, "explain", "ann")
    told = sum(
        part["points"]
        for part in explained["contributions"]
        if part["signal"] in ("people_just_now", "explorers", "nods", "devoted", "lasting",
                              "strong_movers", "returning", "engagers_now", "faithful")
    )  # fmt: skip
    assert sum(one["points"] for one in found) == pytest.approx(told, abs=1e-6)
    bob = next(one for one in found if one["label"] == "bob")
    assert bob["attention"] == pytest.approx(math.log(4) / (math.log(4) + math.log(2)))


def test_friends_are_those_on_both_sides(small: Clout) -> None:
    found = ask(small, "friends", "ann")
    assert {one["label"] for one in found} == {"ann", "bob", "dan"}
    assert [one["own"] for one in found if one["label"] == "ann"] == [True]
    bob = next(one for one in found if one["label"] == "bob")
    assert (bob["gave"], bob["got"]) == (1, 3)
    assert "has no friends here" in small.run("friends", "cat", code=0).out


def test_everything_stands_in_explain(small: Clout) -> None:
    found = ask(small, "explain", "ann", "--limit", "3")
    for verb in ("moments", "influencers", "influencees"):
        assert found[verb] == ask(small, verb, "ann", "--limit", "3")
    assert found["friends"] == ask(small, "friends", "ann")
    said = small.run("explain", "ann", code=0).out
    for words in ("Who moves it", "Among friends", "Posts that moved most people", "moved bob"):
        assert words in said


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("moments", "ann", "--network", "net"), "leave it out"),
        (("moments", "--person"), "name a HANDLE"),
        (("moments", "--network", "nowhere"), "there are net"),
        (("moments", "ana"), 'did you mean "ann"'),
        (("moments", "ann", "--limit", "0"), "0 is not in the range"),
        (("influencers", "ann", "--person"), "is joined with no other account"),
        (("influencees",), "Missing argument"),
        (("friends", "nobody"), "there is no account"),
        (("compare", "ann"), "nothing to be compared with"),
        (("compare", "ann", "net:ANN"), "are one account"),
        (("report", "--out", "x", "--compare", "ann"), "nothing to be compared with"),
        (("report", "--out", "x", "--person"), "add --compare HANDLE"),
    ],
)
def test_what_cannot_be_used_ends_in_a_sentence(
    small: Clout, words: tuple[str, ...], said: str
) -> None:
    assert said in small.run(*words, code=2).err


def test_before_the_first_score_a_sentence_says_so(clout: Clout) -> None:
    for words in (("moments",), ("influencers", "a"), ("influencees", "a"), ("friends", "a")):
        assert "nothing has been scored yet" in clout.run(*words, code=2).err


def test_rows_are_the_same_as_csv(small: Clout) -> None:
    said = small.run("moments", "ann", "--csv", code=0).out
    assert said.splitlines()[0].startswith("label,network,account,post,url,published,text,people")
    assert '"8 likes, 2 replies, 1 share",net:bob net:cat,0' in said
    rows = small.run("influencers", "bob", "--csv", code=0).out.splitlines()
    assert rows[1].startswith("ann,net,ann,")
    assert rows[1].endswith(",like reply")


def guarded(fakes: int = 300) -> str:
    """Give acts: a past in which twenty people act upon each other, then two posts of ann's.

    Six of the old people like `real`; new accounts that nobody ever acted upon like `bought`.
    """
    lines = [
        f"net,like,u{n},u{(n + step) % 20},2025-1{1 + step % 2}-{step + 10},,,,,,"
        for n in range(20)
        for step in range(1, 11)
    ]
    lines += [f"net,like,u{n},u{(n + 1) % 20},2026-02-1{n % 9},,,,,," for n in range(20)]
    lines += [f"net,like,u{n},ann,2026-02-1{n},real,,,,," for n in range(6)]
    lines += [f"net,like,fake{n},ann,2026-02-20,bought,,,,," for n in range(fakes)]
    return HEADER + "\n".join(lines) + "\n"


def test_a_bought_flood_makes_no_moment(clout: Clout, write: Write) -> None:
    clout.bring(write("acts.csv", guarded()))
    clout.run("score", "--window", "60d", "--as-of", "2026-02-28", code=0)
    first, second = ask(clout, "moments", "ann")
    assert (first["post"], first["people"]) == ("real", 6)
    assert all(one["vouched"] for one in first["moved"])
    assert (second["post"], second["everybody"], second["others"]) == ("bought", 300, 292)
    assert second["people"] < 2
    assert not any(one["vouched"] for one in second["moved"])
    assert "of 300" in clout.run("moments", "ann", code=0).out


def test_neither_rows_nor_numbers_decide_what_is_told(
    clout: Clout, new_clout: NewClout, write: Write
) -> None:
    other = new_clout("other")
    tables = community(acts=4000)
    tables["acts"] = [line.replace("u0-", f"u0-{n % 40}-") for n, line in enumerate(tables["acts"])]
    del tables["posts"]  # of most posts nothing is known but their names, so that many are equal
    for name, one in (("first", clout), ("second", other)):
        for table, lines in tables.items():
            path = write(f"{name}/{table}.csv", text(table, lines))
            random.Random(2).shuffle(lines)
        one.bring(path.parent)
        one.run("score", code=0)
    words = [("moments", "--limit", "1000"), ("moments", "net:u0", "--limit", "50")]
    words += [(verb, "net:u0") for verb in ("influencers", "influencees", "friends")]
    for line in words:
        found = ask(clout, *line)
        assert found == ask(other, *line), line
        assert len(found) > 1


def test_who_opts_out_is_named_in_none_of_it(small: Clout, tmp_path: Any) -> None:
    small.run("optout", "add", "net:cat", code=0)
    for _ in range(2):  # at once, and after the next score
        for words in (("moments",), ("moments", "ann"), ("influencers", "bob"),
                      ("influencees", "ann"), ("friends", "ann"), ("explain", "ann")):  # fmt: skip
            for form in ((), ("--json",)):
                said = small.run(*words, *form, code=0).out
                assert not re.search(r"\bcat\b", said), words
        small.run("report", "--out", tmp_path / "page", "--compare", "ann", "--compare", "bob",
                  code=0)  # fmt: skip
        assert ">cat<" not in (tmp_path / "page/index.html").read_text(encoding="utf-8")
        small.run("score", code=0)


PERSONS = (
    HEADER
    + """net,like,x,ann,2026-03-02,,,,,,
net,like,ann,x,2026-03-02,,,,,,
pub,like,ann,y,2026-03-02,,,,,,
pub,like,y,ann,2026-03-02,,,,,,
pub,like,z,ann,2026-03-02,q,,,,,
pub,like,x,y,2026-03-03,,,,,,
"""
)


def test_joined_accounts_are_one(clout: Clout, write: Write) -> None:
    clout.bring(write("acts.csv", PERSONS))
    proof = ("--proof", "https://a.example")
    clout.run("person", "link", "net:ann", "pub:ann", *proof, code=0)
    clout.run("person", "link", "net:x", "pub:y", *proof, code=0)
    clout.run("score", code=0)
    assert [one["account"] for one in ask(clout, "influencers", "net:ann", "--person")] == [
        "x", "y",
    ]  # fmt: skip
    found = ask(clout, "friends", "net:ann", "--person")
    assert {(one["level"], one["account"], one["gave"], one["got"]) for one in found} == {
        ("person", "net:ann pub:ann", 0, 0),
        ("person", "net:x pub:y", 2, 2),
    }
    assert {one["label"] for one in ask(clout, "friends", "net:ann")} == {"ann", "x"}
    assert [one["post"] for one in ask(clout, "moments", "net:ann", "--person")] == ["q"]
    together = ask(clout, "influencees", "net:ann", "--person")
    assert sum(one["share"] for one in together) == pytest.approx(1)
    said = clout.run("compare", "--person", "net:ann", "pub:y", code=0).out
    assert "points above" in said
    again = clout.run("compare", "--person", "net:ann", "pub:ann", code=2)
    assert "are one person" in again.err


def test_compare_tells_what_differs_most_first(clout: Clout, write: Write) -> None:
    clout.bring(write("acts.csv", guarded(fakes=5)))
    clout.run("score", "--window", "60d", "--as-of", "2026-02-28", code=0)
    found = ask(clout, "compare", "ann", "u1", "u5")
    spreads = [row["spread"] for row in found["points"][1:]]
    assert spreads == sorted(spreads, reverse=True)
    for name in ("ann", "u1", "u5"):
        score = next(one["score"] for one in found["compared"] if one["name"] == name)
        assert sum(row[name] for row in found["points"][1:]) == pytest.approx(score, abs=0.1)
    steps = [(step["higher"], step["lower"]) for step in found["steps"]]
    assert len(steps) == 3
    assert steps[2] == (steps[0][0], steps[1][1])
    for step in found["steps"]:
        gap = sum(points for _, points in step["causes"])
        assert gap >= step["points"] * 0.5 or not step["points"]
        assert f"points above {step['lower']}" in step["sentence"]
        assert ("inside the noise" in step["sentence"]) != step["sure"]


def test_two_of_one_name_stand_apart(clout: Clout, write: Write) -> None:
    clout.bring(write("acts.csv", PERSONS))
    clout.run("score", code=0)
    found = ask(clout, "compare", "net:ann", "pub:ann")
    assert [one["name"] for one in found["compared"]] == ["net:ann", "pub:ann"]
    assert {"net:ann", "pub:ann"} <= found["points"][0].keys()
