-- The pairs of the window with what tells people from fakes. Vouched: the engager was established
-- before the window, or somebody established, other than the target, acted upon it. Sure: it is vouched
-- for, came on two days or, where that is not the custom, unasked, and does not act to and fro with the
-- target within a circle closer than circles are here. Silent, unsure: how many times the vouched, the sure all may be
-- on this network (credibility.py).
create or replace temp table weighed as
select
    target, source, acts, age, first, again, kinds, vouched, silent, unsure,
    vouched and case when custom then again else not asked end and closed <= circle as sure
from (
    select
        p.*,
        not n.guarded or s.account is not null or coalesce(v.vouchers, 0)
            > case when b.source is not null and t.account is not null then 1 else 0 end as vouched,
        n.guarded and n.custom as custom, coalesce(c.closed, 0) as closed,
        n.guarded and b.source is not null and b.first >= p.first as asked,
        case when n.guarded then n.circle else 1e9 end as circle, n.silent, n.unsure
    from pairs p
    join accounts a on a.account = p.target
    join norms n on n.network = a.network
    left join established s on s.account = p.source
    left join established t on t.account = p.target
    left join vouchers v on v.account = p.source
    left join pairs b on b.source = p.target and b.target = p.source
    left join closed c on c.target = p.target and c.source = p.source
)
order by target, source
