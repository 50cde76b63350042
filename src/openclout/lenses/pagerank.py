"""PageRank over who acts upon whom, as the signal of that name has it."""

from openclout.lenses.lens import Lens, read_values
from openclout.vocabulary.period import Period
from openclout.warehouse.engine import Columns, Engine


def _values(engine: Engine, _period: Period) -> Columns:
    return read_values(engine, "select account, rank as value from standing")


PAGERANK = Lens(
    "pagerank", "PageRank", "times the average",
    "S. Brin and L. Page, The anatomy of a large-scale hypertextual web search engine, WWW7 (1998)",
    "How often a reader who follows attention from person to person arrives here; 1 is the"
    " average of the network.",
    "r = 0.15 + 0.85 (P'r + dangling / n), P the share of each tie in what its source gives",
    "a tie weighs log(1 + acts); what those who act upon nobody hold is spread evenly over their"
    " network, as LDBC Graphalytics defines it.",
    _values,
)  # fmt: skip
