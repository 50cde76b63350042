-- One row per best post and person who acted upon it: in which ways (a bit a kind), how often, when last.
create or replace temp view touched as
select
    b.target, b.place, a.source, bit_or(case a.kind {bits} end::smallint) as kinds,
    min(a.age)::float as age, sum(a.count)::integer as acts
from acts a join best_posts b on b.target = a.target and b.object = a.object
where a.source is not null
group by b.target, b.place, a.source
