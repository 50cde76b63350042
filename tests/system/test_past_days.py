"""History, why and backfill as a user has them."""

import shutil
from pathlib import Path

import orjson
import pytest
from tests.system.conftest import HEADER, Clout, Write


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with ten kept days of a small network; tests work on copies of it."""
    folder = tmp_path_factory.mktemp("kept")
    lines = (
        f"net,like,u{n % 9},u{n * n % 7},2026-01-{n % 28 + 1:02}T12:00:00Z,p{n % 5},,,,,"
        for n in range(400)
        if n % 9 != n * n % 7
    )
    acts = folder / "acts.csv"
    acts.write_text(HEADER + "\n".join(lines) + "\n")
    clout = Clout(folder / "data")
    clout.bring(acts)
    assert clout.run("backfill", "--days", 10, "--window", "20d", code=0).out == (
        "2026-01-19 to 2026-01-28: 10 days scored, 0 kept already.\n"
    )
    clout.run("score", "--window", "20d", code=0)
    return clout.data


@pytest.fixture
def kept(made: Path, clout: Clout) -> Clout:
    """A copy of that folder."""
    shutil.copytree(made, clout.data)
    return clout


def test_history_shows_the_days(kept: Clout) -> None:
    text = kept.run("history", "u2", code=0).out
    assert "u2 on net, as of 2026-01-28 12:00 UTC" in text
    assert "change  day " in text
    assert "2026-01-19" in text
    found = orjson.loads(kept.run("history", "u2", "--json", code=0).out)
    assert [day["day"] for day in found["days"]] == [f"2026-01-{day}" for day in range(19, 29)]
    last, week = found["days"][-1], found["changes"]["week"]
    assert last["score"] == found["account"]["score"]
    assert week["points"] == pytest.approx(last["score"] - week["before"])
    rows = kept.run("history", "u2", "--csv", code=0).out.splitlines()
    assert rows[0] == "day,as_of,model,score,low,high,provisional,quiet"
    assert len(rows) == 11


def test_one_day_says_how_to_get_more(clout: Clout, write: Write) -> None:
    clout.bring(write("acts.csv", HEADER + "net,like,bob,ann,2026-01-01T00:00:00Z,,,,,,\n"))
    clout.run("score", code=0)
    assert "openclout backfill --days 365" in clout.run("history", "ann", code=0).out
    assert "had no score in any kept run" in clout.run("history", "bob", code=0).out


def test_why_adds_up_in_every_form(kept: Clout) -> None:
    found = orjson.loads(kept.run("why", "u2", "--json", code=0).out)
    assert found["change"] == pytest.approx(found["after"] - found["before"], abs=1e-12)
    assert sum(part["points"] for part in found["parts"]) == pytest.approx(
        found["change"], abs=1e-9
    )
    assert sum(part["shown"] for part in found["parts"]) == pytest.approx(
        round(found["change"], 1), abs=1e-6
    )
    lines = kept.run("why", "u2", "--csv", code=0).out.splitlines()
    assert lines[0] == "kind,part,who,points"
    points = [float(line.rpartition(",")[2]) for line in lines[1:]]
    assert sum(points) == pytest.approx(found["change"], abs=1e-9)
    text = kept.run("why", "u2", code=0).out
    assert f"{found['change']:+.1f} since 2026-01-21" in text


def test_explain_has_the_change(kept: Clout) -> None:
    assert "Change: day " in kept.run("explain", "u2", code=0).out
    found = orjson.loads(kept.run("explain", "u2", "--json", code=0).out)
    assert found["changes"]["week"]["since"] == "2026-01-21"
    assert found["changes"]["month"] is None


@pytest.mark.parametrize(
    ("arguments", "sentence"),
    [
        (("history", "nobody"), 'Error: there is no account "nobody". Fix: '),
        (("why", "u2", "--since", "soon"), 'Error: --since: "soon" is not a window. Fix: '),
        (("why", "u2", "--since", "90d"), "Error: --since: no run of about 90 days before"),
        (("why", "u2", "--person"), "Error: net:u2 is joined with no other account"),
        (("backfill", "--days", "0"), "Error: Invalid value for '--days'"),
        (("backfill", "--every", "36h"), 'Error: --every: "36h" is no whole days. Fix: '),
        (("backfill", "--as-of", "when"), 'Error: --as-of: "when" is not a time'),
        (("backfill", "--model", "none"), 'Error: there is no model "none"'),
    ],
)
def test_bad_input_is_told_in_a_sentence(
    kept: Clout, arguments: tuple[str, ...], sentence: str
) -> None:
    outcome = kept.run(*arguments, code=2)
    assert sentence in outcome.err
    assert "Traceback" not in outcome.err


def test_without_a_score_there_is_no_history(clout: Clout) -> None:
    for verb in ("history", "why"):
        assert "nothing has been scored yet" in clout.run(verb, "ann", code=2).err
    assert "nothing to score" in clout.run("backfill", code=2).err


def test_a_damaged_history_is_told_in_a_sentence(kept: Clout) -> None:
    book: Path = kept.data / "history" / "runs.json"
    book.write_bytes(book.read_bytes()[:100])
    for verb in ("history", "why"):
        assert "runs.json: the history cannot be read" in kept.run(verb, "u2", code=2).err
    assert "the history cannot be read" in kept.run("score", code=2).err


def test_who_opts_out_has_no_history(kept: Clout) -> None:
    assert "u3" in kept.run("why", "u2", "--limit", 100, code=0).out
    kept.run("optout", "add", "net:u3", code=0)
    assert 'there is no account "u3"' in kept.run("history", "u3", code=2).err
    assert "u3" not in kept.run("why", "u2", "--limit", 100, code=0).out
