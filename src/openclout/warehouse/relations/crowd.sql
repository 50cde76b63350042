-- One row per account with anonymous engagement: half a voice an act, as much as its third best post
-- brings, or one voice: a count that was bought or edited into a post or two is not normal for it.
-- Vouch bounds it by the named engagers, unless its file names nobody at all.
create or replace temp table crowd as
select
    target,
    greatest(
        max(case when lately = 3 then half_lately else 0 end), least(max(half_lately), 1)
    ) as half_lately,
    greatest(max(case when place = 3 then half else 0 end), least(max(half), 1)) as half,
    min(age) as age,
    case when bool_or(not named) then 1e9 else 0 end as vouch
from (
    select
        *,
        row_number() over (partition by target order by half desc) as place,
        row_number() over (partition by target order by half_lately desc) as lately
    from (
        select
            a.target, a.object, bool_and(f.names) as named,
            min(a.age) as age,
            sum(round(0.5 * a.count * pow(2, -a.age / 0.25) * {unit})::hugeint)::double / {unit}
                as half_lately,
            sum(round(0.5 * a.count * pow(2, -a.age) * {unit})::hugeint)::double / {unit} as half
        from acts a join files f on f.file = a.file
        where a.source is null
        group by a.target, a.object
    )
)
group by target
