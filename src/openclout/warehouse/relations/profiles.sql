-- One row per account: what its network's profile page says.
create or replace temp view profiles as
select account as target, followers::double as followers, listed::double as listed
from accounts
where followers is not null or listed is not null
