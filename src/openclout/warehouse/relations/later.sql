-- One row per account: how many different named people act upon it within the time after a moment.
-- No tie weight: what proves a score right must not rest on the score's own judgement.
create or replace temp table later as
select i.target as account, count(distinct coalesce(-1 - w.person, i.source))::double as people
from interactions i left join persons w on w.account = i.source
where i.published > timestamp '{as_of}' and i.published <= timestamp '{until}'
    and i.target is not null
    and i.source is not null
    and i.source <> i.target
    and (i.value is null or i.value > 0)
    and i.kind <> 'view'
    {not_oneself}
group by i.target
