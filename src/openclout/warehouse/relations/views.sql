-- One row per account whose posts of this window were seen, and per view act.
create or replace temp view views as
select i.target, i.count::double as views
from interactions i
where i.kind = 'view' and i.target is not null
    and i.published > timestamp '{start}' and i.published <= timestamp '{as_of}'
union all
select author as target, views::double
from posts
where author is not null and views > 0
    and published > timestamp '{start}' and published <= timestamp '{as_of}'
