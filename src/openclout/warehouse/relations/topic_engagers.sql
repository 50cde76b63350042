-- One row per engager and subject, and one for the crowd: as engagers.sql, of one topic.
create or replace temp view topic_engagers as
select
    t.target, t.source, 1.0::double as voice, t.vouched, t.sure, t.silent, t.unsure,
    case when t.vouched then 1.0 else 0.0 end::double as m, t.age, t.first, t.acts, t.again,
    {ways},
    t.moved, t.given, t.addressed,
    0.0::double as half_lately, 0.0::double as half,
    case when t.vouched then 1.0 else 0.0 end::double as vouch
from topic_ties t
union all
select
    target, null, 0.0, true, true, 1.0, 1.0, 0.0, age, age, 0, false, false, false, false,
    false, false, false, false, false, false, 0, 0.0, 1.0, 1.0, half_lately, half, vouch
from topic_crowd
