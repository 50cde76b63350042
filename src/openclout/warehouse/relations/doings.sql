-- One row per act of an account's own in a time, and per post: what it was, and whom or what it concerned.
-- Lifted: it held up the work of others. Talked: it was addressed to somebody. Own: a post at all.
-- Posted: a post that answers nobody. A post's topics are its tags or, where it has none, those of what
-- it answers.
create or replace temp view doings as
select
    i.source as account,
    epoch_us(i.published) as moment,
    i.kind in ('share', 'quote', 'link', 'list', 'like', 'endorse', 'accept') as lifted,
    i.kind in ('reply', 'mention', 'quote') as talked,
    i.kind in ('reply', 'mention', 'quote') as wrote,
    false as posted,
    i.target,
    null::varchar[] as tags
from interactions i
where i.source is not null
    and i.published > timestamp '{start}' and i.published <= timestamp '{as_of}'
    and i.target is distinct from i.source
    and (i.value is null or i.value > 0)
    and i.kind <> 'view'
    {not_oneself}
union all
select
    p.author, epoch_us(p.published), false, false, true, p.in_reply_to is null, null,
    case when len(p.tags) > 0 then p.tags else answered.tags end
from posts p
left join posts answered on answered.post = p.in_reply_to
where p.author is not null
    and p.published > timestamp '{start}' and p.published <= timestamp '{as_of}'
