"""PeerIndex, as far as it was published: authority, audience, activity, and realness beside it."""

from datetime import timedelta

from openclout.graph import rank
from openclout.lenses.edges import by_account, read_edges
from openclout.lenses.lens import Lens, read_values
from openclout.vocabulary.period import Period
from openclout.warehouse.engine import Columns, Engine
from openclout.warehouse.measure import make_acts

WINDOW = timedelta(days=120)
APPROVALS = ("like", "share", "quote", "reply", "link", "endorse", "accept")
SHARES = {"authority": 0.5, "audience": 0.3, "activity": 0.2}  # ours
REAL_ABOVE = 50


def _values(engine: Engine, period: Period) -> Columns:
    """Give the index, 0 to 100, of all who acted, wrote or were acted upon within 120 days."""
    start = period.as_of - WINDOW
    make_acts(engine, Period(period.as_of, WINDOW), "resonance_acts")
    engine.run(
        "create or replace temp table resonance_ties as select source, target, sum("
        f' "count" * (kind in {APPROVALS})::integer)::bigint as approvals from resonance_acts'
        " where source is not null group by source, target"
    )
    _make_authority(engine)
    written = (
        "select author as account, count(*)::double as posts from posts where author is not null"
        f" and published > timestamp '{start:%Y-%m-%d %H:%M:%S.%f}'"
        f" and published <= timestamp '{period.as_of:%Y-%m-%d %H:%M:%S.%f}' group by author"
    )
    _make_peers(engine, written)
    index = " + ".join(f"{share} * {part}" for part, share in SHARES.items())
    standing = ", ".join(f"{_standing(part)} as {part}" for part in SHARES)
    return read_values(
        engine,
        f"select account, {index} as value, authority, audience, activity, realness from (select"
        f" account, {standing}, realness from (select p.*, coalesce(o.audience, 0) as audience from"
        " peers p left join (select target as account, count(*)::double as audience from"
        f" resonance_ties join peers e on e.account = source and e.realness > {REAL_ABOVE}"
        " group by target) o using (account)))",
    )


def _standing(part: str) -> str:
    """Give the SQL of a relative position against everybody on the network, 0 to 100."""
    return f"100 * percent_rank() over (partition by network order by round({part}, 9))"


def _make_authority(engine: Engine) -> None:
    """Rank the accounts by who approved of what they share (PageRank-like), as `authorities`."""
    accounts, edges = read_edges(
        engine,
        "select source, target, ln(1 + approvals) as weight from resonance_ties"
        " where approvals > 0",
    )
    ranks = by_account(accounts, rank(edges))
    engine.load("authorities", {"account": ranks["account"], "authority": ranks["value"]})


def _make_peers(engine: Engine, written: str) -> None:
    """Make `peers`, a row per account: `network`, `authority`, `activity` and `realness`.

    Realness starts at 50 and rises by 25 for each clue that somebody is there: others act upon the
    account; it acts upon more than one. An account that its network calls a bot has 0.
    """
    engine.run(
        "create or replace temp table peers as select account, a.network,"
        " coalesce(u.authority, 0) as authority,"
        " coalesce(g.own_acts, 0) + coalesce(w.posts, 0) as activity,"
        " case when a.bot then 0 else 50 + 25 * (r.account is not null)::integer"
        " + 25 * (coalesce(g.people, 0) > 1)::integer end::double as realness"
        " from (select target as account from resonance_acts union select source from"
        f" resonance_ties union select account from ({written})) join accounts a using (account)"
        " left join authorities u using (account)"
        " left join (select distinct target as account from resonance_ties) r using (account)"
        ' left join (select source as account, sum("count")::double as own_acts,'
        " count(distinct target) as people from resonance_acts where source is not null"
        f" group by source) g using (account) left join ({written}) w using (account)"
    )


PEERINDEX = Lens(
    "peerindex", "PeerIndex-like", "of 100",
    "PeerIndex, Opening the temple door, http://blog.peerindex.com/opening-the-temple-door/ (120"
    " days, PageRank-like, normalised); A. Azhar in"
    " http://www.socialbro.com/blog/peerindex-ceo-azeem-azhar-answers-some-questions-about-its-score;"
    " http://help.peerindex.com/ (what approves); the score's page as quoted by"
    " https://www.scoop.it/t/curationrestarteducationproject?tag=peerindex (authority, audience,"
    " activity, relative to everybody); realness:"
    " http://wewillraakyou.com/2010/12/peerindex-twitter-spam/ (starts at 50)",
    "Authority, audience and activity, each one's place among all people of the network, over 120"
    " days whatever window is scored; realness stands beside them.",
    "0.5 authority + 0.3 audience + 0.2 activity; authority = percentile of PageRank (0.85) over"
    " ln(1 + approvals); audience = percentile of distinct people who acted and look real (realness"
    " above 50); activity = percentile of own acts and posts",
    "the shares 0.5, 0.3, 0.2 and the two clues of realness, which were never published; one"
    " authority over all subjects, where PeerIndex had one for each topic. Some sources say that"
    " activity is a share of attention; here it is what one does.",
    _values,
    ("authority", "audience", "activity", "realness"),
)  # fmt: skip
