-- One row per post acted upon: by how many different people, its place among its author's posts.
-- First is the age of the first act upon it by somebody with a name.
create or replace temp table post_engagement as
select
    target, object, people, sharers, talkers, linkers, anonymous, first,
    row_number() over (partition by target order by people desc) as place
from (
    select
        target, object,
        sum(people)::double as people,
        sum(shared)::double as sharers,
        sum(talked)::double as talkers,
        sum(linked)::double as linkers,
        sum(nameless)::double as anonymous,
        max(first) as first
    from (
        select
            target, object, 1 as people,
            max(case when kind in ('share', 'quote') then 1 else 0 end) as shared,
            max(case when kind in ('reply', 'mention') then 1 else 0 end) as talked,
            max(case when kind = 'link' then 1 else 0 end) as linked,
            0 as nameless,
            max(age) as first
        from acts
        where object is not null and source is not null
        group by target, object, source
        union all
        select target, object, 0, 0, 0, 0, count, null
        from acts
        where object is not null and source is null
    )
    group by target, object
)
