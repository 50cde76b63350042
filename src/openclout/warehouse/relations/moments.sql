-- One row per best post and person moved, at most {movers} of a post: those who are vouched for first,
-- then the higher scores; of equals who stands first by name.
create or replace temp view moments as
select target, place, moved.*
from (
    select target, place, unnest(moved) as moved
    from (
    select
        m.target, m.place,
        min_by(
            struct_pack(
                source := m.source, acts := m.acts, age := m.age, kinds := m.kinds,
                vouched := t.vouched
            ),
            s.seat + case when t.vouched then 0 else {unit} end,
            {movers}
        ) as moved
    from touched m
    join ties t on t.target = m.target and t.source = m.source
    join (
        select a.account, row_number() over (order by c.score desc nulls last, a.network, a.id) as seat
        from accounts a left join scored c using (account)
    ) s on s.account = m.source
    group by m.target, m.place
)
)
order by target, place
