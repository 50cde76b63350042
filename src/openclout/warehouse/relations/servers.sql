-- One row per account and server on which somebody is at home whom it moves: how many people. The
-- server is the host in an address, or what follows the @ in a name.
create or replace temp view servers as
select t.target, h.server, count(*)::double as people
from (from ties where vouched) t
join (
    select account, coalesce(
        nullif(regexp_extract(id, '^https?://([^/]+)', 1), ''),
        nullif(split_part(coalesce(handle, id), '@', 2), '')
    ) as server
    from accounts
    where id like '%://%' or coalesce(handle, id) like '%_@_%'
) h on h.account = t.source
where h.server is not null
group by t.target, h.server
