-- One row per account with anonymous engagement: half a voice an act, no more than the largest post
-- brings. Vouch bounds it by the named engagers, unless its file names nobody at all.
create or replace temp table crowd as
select
    target,
    max(half_lately) as half_lately,
    max(half) as half,
    min(age) as age,
    case when bool_or(not named) then 1e9 else 0 end as vouch
from (
    select
        a.target, a.object, f.names as named,
        min(a.age) as age,
        sum(round(0.5 * a.count * pow(2, -a.age / 0.25) * {unit})::hugeint)::double / {unit} as half_lately,
        sum(round(0.5 * a.count * pow(2, -a.age) * {unit})::hugeint)::double / {unit} as half
    from acts a join files f on f.file = a.file
    where a.source is null
    group by a.target, a.object, f.names
)
group by target
