"""The type Signal: one number per account and period that answers one question.

A signal is a file in signals/: comments that name its question, unit, family and relation, then one
aggregate expression in DuckDB's SQL. All signals over one relation are fused into one SELECT.
"""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

import sqlglot
from sqlglot import exp

from openclout.errors import ModelError
from openclout.vocabulary.voice import BOUNDS, FREE

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
    "endorsements": "endorsements",
    "standing": "(select account as target, rank, own_acts, people_addressed from standing)",
}
"""What a signal may be over, and the warehouse's relation for it."""

_DEFENDED = ("standing", "subjects", "languages", "servers")
"""Relations whose rows or numbers stand on the people who are vouched for."""
_OF_PEOPLE = ("engagers", "days", "unprompted")
_PEOPLE_OF_POSTS = ("posts", "written")
_COUNTS_OF_POSTS = {"sharers", "talkers", "linkers", "anonymous"}

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
    def defended(self) -> bool:
        """Whether those whom nobody vouches for are bounded in it: only such signals may count."""
        words = set(re.findall(r"[a-z_]+", self.expression))
        if self.over in _PEOPLE_OF_POSTS:
            return "people" in words and not words & _COUNTS_OF_POSTS
        one_voice = "max(voice" in self.expression
        bounded = self.over in _OF_PEOPLE and words & {"voices", "m", "moved"}
        return one_voice or bool(bounded) or self.over in _DEFENDED

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


def fused_sql(
    over: str,
    signals: Iterable[Signal],
    asked: Mapping[str, str] | None = None,
    bounded: bool = True,
) -> str:
    """Give one SELECT for all signals over a relation: `target` and one DOUBLE per signal.

    What several signals add up is computed once a row, in a projection beneath the sums. `asked`
    are more expressions, by name. Over a relation of people, sums are made for each kind of them
    first (vouched or not, and so on), and the kinds put together as voices(x) is bounded. Where
    everybody counts in full it need not be `bounded`: the same numbers, in two thirds of the time.
    Kept for the next window: rewriting 75 expressions takes longer than measuring a small network.
    """
    wanted = {signal.name: signal.expression for signal in signals} | dict(asked or {})
    return _fused(over, tuple(wanted.items()), bounded and over in FREE)


@cache
def _fused(over: str, wanted: tuple[tuple[str, str], ...], bounded: bool) -> str:
    plan = Plan(over, bounded)
    columns = ", ".join(
        f"coalesce({plan.rewrite(expression)}, 0)::double as {name}" for name, expression in wanted
    )
    computed = "".join(f", {term} as {name}" for term, name in plan.terms.items())
    rows = f"select *{computed} from {RELATIONS[over]}"
    if bounded:
        parts = "".join(f", {part} as {name}" for part, name in plan.parts.items())
        norms = ", ".join(f"max({times}) as {times}" for times in BOUNDS.values())
        kinds = ", ".join(BOUNDS)
        rows = f"select target, {kinds}, {norms}{parts} from ({rows}) group by target, {kinds}"
    return f"select target, {columns} from ({rows}) group by target"


class Plan:
    """How expressions over one relation are computed: `terms` in its rows, `parts` of its kinds.

    A parallel sum of floating numbers depends on the order in which threads finish; a score that
    changes between two runs on the same data is a defect. So every sum adds whole numbers of
    1 / UNIT, each computed once a row; the error is at most 2^-31 per row.
    """

    def __init__(self, over: str, bounded: bool) -> None:
        """Plan for a relation; one of people, where `bounded`, is summed by kinds first."""
        self.over, self.bounded = over, bounded
        self.terms: dict[str, str] = {}
        self.parts: dict[str, str] = {}

    def rewrite(self, expression: str) -> str:
        """Rewrite an expression, one aggregate after the other."""
        tree = sqlglot.parse_one(expression, read="duckdb")
        for node in [node for node in tree.walk() if _aggregates(node)]:
            whole = node.parent if isinstance(node.parent, exp.Filter) else node
            made = exp.paren(sqlglot.parse_one(self._aggregate(node, whole), read="duckdb"))
            if whole is tree:
                tree = made
            else:
                whole.replace(made)
        return tree.sql(dialect="duckdb")

    def _aggregate(self, node: exp.Expr, whole: exp.Expr) -> str:
        if isinstance(node, exp.Max | exp.Min | exp.Count):
            if not self.bounded:
                return whole.sql(dialect="duckdb")
            together = "sum" if isinstance(node, exp.Count) else node.sql_name()
            return f"{together}({self._part(whole.sql(dialect='duckdb'))})"
        added = exp.paren(_added(node)) * exp.Literal.number(UNIT)
        scaled = exp.cast(exp.Round(this=added), "BIGINT")
        name = self.terms.setdefault(scaled.sql(dialect="duckdb"), f"term{len(self.terms)}")
        term = f"sum({_chosen(whole, exp.column(name)).sql(dialect='duckdb')})"
        if not self.bounded:
            return f"{term}::double / {UNIT}"
        part = self._part(f"{term}::bigint")
        if isinstance(node, exp.Sum):
            return f"sum({part})::double / {UNIT}"
        free = FREE[self.over]
        total = f"sum({part})::double / {UNIT}"
        bounded = ", ".join(
            f"max({times}) * sum(case when {flag} then {part} else 0 end)::double / {UNIT}"
            f" + {free[flag]} * {total} / (1 + {total})"
            for flag, times in BOUNDS.items()
        )
        return f"least({total}, {bounded})"

    def _part(self, aggregate: str) -> str:
        return self.parts.setdefault(aggregate, f"part{len(self.parts)}")


def _aggregates(node: exp.Expr) -> bool:
    return isinstance(node, exp.Sum | exp.Max | exp.Min | exp.Count) or _is_voices(node)


def _is_voices(node: exp.Expr) -> bool:
    return isinstance(node, exp.Anonymous) and node.name.lower() == "voices"


def _added(node: exp.Expr) -> exp.Expr:
    """Give what a sum adds up; voices add up x times each one's voice."""
    if isinstance(node, exp.Sum):
        inner: exp.Expr = node.this
        return inner
    return exp.column("voice") * exp.paren(node.expressions[0])


def _chosen(whole: exp.Expr, term: exp.Expr) -> exp.Expr:
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
    first = next(
        (node for node in tree.walk() if isinstance(node, exp.Sum) or _is_voices(node)), None
    )
    if first is None:
        return None
    part: str = _added(first).sql(dialect="duckdb")
    if isinstance(first.parent, exp.Filter):
        condition = first.parent.expression.this.sql(dialect="duckdb")
        return f"case when {condition} then {part} else 0 end"
    return part
