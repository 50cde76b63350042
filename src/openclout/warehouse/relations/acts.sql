-- One row per act in the window that moves somebody: upon another person, not distrust, not a view.
-- An endorsement is left out where it is not the custom: see endorsements.sql. Age is in units of h, a
-- quarter of the window; a bucket is a thirtieth of h.
create or replace temp view {view} as
select
    i.target, i.source, i.object, i.count, i.file, i.kind,
    (epoch_us(timestamp '{as_of}') - epoch_us(i.published)) / {h}::double as age,
    ((epoch_us(timestamp '{as_of}') - epoch_us(i.published)) * 30 // {h})::smallint as bucket,
    extract(hour from i.published)::smallint as hour
from interactions i
where i.published > timestamp '{start}' and i.published <= timestamp '{as_of}'
    and i.target is not null
    and (i.source is null or i.source <> i.target)
    and (i.value is null or i.value > 0)
    and i.kind <> 'view'
    {not_oneself}
    {not_endorsing}
