-- One row per post acted upon: by how many different people, and its place among its author's posts.
create or replace temp view post_engagement as
select
    target, object, people, sharers, anonymous,
    row_number() over (partition by target order by people desc) as place
from (
    select
        target, object,
        count(distinct source)::double as people,
        count(distinct source) filter (where kind in ('share', 'quote'))::double as sharers,
        coalesce(sum(count) filter (where source is null), 0)::double as anonymous
    from acts
    where object is not null
    group by target, object
)
