-- One row per post acted upon: by how many different people, its place among its author's posts. People
-- is bounded by those who are vouched for, as voices are (credibility.py), everybody is not.
-- First is the age of the first act upon it by somebody with a name.
create or replace temp table post_engagement as
select
    target, object, people, everybody, sharers, talkers, linkers, anonymous, first,
    row_number() over (partition by target order by people desc) as place
from (
    select
        target, object,
        coalesce(people, 0)::double as people,
        coalesce(everybody, 0)::double as everybody,
        coalesce(sharers, 0)::double as sharers,
        coalesce(talkers, 0)::double as talkers,
        coalesce(linkers, 0)::double as linkers,
        coalesce(anonymous, 0)::double as anonymous,
        first
    from (
        select
            target, object, {people} as people, count(*) as everybody,
            count_if((kinds & {shared}) > 0) as sharers,
            count_if((kinds & {talked}) > 0) as talkers,
            count_if((kinds & {linked}) > 0) as linkers,
            max(first) as first
        from (
            select
                target, object, source,
                bit_or(case kind {bits} end::smallint) as kinds,
                max(age) as first
            from acts
            where object is not null and source is not null
            group by target, object, source
        ) {post_ties}
        group by target, object
    )
    full join (
        select target, object, sum(count) as anonymous
        from acts
        where object is not null and source is null
        group by target, object
    ) using (target, object)
)
