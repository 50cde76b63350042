-- One row per account and person at second hand: who acted upon others' answers to its posts. What
-- the account itself or the answers' authors did is left out.
create or replace temp view echoes as
select
    i.target, i.source, 1.0::double as m, min(i.age) as age,
    bool_or(i.kind in ('share', 'quote')) as shared
from (
    select p.author as target, a.source, a.age, a.kind
    from acts a
    join posts c on c.post = a.object
    join posts p on p.post = c.in_reply_to
    where a.source is not null and p.author is not null and p.author <> a.target
) i
where i.source <> i.target {not_oneself}
group by i.target, i.source
