-- The same where no network has a past to tell people from fakes by: everybody counts in full.
create or replace temp view ties as
select
    *, true as vouched, true as sure, 1.0::double as silent, 1.0::double as unsure
from pairs
