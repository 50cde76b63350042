-- One row per account: what its network's profile page says.
create or replace temp view profiles as
select
    account as target, followers::double as followers, listed::double as listed,
    following::double as following, posts::double as posts
from accounts
where followers is not null or listed is not null or following is not null or posts is not null
