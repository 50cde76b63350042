"""Rules: what they say, whom they tell of, and that nobody is told of twice."""

from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from openclout.consent import Ledger
from openclout.errors import InputError, NotFound
from openclout.watch import KEPT, Moved, Newcomer, Row, Watch, Watches, look, read_rule

NOW = datetime(2026, 7, 1, tzinfo=UTC)


class Movements:
    """What the history would say."""

    def __init__(self, **changes: float) -> None:
        """Name the accounts and how far each moved."""
        self.rows = [
            {"network": "net", "account": name, "label": name, "before": 40.0,
             "score": 40 + change, "change": change, "provisional": name == "guess"}
            for name, change in changes.items()
        ]  # fmt: skip

    def changes(self, span: timedelta, network: str | None = None) -> list[Row]:
        """Give them all."""
        assert span == timedelta(weeks=1)
        return [row for row in self.rows if network in (None, row["network"])]


def nobody(_topic: str | None, _network: str | None, _count: int) -> list[Row]:
    """Give an empty list."""
    return []


def names(events: list[Row]) -> list[str]:
    """Give whom events are about."""
    return [event["account"] for event in events]


@pytest.mark.parametrize(
    ("text", "rule"),
    [
        ("moved 5 points in a week", Moved("moved", 5, timedelta(weeks=1), None)),
        ("rose  2.5 points in 3 days on net", Moved("rose", 2.5, timedelta(days=3), "net")),
        ("fell 1 point in one month", Moved("fell", 1, timedelta(days=30), None)),
        ("moved 5 points in 12 hours", Moved("moved", 5, timedelta(hours=12), None)),
        ("new in the top 20 of #tea", Newcomer(20, "tea", None)),
        ("new in the top 3", Newcomer(3, None, None)),
        ("new in the top 3 of #tea on net", Newcomer(3, "tea", "net")),
    ],
)
def test_a_rule_is_a_sentence(text: str, rule: Moved | Newcomer) -> None:
    assert read_rule(text) == rule


@pytest.mark.parametrize(
    "text",
    ["", "moved", "moved 0 points in a week", "moved five points in a week",
     "moved 5 points in 0 days", "moved 5 points in 9999 months", "new in the top 0",
     "new in the top 20 of tea", "new in the top 99999", "moved -5 points in a week"],
)  # fmt: skip
def test_what_is_no_rule_says_what_is(text: str) -> None:
    with pytest.raises(InputError, match=r"is no rule.*moved 5 points in a week"):
        read_rule(text)


@pytest.mark.parametrize(
    ("way", "expected"), [("moved", ["up", "down"]), ("rose", ["up"]), ("fell", ["down"])]
)
def test_a_move_is_told_by_its_direction_and_never_of_a_guess(
    way: str, expected: list[str]
) -> None:
    moves = Movements(up=6.0, down=-5.0, little=4.9, guess=50.0)
    events, _ = look(Watch(f"{way} 5 points in a week"), NOW, moves, nobody)
    assert names(events) == expected


def test_a_move_is_told_once_in_its_span() -> None:
    watch = Watch("moved 5 points in a week")
    events, watch = look(watch, NOW, Movements(ann=6.0), nobody)
    assert names(events) == ["ann"]
    events, watch = look(watch, NOW + timedelta(days=6), Movements(ann=7.0, bob=9.0), nobody)
    assert names(events) == ["bob"]
    events, watch = look(watch, NOW + timedelta(days=8), Movements(ann=7.0, bob=9.0), nobody)
    assert names(events) == ["ann"]
    assert [one.account for one in watch.told] == ["ann", "bob"]


def test_somebody_new_in_a_list_is_told_once_and_nobody_at_the_first_look() -> None:
    def first(topic: str | None, network: str | None, count: int) -> list[Row]:
        assert (topic, network) == ("tea", None)
        return [{"network": "net", "account": name, "label": name, "score": 50.0}
                for name in there[:count]]  # fmt: skip

    there = ["ann", "bob", "cat"]
    events, watch = look(Watch("new in the top 2 of #tea"), NOW, Movements(), first)
    assert events == []
    there = ["dan", "ann", "bob"]
    events, watch = look(watch, NOW, Movements(), first)
    assert [(event["account"], event["place"]) for event in events] == [("dan", 1)]
    assert look(watch, NOW, Movements(), first)[0] == []


def test_rules_are_kept_found_by_number_and_taken_away(tmp_path: Path) -> None:
    watches = Watches(tmp_path, Ledger(tmp_path))
    watches.add(Watch("new in the top 3"))
    watches.add(Watch("moved 5 points in a week", "https://x.example", "s"))
    with pytest.raises(InputError, match="is kept already"):
        watches.add(Watch("new in the top 3"))
    assert (tmp_path / KEPT).stat().st_mode & 0o077 == 0
    assert watches.remove("1").rule == "new in the top 3"
    with pytest.raises(NotFound, match='no rule "new in the top 3"'):
        watches.remove("new in the top 3")
    assert watches.remove("moved  5 points in a week").webhook == "https://x.example"
    assert watches.all() == []


def test_what_was_seen_is_remembered_and_forgotten_of_who_opts_out(tmp_path: Path) -> None:
    ledger = Ledger(tmp_path)
    watches = Watches(tmp_path, ledger)
    watches.add(Watch("moved 5 points in a week"))
    watches.add(Watch("new in the top 3", seen=(("net", "ann"), ("net", "bob"))))
    moved, newcomer = watches.all()
    _, moved = look(moved, NOW, Movements(ann=6.0, bob=6.0), nobody)
    watches.remember(moved)
    assert watches.all() == [moved, newcomer]
    ledger.add([("net", "ann")], NOW)
    watches.forget()
    assert b"ann" not in (tmp_path / KEPT).read_bytes()
    assert [one.account for one in watches.all()[0].told] == ["bob"]
    assert watches.all()[1].seen == (("net", "bob"),)
