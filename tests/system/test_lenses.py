"""Lenses through the command line: beside the score, explained, without who opted out."""

import csv
from pathlib import Path
from typing import Any

import orjson
import pytest
from click.testing import CliRunner
from tests.system.conftest import Clout, Write

from openclout.cli import lenses
from openclout.lenses import LENSES

ACTS = """network,kind,source,target,object,published,count
net,like,bob,ann,p1,2026-01-05T00:00:00Z,
net,reply,bob,ann,p1,2026-01-04T00:00:00Z,
net,share,cat,ann,p1,2026-01-04T00:00:00Z,
net,like,,ann,p2,2026-01-04T00:00:00Z,7
net,mention,dan,ann,,2026-01-03T00:00:00Z,
net,like,ann,dan,d1,2026-01-03T00:00:00Z,
net,reply,ann,bob,b1,2026-01-02T00:00:00Z,
"""
ALL = [lens.name for lens in LENSES]


@pytest.fixture
def acts(write: Write) -> Path:
    """Seven acts among four people."""
    return write("acts.csv", ACTS)


@pytest.fixture
def scored(clout: Clout, acts: Path) -> Clout:
    """A folder that is scored."""
    clout.bring(acts)
    clout.run("score", code=0)
    return clout


def look(clout: Clout, *arguments: object) -> dict[str, Any]:
    """Explain Ann by Kred's rules."""
    found: dict[str, Any] = orjson.loads(
        clout.run("explain", "ann", "--lens", "kred", "--json", *arguments, code=0).out
    )
    return found


@pytest.mark.parametrize("name", ALL)
def test_every_lens_stands_beside_the_score(scored: Clout, tmp_path: Path, name: str) -> None:
    out = tmp_path / "lens.csv"
    found = orjson.loads(scored.run("score", "--lens", name, "--json", "--out", out, code=0).out)
    written = list(csv.DictReader(out.read_text(encoding="utf-8").splitlines()))
    parts = next(lens.parts for lens in LENSES if lens.name == name)
    assert found["lens"] == name
    if name == "followers":  # nobody's profile is known, and nobody follows
        assert found["rows"] == written == []
        return
    assert list(written[0]) == ["rank", "network", "account", "handle", name, *parts, "score"]
    ann = next(row for row in written if row["account"] == "ann")
    assert [row["account"] for row in found["rows"]] == [row["account"] for row in written]
    explained = scored.run("explain", "ann", "--lens", name, "--json", code=0)
    assert orjson.loads(explained.out)["value"] == pytest.approx(float(ann[name]), abs=1e-6)
    assert f"rank {ann['rank']} of" in scored.run("explain", "ann", "--lens", name, code=0).out


def test_a_one_off_run_shows_the_same_and_publishes_nothing(
    scored: Clout, new_clout: Any, acts: Path
) -> None:
    kept = orjson.loads(scored.run("score", "--lens", "kred", "--json", code=0).out)["rows"]
    fresh = new_clout("fresh")
    once = fresh.run("score", acts, "--lens", "kred", "--json", code=0)
    assert orjson.loads(once.out)["rows"] == kept
    assert not (fresh.data / "snapshot").exists()


def test_the_ledger_adds_up_act_by_act_and_kind_by_kind(scored: Clout) -> None:
    found = look(scored)
    parts = found["parts"]
    assert parts == {"influence_points": 110, "outreach": 0, "outreach_points": 20}
    for part in ("influence_points", "outreach_points"):
        rows = [row for row in found["ledger"] if row["part"] == part]
        assert sum(row["points"] for row in rows) == parts[part]
    assert {row["other"] for row in found["ledger"]} == {
        "bob", "cat", "dan", "somebody without a name",
    }  # fmt: skip
    shown = scored.run("explain", "ann", "--lens", "kred", code=0).out
    lines = [" ".join(line.split()) for line in shown.splitlines()]
    assert "influence points like 8 10 80" in lines
    assert "influence points all 11 110" in lines
    assert "outreach points all 2 20" in lines


def test_who_opted_out_is_in_no_lens_and_no_ledger(scored: Clout, tmp_path: Path) -> None:
    scored.run("optout", "add", "net:dan", code=0)
    for name in ALL:
        out = tmp_path / f"{name}.csv"
        shown = scored.run("score", "--lens", name, "--out", out, code=0)
        assert "dan" not in shown.out + out.read_text()
    found = look(scored)
    assert found["parts"]["influence_points"] == 100  # Dan's mention is gone
    assert "dan" not in str(found["ledger"])
    assert scored.run("explain", "dan", "--lens", "kred", code=2).out == ""


def test_a_wrong_lens_is_named_before_anything_is_done(clout: Clout, scored: Clout) -> None:
    known = f"Fix: use one of {', '.join(ALL)}"
    for command in (("score", "--lens", "klout"), ("explain", "ann", "--lens", "klout")):
        outcome = clout.run(*command, code=2)
        assert outcome.err == f'Error: there is no lens "klout". {known}\n'
        assert outcome.out == ""


def test_who_has_no_number_is_told_so(scored: Clout) -> None:
    outcome = scored.run("explain", "cat", "--lens", "h_index", code=2)
    assert outcome.err.startswith("Error: net:cat has no number by h_index. Fix:")


def test_a_name_that_tells_no_format_is_refused(scored: Clout) -> None:
    outcome = scored.run("score", "--lens", "kred", "--out", "lens.xls", code=2)
    assert "end it with .csv, .parquet or .json" in outcome.err


def test_the_lenses_are_listed_with_their_sources() -> None:
    rows = orjson.loads(CliRunner().invoke(lenses.command, ["--json"]).stdout)
    assert [row["lens"] for row in rows] == ALL
    assert all(row["source"] and row["formula"] and row["ours"] for row in rows)
