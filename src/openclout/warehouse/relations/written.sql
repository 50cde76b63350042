-- One row per account and post that it wrote in this window, with whom the post moved, if anybody.
-- Delay is how long the first of them took. How many posts there are is the account's own doing: so
-- a received act never raises it, and a signal may divide by it.
create or replace temp view written as
select
    p.target, 1.0::double as posts, p.age,
    coalesce(e.people, 0) as people,
    coalesce(e.sharers, 0) as sharers,
    coalesce(e.talkers, 0) as talkers,
    coalesce(e.anonymous, 0) as anonymous,
    greatest(p.age - e.first, 0) as delay
from (
    select
        author as target, post,
        (epoch_us(timestamp '{as_of}') - epoch_us(published)) / {h}::double as age
    from posts
    where author is not null
        and published > timestamp '{start}' and published <= timestamp '{as_of}'
) p
left join post_engagement e on e.object = p.post and e.target = p.target
