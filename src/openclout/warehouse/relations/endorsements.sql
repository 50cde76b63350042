-- One row per person and account that it endorsed, by itself: where most acts are something else, an
-- endorsement is asked for and given in return, at no cost, and moves nobody (credibility.py).
create or replace temp view endorsements as
select
    i.target, i.source,
    min((epoch_us(timestamp '{as_of}') - epoch_us(i.published)) / {h}::double) as age
from interactions i
where i.published > timestamp '{start}' and i.published <= timestamp '{as_of}'
    and i.kind = 'endorse' and i.source is not null and i.source <> i.target
    and (i.value is null or i.value > 0)
    {not_oneself}
group by i.target, i.source
