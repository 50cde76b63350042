-- The pairs of the window with what tells people from fakes. Vouched: the engager was established
-- before the window, or somebody established, other than the target, acted upon it. Returned: it came
-- on two days, where that is the custom. Silent, once: how many times the vouched, the returned all
-- may be on this network (credibility.py).
create or replace temp table weighed as
select
    p.*,
    not n.guarded or s.account is not null or coalesce(v.vouchers, 0)
        > case when b.source is not null and t.account is not null then 1 else 0 end as vouched,
    not n.guarded or not n.custom or p.again as returned,
    n.silent, n.once
from pairs p
join accounts a on a.account = p.target
join norms n on n.network = a.network
left join established s on s.account = p.source
left join established t on t.account = p.target
left join vouchers v on v.account = p.source
left join pairs b on b.source = p.target and b.target = p.source
order by p.target, p.source
