"""The type Signal: one number per account and period that answers one question.

A signal is a file in signals/: comments that name its question, unit, family and relation, then one
aggregate expression in DuckDB's SQL. All signals over one relation are fused into one SELECT.
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

import sqlglot
from sqlglot import exp

from openclout.errors import ModelError

FAMILIES = ("reach", "amplification", "network", "activity")
RELATIONS = {
    "engagers": "engagers",
    "posts": "post_engagement",
    "days": "days",
    "views": "views",
    "profiles": "profiles",
    "written": "written",
    "hours": "hours",
    "unprompted": "unprompted",
    "languages": "languages",
    "servers": "servers",
    "subjects": "subjects",
    "echoes": "echoes",
    "standing": "(select account as target, rank, own_acts, people_addressed from standing)",
}
"""What a signal may be over, and the warehouse's relation for it."""

UNIT = 1 << 30
"""Sums are made in whole numbers of this fraction: so their order cannot change the result."""


@dataclass(frozen=True, slots=True)
class Signal:
    """One question with its unit, the family it belongs to, and how it is computed."""

    name: str
    question: str
    unit: str
    family: str
    over: str
    expression: str

    @property
    def label(self) -> str:
        """The name as people read it."""
        return self.name.replace("_", " ")


@cache
def load_signals() -> dict[str, Signal]:
    """Read all signal files, by family and name."""
    folder = files("openclout.signals")
    found = [
        read_signal(entry.name.removesuffix(".sql"), entry.read_text(encoding="utf-8"))
        for entry in folder.iterdir()
        if entry.name.endswith(".sql")
    ]
    found.sort(key=lambda signal: (FAMILIES.index(signal.family), signal.name))
    return {signal.name: signal for signal in found}


def read_signal(name: str, text: str) -> Signal:
    """Read one signal file; raises ModelError where a field is missing or a word unknown."""
    notes = " ".join(line[2:] for line in text.splitlines() if line.startswith("--"))
    fields = {}
    for part in re.split(r"\s(?=(?:question|unit|family|over):)", " " + notes.strip()):
        key, _, value = part.strip().partition(":")
        fields[key] = value.strip()
    expression = "\n".join(line for line in text.splitlines() if not line.startswith("--")).strip()
    missing = {"question", "unit", "family", "over"} - fields.keys()
    if missing or fields["family"] not in FAMILIES or fields["over"] not in RELATIONS:
        raise ModelError(
            f"its header lacks {', '.join(sorted(missing)) or 'a known family or relation'}",
            place=f"signals/{name}.sql",
            fix=f"families are {', '.join(FAMILIES)}; relations are {', '.join(RELATIONS)}",
        )
    return Signal(
        name, fields["question"], fields["unit"], fields["family"], fields["over"], expression
    )


def fused_sql(over: str, signals: Iterable[Signal]) -> str:
    """Give one SELECT for all signals over a relation: `target` and one DOUBLE per signal.

    What several signals add up is computed once a row, in a projection beneath the sums. Kept for
    the next window: to rewrite 75 expressions takes longer than to measure a small network.
    """
    return _fused(over, tuple(signals))


@cache
def _fused(over: str, signals: tuple[Signal, ...]) -> str:
    terms: dict[str, str] = {}
    columns = [
        f"coalesce({exact_sql(signal.expression, terms)}, 0)::double as {signal.name}"
        for signal in signals
    ]
    computed = "".join(f", {term} as {name}" for term, name in terms.items())
    return (
        f"select target, {', '.join(columns)} from (select *{computed} from {RELATIONS[over]})"
        " group by target"
    )


def exact_sql(expression: str, terms: dict[str, str]) -> str:
    """Rewrite every `sum(x)` so that it adds whole numbers of 1 / UNIT, each a column of `terms`.

    A parallel sum of floating numbers depends on the order in which threads finish; a score that
    changes between two runs on the same data is a defect. The error is at most 2^-31 per row.
    `terms` gains the columns that the result needs: expression -> name.
    """
    tree = sqlglot.parse_one(expression, read="duckdb")
    for node in list(tree.find_all(exp.Sum)):
        whole = node.parent if isinstance(node.parent, exp.Filter) else node
        scaled = exp.cast(exp.Round(this=exp.paren(node.this) * exp.Literal.number(UNIT)), "BIGINT")
        term = terms.setdefault(scaled.sql(dialect="duckdb"), f"term{len(terms)}")
        total = exp.Sum(this=_chosen(whole, exp.column(term)))
        added = exp.Div(this=exp.cast(total, "DOUBLE"), expression=exp.Literal.number(UNIT))
        if whole is tree:
            tree = exp.paren(added)
        else:
            whole.replace(exp.paren(added))
    return tree.sql(dialect="duckdb")


def _chosen(whole: exp.Expression, term: exp.Expression) -> exp.Expression:
    """Give a term, or 0 in rows that a filter leaves out: quicker than the filter itself."""
    if not isinstance(whole, exp.Filter):
        return term
    condition = whole.expression.this.copy()
    return exp.Case(ifs=[exp.If(this=condition, true=term)], default=exp.Literal.number(0))


def share_sql(signal: Signal) -> str | None:
    """Give a row's part in a signal over engagers or posts: what its first sum adds up.

    None where the signal is no sum, so that no row has a part of its own.
    """
    tree = sqlglot.parse_one(signal.expression, read="duckdb")
    first = tree.find(exp.Sum)
    if first is None:
        return None
    part: str = first.this.sql(dialect="duckdb")
    if isinstance(first.parent, exp.Filter):
        condition = first.parent.expression.this.sql(dialect="duckdb")
        return f"case when {condition} then {part} else 0 end"
    return part
