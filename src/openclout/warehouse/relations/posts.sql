-- One row per post acted upon: by how many different people, its place among its author's posts.
-- First is the age of the first act upon it by somebody with a name.
create or replace temp table post_engagement as
select
    target, object, people, sharers, talkers, linkers, anonymous, first,
    row_number() over (partition by target order by people desc) as place
from (
    select
        target, object,
        count(source)::double as people,
        sum(shared)::double as sharers,
        sum(talked)::double as talkers,
        sum(linked)::double as linkers,
        sum(nameless)::double as anonymous,
        max(first) as first
    from (
        select
            target, object, source,
            max(case when source is not null and kind in ('share', 'quote') then 1 else 0 end) as shared,
            max(case when source is not null and kind in ('reply', 'mention') then 1 else 0 end) as talked,
            max(case when source is not null and kind = 'link' then 1 else 0 end) as linked,
            sum(case when source is null then count else 0 end) as nameless,
            max(case when source is not null then age end) as first
        from acts
        where object is not null
        group by target, object, source
    )
    group by target, object
)
