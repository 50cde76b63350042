-- One row per account and tag on its posts: how many people these moved, each post's people shared
-- equally among its tags, so that more tags bring no more people.
create or replace temp view subjects as
select
    target, tag,
    sum(round(people / size * {unit})::bigint)::double / {unit} as people
from (
    select e.target, e.people, array_length(p.tags)::double as size, unnest(p.tags) as tag
    from post_engagement e join posts p on p.post = e.object
    where e.people > 0
)
group by target, tag
