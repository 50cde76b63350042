-- One row per account and day on which somebody was moved; a day is a thirtieth of h.
create or replace temp view days as
select target, bucket / 30::double as age, count(distinct source)::double as people
from acts
where source is not null
group by target, bucket
