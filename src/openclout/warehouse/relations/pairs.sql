-- One row per engager and target: when first and last, how often, and in which ways (a bit a kind).
-- In the order of targets: what is then summed over each target's ties lies together in memory.
create or replace temp table pairs as
select
    target, source,
    sum(count)::bigint as acts,
    min(age) as age,
    max(age) as first,
    min(bucket) <> max(bucket) as again,
    bit_or(case kind {bits} end::smallint) as kinds
from acts
where source is not null
group by target, source
order by target, source
