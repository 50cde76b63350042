-- One row per account that acts or is acted upon: whom it moves, what it gives, where it ranks.
create or replace temp table standing as
select
    coalesce(r.account, g.account) as account,
    coalesce(r.moved, 0) as moved,
    g.given,
    coalesce(g.own_acts, 0) as own_acts,
    coalesce(g.people_addressed, 0) as people_addressed,
    coalesce(k.rank, 0) as rank
from (
    select
        target as account,
        sum(case when vouched then round(pow(2, -age) * {unit})::bigint else 0 end)::double / {unit}
            as moved
    from ties group by target
) r
full join (
    select
        source as account,
        sum(round(ln(1 + acts) * {unit})::bigint)::double / {unit} as given,
        sum(acts)::double as own_acts,
        count(*)::double as people_addressed
    from ties group by source
) g on g.account = r.account
left join ranks k on k.account = coalesce(r.account, g.account)
