-- One row per account and step of time (a week, or less of a short window): on how many of its days it
-- wrote, lifted up others' work, talked with somebody, and posted to nobody in particular or kept silent.
create or replace temp table habits as
select
    account,
    (day // {days})::integer as step,
    count_if(wrote)::double as wrote,
    count_if(lifted)::double as lifted,
    count_if(talked)::double as talked,
    (count_if(posted) + count_if(not wrote))::double as listened,
    count(*)::double as days
from (
    select
        account,
        (moment - {anchor}) // {day} as day,
        bool_or(wrote) as wrote, bool_or(lifted) as lifted,
        bool_or(talked) as talked, bool_or(posted) as posted
    from doings
    group by 1, 2
)
group by 1, 2
