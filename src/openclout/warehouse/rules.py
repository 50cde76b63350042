"""What a row must satisfy to be stored, as SQL conditions over the cleaned columns.

The first rule that holds names the row's fault. A rule reads the raw text where the cleaned value
is null, so that the message can show what stood there.
"""

from dataclasses import dataclass

from openclout.vocabulary.interaction import KINDS
from openclout.vocabulary.period import EARLIEST

LONGEST_NAME = 2048  # characters of an id, a handle, a URL
LONGEST_TEXT = 100_000  # characters; longer than any network allows
LARGEST_COUNT = 1_000_000_000  # that one act may stand for; a column of 32 bits holds it
LARGEST_TOTAL = 1_000_000_000_000  # followers, views

_TIME_FIX = "use ISO 8601 (2026-03-31T12:00:00Z), Unix seconds or milliseconds"


@dataclass(frozen=True, slots=True)
class Rule:
    """`broken`: SQL that is true where the row cannot be used; `field`: whose value is shown."""

    field: str
    broken: str
    reason: str
    fix: str


def _longer(field: str, most: int) -> Rule:
    return Rule(
        field,
        f"length({field}) > {most}",
        f"{field} is longer than {most:,} characters",
        "cut it, or check the quotes before it",
    )


def _number(field: str, least: int, most: int = LARGEST_TOTAL) -> Rule:
    return Rule(
        field,
        f"has_{field} and ({field} is null or {field} < {least} or {field} > {most})",
        f"{field} is not a whole number from {least} to {most:,}",
        "give a number, or leave it empty",
    )


def _time(field: str, required: bool) -> tuple[Rule, ...]:
    missing = Rule(field, f"not coalesce(has_{field}, false)", f"{field} is missing", _TIME_FIX)
    return (
        *((missing,) if required else ()),
        Rule(
            field,
            f"has_{field} and {field} is null",
            f"{field} is not a time",
            _TIME_FIX,
        ),
        Rule(
            field,
            f"{field} < timestamp '{EARLIEST:%Y-%m-%d}'",
            f"{field} is before {EARLIEST.year}",
            f"check the unit; {_TIME_FIX}",
        ),
        Rule(
            field,
            f"{field} > latest",
            f"{field} lies in the future",
            f"check the unit; {_TIME_FIX}",
        ),
    )


def _present(field: str) -> Rule:
    return Rule(field, f"{field} is null", f"{field} is missing", f"give every row its {field}")


RULES: dict[str, tuple[Rule, ...]] = {
    "interactions": (
        _present("network"),
        Rule("kind", "kind is null", "unknown kind", f"use one of {', '.join(KINDS)}"),
        Rule(
            "target",
            "target is null and object is null",
            "neither a target nor an object is named",
            "name whom or what the act was upon",
        ),
        *_time("published", required=True),
        _number("count", 1, LARGEST_COUNT),
        Rule(
            "value",
            "has_value and not coalesce(isfinite(value), false)",
            "value is not a number",
            "e.g. 4 or -1.5",
        ),
        *(_longer(field, LONGEST_NAME) for field in ("source", "target", "object", "id")),
        _longer("text", LONGEST_TEXT),
    ),
    "posts": (
        _present("network"),
        _present("id"),
        *_time("published", required=False),
        _number("views", 0),
        *(_longer(field, LONGEST_NAME) for field in ("id", "author", "in_reply_to", "url")),
        _longer("text", LONGEST_TEXT),
    ),
    "accounts": (
        _present("network"),
        _present("id"),
        *_time("created", required=False),
        *(_number(field, 0) for field in ("followers", "following", "listed", "posts")),
        Rule("bot", "has_bot and bot is null", "bot is neither true nor false", "true or false"),
        *(_longer(field, LONGEST_NAME) for field in ("id", "handle", "name")),
    ),
    "proofs": (
        _present("network"),
        _present("id"),
        _present("other_network"),
        _present("other_id"),
    ),
}


def fault_sql(table: str) -> str:
    """Give the SQL expression for the number of the first broken rule, null for a good row."""
    cases = " ".join(
        f"when {rule.broken} then {number}" for number, rule in enumerate(RULES[table], start=1)
    )
    return f"case {cases} end"
