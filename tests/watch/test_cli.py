"""watch as a user has it: rules kept, moves told from the history, messages sent and remembered."""

import hashlib
import hmac
import re
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import orjson
import pytest
from tests.shortlist.test_shortlist import run
from tests.watch.conftest import Receiver

from openclout.consent import Ledger
from openclout.watch import KEPT, Watch, Watches

START = datetime(2026, 1, 1, tzinfo=UTC)


def acts(fans: dict[str, int], first: int, days: int) -> str:
    """Write acts upon accounts by so many fans each, over some days, on posts about tea."""
    lines = ["network,kind,source,target,published"]
    for target, count in fans.items():
        for number in range(count):
            for day in range(first, first + days, 1 + number % 3):
                at = START + timedelta(days=day, hours=number % 20)
                lines.append(f"net,reply,{target}fan{number},{target},{at.isoformat()}")
    return "\n".join(lines) + "\n"


def bring(data: Path, text: str, as_of: str) -> None:
    """Import acts and score a day."""
    path = data.parent / "acts.csv"
    path.write_text(text, encoding="utf-8")
    run("import", path, "--data", data)
    run("score", "--as-of", as_of, "--data", data)


@pytest.fixture
def data(tmp_path: Path) -> Path:
    """A data folder with one scored day."""
    bring(tmp_path / "data", acts({"ann": 20, "bob": 12, "cat": 9}, 0, 40), "2026-02-08")
    return tmp_path / "data"


def ask(data: Path, *words: str | Path, code: int = 0) -> str:
    """Run a verb of `watch`."""
    return run("watch", *words, "--data", data, code=code)


def looked(data: Path, *words: str, code: int = 0) -> list[dict[str, Any]]:
    """Run the rules; give what each told."""
    text = ask(data, "run", "--json", *words, code=code)
    found: list[dict[str, Any]] = orjson.loads(text[: text.rindex("]") + 1])
    return found


def names(told: dict[str, Any]) -> list[str]:
    """Give whom events are about."""
    return [event["account"] for event in told["events"]]


def later(data: Path) -> None:
    """Let a week pass in which somebody rises who was not there, and ann is left alone."""
    bring(data, acts({"dan": 30, "bob": 14}, 40, 7), "2026-02-15")


def test_moves_are_told_once_against_the_kept_run_of_a_week_ago(data: Path, tmp_path: Path) -> None:
    ask(data, "add", "moved 5 points in a week")
    (none,) = looked(data)
    assert none["events"] == []
    assert "openclout backfill" in none["lacking"]
    later(data)
    (told,) = looked(data, "--out", str(tmp_path / "told.json"))
    assert told["lacking"] is None
    assert "ann" in names(told)
    for event in told["events"]:
        assert abs(event["change"]) >= 5
        assert event["score"] - event["before"] == pytest.approx(event["change"], abs=0.01)
    written = orjson.loads((tmp_path / "told.json").read_bytes())
    assert written == [told]
    assert looked(data)[0]["events"] == []  # told already


def test_newcomers_in_a_list_are_told_against_the_last_look(data: Path) -> None:
    ask(data, "add", "new in the top 2")
    assert "the first look: 2 noted" in ask(data, "run")
    later(data)
    assert names(looked(data)[0]) == ["dan"]
    assert names(looked(data)[0]) == []


def test_a_message_is_signed_and_what_was_not_taken_is_told_again(
    data: Path, receiver: Receiver
) -> None:
    said = ask(data, "add", "moved 5 points in a week", "--webhook", receiver.url, "--allow-local")
    (secret,) = re.findall(r"with the secret (\S+),", said)
    assert secret not in ask(data, "list")
    later(data)
    receiver.answers = [404]
    first = looked(data, code=2)[0]
    assert first["events"]
    again = looked(data)[0]
    assert again == first
    (_, _, refused), (_, headers, body) = receiver.got
    assert refused == body
    assert orjson.loads(body)["events"] == first["events"]
    stamp, mark = re.findall(r"t=(\d+),v1=(\w+)", headers["OpenClout-Signature"])[0]
    signed = stamp.encode() + b"." + body
    assert mark == hmac.new(secret.encode(), signed, hashlib.sha256).hexdigest()
    assert looked(data)[0]["events"] == []
    assert len(receiver.got) == 2


def test_a_webhook_near_us_gets_nothing_unless_allowed(data: Path, receiver: Receiver) -> None:
    said = ask(data, "add", "moved 5 points in a week", "--webhook", receiver.url, code=2)
    assert "nothing may be sent to" in said
    Watches(data, Ledger(data)).add(Watch("moved 5 points in a week", receiver.url, "s"))
    later(data)
    assert looked(data, code=2)[0]["events"]
    assert receiver.got == []


def test_who_opts_out_is_told_of_no_more_and_erased(data: Path) -> None:
    ask(data, "add", "new in the top 2")
    looked(data)
    run("optout", "add", "net:ann", "--data", data)
    assert b"ann" not in (data / KEPT).read_bytes()
    later(data)
    assert "ann" not in names(looked(data)[0])


def test_rules_are_listed_and_taken_away(data: Path) -> None:
    ask(data, "add", "new in the top 2", "--webhook", "http://93.184.215.14/hook?key=hidden")
    shown = ask(data, "list")
    assert "new in the top 2" in shown
    assert "http://93.184.215.14/hook" in shown
    assert "hidden" not in shown
    assert ask(data, "list", "--csv").splitlines()[0] == "number,rule,webhook"
    assert "is watched for no more" in ask(data, "remove", "1")
    assert looked(data) == []


@pytest.mark.parametrize(
    ("words", "says"),
    [
        (("add", "tell me all"), '"tell me all" is no rule'),
        (("add", "new in the top 3", "--webhook", "ftp://x"), "an address starts with https://"),
        (("add", "new in the top 3", "--allow-local"), "no webhook to allow"),
        (("remove", "7"), 'there is no rule "7"'),
    ],
)
def test_bad_input_is_answered_with_a_sentence(
    words: tuple[str, ...], says: str, data: Path
) -> None:
    assert says in ask(data, *words, code=2)


def test_a_rule_that_cannot_be_looked_by_stops_no_other(data: Path) -> None:
    ask(data, "add", "new in the top 2 on nowhere")
    ask(data, "add", "new in the top 2")
    nowhere, top = looked(data)
    assert 'there is no network "nowhere"' in nowhere["lacking"]
    assert top["lacking"] is None


def test_newcomers_about_a_topic_are_told(tmp_path: Path) -> None:
    data = tmp_path / "data"
    bring_tea(data, {"ann": 9, "bob": 8, "cat": 7}, "2026-02-08", 0)
    ask(data, "add", "new in the top 2 of #tea")
    assert "the first look: 2 noted" in ask(data, "run")
    bring_tea(data, {"dan": 20}, "2026-02-15", 40)
    assert names(looked(data)[0]) == ["dan"]
    ask(data, "add", "new in the top 2 of #nothing-like-it")
    assert "nothing-like-it" in looked(data)[1]["lacking"]


def bring_tea(data: Path, fans: dict[str, int], as_of: str, first: int) -> None:
    """Import posts about tea and who answered them, and score a day."""
    lines = ["network,id,author,published,text,tags"]
    answers = ["network,kind,source,target,published,object"]
    for author, count in fans.items():
        for day in range(first, first + 6):
            at = START + timedelta(days=day)
            lines.append(f"net,{author}{day},{author},{at.isoformat()},,tea")
            answers += [
                f"net,reply,{author}fan{number},{author},{at.isoformat()},{author}{day}"
                for number in range(count)
            ]
    for kind, rows in (("posts", lines), ("interactions", answers)):
        path = data.parent / f"{kind}.csv"
        path.write_text("\n".join(rows) + "\n", encoding="utf-8")
        run("import", path, "--as", kind, "--data", data)
    run("score", "--as-of", as_of, "--data", data)
