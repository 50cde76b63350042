"""The h-index of posts by people: Hirsch's index of papers by citations, carried over."""

from openclout.lenses.lens import Lens, read_values
from openclout.vocabulary.period import Period
from openclout.warehouse.engine import Columns, Engine


def _values(engine: Engine, _period: Period) -> Columns:
    return read_values(
        engine,
        "select target as account, max(least(everybody, turn)) as value from (select *,"
        " row_number() over (partition by target order by everybody desc) as turn"
        " from post_engagement)"
        " group by target",
    )


H_INDEX = Lens(
    "h_index", "h-index", "posts",
    "J. E. Hirsch, An index to quantify an individual's scientific research output, PNAS 102"
    " (2005), https://doi.org/10.1073/pnas.0507655102",
    "The largest h such that h posts moved at least h people each, in the window.",
    "max over posts of min(people, place of the post by people)",
    "posts for papers, people who acted in the window for citations.",
    _values,
)  # fmt: skip
