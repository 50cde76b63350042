-- One row per engager and target in all that happened before the window: what is normal on a network,
-- and who is known there, is learnt from it. Early and late part each network's acts at their median.
create or replace temp table past as
select
    b.source, b.target,
    ln(1 + sum(b.count))::double as weight,
    bool_or(b.age > m.middle) as early,
    bool_or(b.age <= m.middle) as late,
    bool_or(b.age <= 4) as recent,
    coalesce(
        floor(30 * min(case when b.age <= 4 then b.age end))
        <> floor(30 * max(case when b.age <= 4 then b.age end)), false
    ) as again,
    max(case when b.age <= 4 then b.age end) as first
from before b
join accounts a on a.account = b.target
join (
    select a.network, median(b.age) as middle
    from before b join accounts a on a.account = b.target
    where b.source is not null
    group by a.network
) m on m.network = a.network
where b.source is not null
group by b.source, b.target
