-- One row per best post and person moved, at most {movers} of a post: those who are vouched for first,
-- then the higher scores; of equals who stands first by name.
create or replace temp view moments as
select target, place, source, acts, age, kinds, vouched
from (
    select m.*, t.vouched, s.seat
    from (
        select
            target, place, source, sum(acts)::integer as acts, min(age) as age,
            bit_or(case kind {bits} end::smallint) as kinds
        from touched
        where source is not null
        group by target, place, source
    ) m
    join ties t on t.target = m.target and t.source = m.source
    join (
        select a.account, row_number() over (order by c.score desc nulls last, a.network, a.id) as seat
        from accounts a left join scored c using (account)
    ) s on s.account = m.source
)
qualify row_number() over (partition by target, place order by vouched desc, seat) <= {movers}
order by target, place
