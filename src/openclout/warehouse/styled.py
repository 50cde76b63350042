"""Styled: the table of styles that every reader sees."""

from collections.abc import Mapping, Sequence

import numpy as np

from openclout.style import AXES
from openclout.warehouse.engine import Columns, Engine


def make_styles(engine: Engine, tables: Sequence[Columns], lacks: Mapping[str, str]) -> None:
    """Make the view `styles`: a row per account, with its `number`.

    `tables` have `account`, `style` (None: no style), `why` there is none, and a place on each
    axis; `lacks` says by network why nobody there has one. Of others too little is known.
    """
    engine.run(f"create or replace temp table styled as {_NOBODY}")
    for table in tables:
        engine.load("styled_here", table)
        engine.run("insert into styled by name from styled_here")
    why = {"network": np.array([*lacks], dtype=object), "why": np.array([*lacks.values()], object)}
    engine.run("create or replace temp table lacks as select '' as network, '' as why limit 0")
    if lacks:
        engine.load("lacks", why)
    places = ", ".join(
        f"case when s.style is not null then s.{axis} end as {axis}" for axis in AXES
    )
    engine.run(
        f"create or replace temp view styles as select a.account as number, s.style, {places},"
        " case when s.style is null then coalesce(l.why, s.why, 'few') end as why from accounts a"
        " left join styled s using (account) left join lacks l using (network)"
        " where not starts_with(a.id, '~')"
    )


_NOBODY = (
    "select 0::bigint as account, ''::varchar as style, ''::varchar as why,"
    f" {', '.join(f'0.0::double as {axis}' for axis in AXES)} limit 0"
)
