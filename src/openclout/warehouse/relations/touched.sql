-- One row per best post, person who acted upon it and kind of act: how often, and when last. Those
-- without a name are one, null.
create or replace temp table touched as
select
    b.target, b.place, a.source, a.kind, sum(a.count)::integer as acts, min(a.age)::float as age
from acts a join best_posts b on b.target = a.target and b.object = a.object
group by b.target, b.place, a.source, a.kind
