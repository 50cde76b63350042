-- One row per post among those of its author that moved most. Its place is by people (bounded as in
-- posts.sql), then all who acted, then those without names; of equals the newer one, then its name.
create or replace temp table best_posts as
select *
from (
    select
        e.target, e.object, e.people, e.everybody, e.sharers, e.anonymous,
        row_number() over (
            partition by e.target
            order by
                e.people desc, e.everybody desc, e.anonymous desc, p.published desc nulls last, p.id
        )::smallint as place
    from post_engagement e
    join posts p on p.post = e.object
    left join (select target, people from post_engagement where place = {posts}) l
        on l.target = e.target
    where l.people is null or e.people >= l.people
)
where place <= {posts}
