"""Pooling: the relations of the last measured period with each proved person as one account.

A person who acts counts once per person acted upon, through the ties as they were measured: the
latest act, the most acts, every way in which they acted. Days are counted once, posts are ranked
together. Where a relation tells nothing of who acted, the accounts' rows stand side by side.
"""

from collections.abc import Mapping

from openclout.warehouse.engine import Engine

_KEYS = {
    "engagers": "source",
    "unprompted": "source",
    "echoes": "source",
    "endorsements": "source",
    "days": "age",
    "hours": "hour",
    "languages": "language",
    "servers": "server",
    "subjects": "tag",
}
"""What, beside the target, tells rows apart that are the same for a person; others are merged."""
_MERGED = {
    "age": "min(r.age)",
    "addressed": "min(r.addressed)",
    "given": "case when max(r.acts) > 0"
    " then ln(1 + max(r.acts)) / max(ln(1 + r.acts) / r.given) else max(r.given) end",
}
"""How the rows of one person are merged, in the direction in which signals rise; else `max`.

Given stands in a ratio, the share of one's attention: that ratio is the greatest of the ties'.
"""


def make_pooled(engine: Engine, fused: Mapping[str, str], relations: Mapping[str, str]) -> None:
    """Make `pooled`: one row per person of whom an account was acted upon, a column per signal.

    Needs `persons` and the relations of the last measurement; `fused` is the SELECT over each
    relation, as for `Measurement.run`, `relations` the SQL that stands for it there.
    """
    base, joins, columns = "", [], []
    for over, sql in fused.items():
        merged = _merged(engine, over, relations[over])
        asked = sql.replace(f" from {relations[over]})", f" from ({merged}))")
        if over == "engagers":
            base = asked
            continue
        names = [name for name in engine.types(asked) if name != "target"]
        columns += [f'coalesce({over}."{name}", 0) as "{name}"' for name in names]
        joins.append(f"left join ({asked}) {over} on {over}.target = e.target")
    engine.run(
        "create or replace temp table pooled as select e.target as person, e.* exclude (target)"
        f"{''.join(f', {column}' for column in columns)} from ({base}) e {' '.join(joins)}"
    )


def _merged(engine: Engine, over: str, relation: str) -> str:
    """Give the SQL of a relation's rows upon persons, those of one person merged."""
    held = [name for name in engine.types(f"from {relation}") if name != "target"]
    of = f"from {relation} r join persons t on t.account = r.target"
    if over == "posts":
        return (
            f"select t.person as target, r.* exclude (target, place), row_number() over"
            f" (partition by t.person order by r.people desc) as place {of}"
        )
    if over not in _KEYS:
        return f"select t.person as target, r.* exclude (target) {of}"
    key = f"r.{_KEYS[over]}"
    if key == "r.source":  # null: the crowd
        key = "coalesce(s.person, -1 - r.source)"
        of += " left join persons s on s.account = r.source"
    ways = {**_MERGED, _KEYS[over]: key}
    columns = [f'{ways.get(name, f"max(r.{name})")} as "{name}"' for name in held]
    return f"select t.person as target, {', '.join(columns)} {of} group by t.person, {key}"
