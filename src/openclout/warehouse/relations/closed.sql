-- One row per pair who acted upon each other, and whose circles are one: how many others upon whom the
-- target acts are partners of the engager too. Nothing here is an act upon the target, so no received
-- act closes a circle. Who has very many partners belongs to no ring, and would take long to count.
create or replace temp table closed as
with mutual as (
    select p.target, p.source, count(*) over (partition by p.source) as partners
    from {among} p semi join {among} b on b.source = p.target and b.target = p.source
)
select t.target, t.source, count(*)::bigint as closed
from mutual t
join mutual j on j.target = t.source
join {among} o on o.source = t.target and o.target = j.source
where t.partners <= 300 and j.source <> t.target
group by t.target, t.source
