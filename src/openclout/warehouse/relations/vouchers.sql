-- One row per account upon which somebody established acted in this window: how many of them.
create or replace temp table vouchers as
select p.target as account, count(*) as vouchers
from pairs p join established e on e.account = p.source
group by p.target
