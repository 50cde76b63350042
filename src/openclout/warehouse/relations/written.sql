-- One row per account and post of this window.
create or replace temp view written as
select author as target, 1.0::double as posts
from posts
where author is not null
    and published > timestamp '{start}' and published <= timestamp '{as_of}'
