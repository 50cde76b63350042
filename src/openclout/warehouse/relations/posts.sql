-- One row per post acted upon: by how many different people, and its place among its author's posts.
create or replace temp table post_engagement as
select
    target, object, people, sharers, anonymous,
    row_number() over (partition by target order by people desc) as place
from (
    select
        target, object,
        count(source)::double as people,
        sum(shared)::double as sharers,
        sum(nameless)::double as anonymous
    from (
        select
            target, object, source,
            max(case when source is not null and kind in ('share', 'quote') then 1 else 0 end) as shared,
            sum(case when source is null then count else 0 end) as nameless
        from acts
        where object is not null
        group by target, object, source
    )
    group by target, object
)
