-- One row per account and day on which somebody was moved, and whether there was anybody among them who
-- is vouched for, and anybody who is sure; a day is a thirtieth of h.
create or replace temp view days as
select
    a.target, a.bucket / 30::double as age, 1.0::double as voice,
    case when {vouched} then 1.0 else 0.0 end::double as moved,
    {vouched} as vouched, {sure} as sure,
    {silent} as silent, {unsure} as unsure
from acts a {with_ties}
where a.source is not null
group by a.target, a.bucket
