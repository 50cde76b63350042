-- One row per account and step of time in which it acted upon people or wrote on topics: how many of both
-- (`things`), and how many of these were, on average, the same as one of its own before (`again`): the
-- sum over things of c (2 b + c - 1) / (2 N + n - 1), with c now, b before, n and N of all things. Its mean
-- is Simpson's index, the chance that two acts concern the same, however many acts there are.
create or replace temp table returns as
select account, step, n::double as things, same::double / greatest(2 * before + n - 1, 1) as again
from (
    select account, step, n, same, coalesce(sum(n) over earlier, 0)::bigint as before
    from (
        select account, step, sum(n)::bigint as n, sum(same)::bigint as same
        from (
            select account, step, sum(c)::bigint as n, sum(c * (2 * before + c - 1))::bigint as same
            from (
                select account, step, c, coalesce(sum(c) over earlier, 0)::bigint as before
                from (
                    select
                        account, target, ((moment - {anchor}) // {step})::integer as step,
                        count(*)::bigint as c
                    from doings where target is not null group by 1, 2, 3
                )
                window earlier as (
                    partition by account, target order by step
                    rows between unbounded preceding and 1 preceding
                )
            )
            group by 1, 2
            union all
            select account, step, sum(c)::bigint, sum(c * (2 * before + c - 1))::bigint
            from (
                select account, step, c, coalesce(sum(c) over earlier, 0)::bigint as before
                from (
                    select
                        account, tag, ((moment - {anchor}) // {step})::integer as step,
                        count(*)::bigint as c
                    from (
                        select account, moment, lower(unnest(tags)) as tag from doings
                        where tags is not null
                    )
                    group by 1, 2, 3
                )
                window earlier as (
                    partition by account, tag order by step
                    rows between unbounded preceding and 1 preceding
                )
            )
            group by 1, 2
        )
        group by 1, 2
    )
    window earlier as (
        partition by account order by step rows between unbounded preceding and 1 preceding
    )
)
where 2 * before + n > 1
