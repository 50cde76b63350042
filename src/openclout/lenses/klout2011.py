"""Klout as of 2011, as far as it was published: true reach, amplification, network."""

from openclout.lenses.lens import Lens, read_values
from openclout.vocabulary.period import Period
from openclout.warehouse.engine import Columns, Engine

SHARES = {"reached": 0.5, "amplified": 0.25, "networked": 0.25}  # ours
ACTIVE_FROM = 2  # acts in the window
_UNIT = 1 << 30  # sums of floating numbers are made of whole ones: see docs/decisions/0001


def _values(engine: Engine, _period: Period) -> Columns:
    """Give the score, 1 to 100, of everybody upon whom somebody acted by name."""
    engine.run(
        "create or replace temp table true_reach as select t.target as account,"
        f" count(*) filter (where s.own_acts >= {ACTIVE_FROM})::double as true_reach"
        " from ties t join standing s on s.account = t.source group by t.target"
    )
    engine.run(
        "create or replace temp table circle as select t.target as account,"
        f" sum((ln(1 + coalesce(r.true_reach, 0)) * {_UNIT})::bigint)::double / {_UNIT} / count(*)"
        " as circle from ties t join standing s on s.account = t.source"
        f" and s.own_acts >= {ACTIVE_FROM} left join true_reach r on r.account = t.source"
        " group by t.target"
    )
    most = "nullif(max(ln(1 + true_reach)) over (partition by network), 0)"
    score = " + ".join(f"{share} * {part}" for part, share in SHARES.items())
    return read_values(
        engine,
        f"select account, 1 + 99 * ({score}) as value, true_reach, 1 + 99 * amplified as"
        " amplification, 1 + 99 * networked as network_score from (select account, true_reach,"
        f" coalesce(ln(1 + true_reach) / {most}, 0) as reached,"
        " true_reach / (true_reach + 1 + greatest(own_acts, posts)) as amplified,"
        f" coalesce(circle / {most}, 0) as networked from ({_parts_sql()}))",
    )


def _parts_sql() -> str:
    return (
        "select account, a.network, true_reach, coalesce(circle, 0) as circle, own_acts,"
        " coalesce(w.posts, 0) as posts from true_reach join accounts a using (account)"
        " left join circle using (account) join standing using (account) left join (select target"
        " as account, sum(posts) as posts from written group by target) w using (account)"
    )


KLOUT2011 = Lens(
    "klout2011", "Klout-2011-like", "of 100",
    "Klout, How is the Klout score measured?,"
    " http://support.klout.com/customer/portal/articles/120062-how-is-the-klout-score-measured-;"
    " Klout's own page of 2011 as quoted by"
    " https://aaronbare.wordpress.com/2011/06/06/klout-and-peer-index-scoring/ and, with the"
    " factors measured, https://contemporary-business-solutions.com/2011/05/26/"
    "is-klout-your-twitter%E2%80%99s-credit-score/",
    "True reach (people who act, without inactive accounts), amplification (how likely a message is"
    " acted upon) and network (how influential those who act are).",
    "1 + 99 (0.5 ln(1 + reach) / most + 0.25 reach / (reach + 1 + messages) + 0.25 mean"
    " ln(1 + reach of those who act) / most), most = the network's greatest ln(1 + reach),"
    " messages = the greater of own posts and own acts",
    "all of the formula: Klout named over 25 factors and a machine-learnt weight for each, and"
    " published neither weights nor scales. Inactive is who acted only once in the window. Sources"
    " count 25 or 35 factors.",
    _values,
    ("true_reach", "amplification", "network_score"),
)  # fmt: skip
