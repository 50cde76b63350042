-- One row per engager and target, with the engager's own standing, and one for the crowd that acts
-- without names, who has no voice. M is 1 for an engager who is vouched for. Voices(x) is a sum over
-- all, bounded by what is normal (signal.py); any other sum or maximum must be weighted by m.
create or replace temp view engagers as
select
    t.target, t.source, 1.0::double as voice, t.vouched, t.sure, t.silent, t.unsure,
    case when t.vouched then 1.0 else 0.0 end::double as m, t.age, t.first, t.acts, t.again,
    {ways},
    s.moved - coalesce(o.moved, 0) as moved, s.given, s.people_addressed as addressed,
    0.0::double as half_lately, 0.0::double as half,
    case when t.vouched then 1.0 else 0.0 end::double as vouch
from ties t join standing s on s.account = t.source
left join (
    -- Whom the engager moves, but for the target itself: nobody gains by acting on one's engagers.
    select a.target, a.source, round(pow(2, -b.age) * {unit})::bigint::double / {unit} as moved
    from ties a join ties b on b.target = a.source and b.source = a.target
    where b.vouched
) o on o.target = t.target and o.source = t.source
union all
select
    target, null, 0.0, true, true, 1.0, 1.0, 0.0, age, age, 0, false, false, false, false,
    false, false, false, false, false, false, 0, 0.0, 1.0, 1.0, half_lately, half, vouch
from crowd
