-- One row per account and day on which somebody was moved; a day is a thirtieth of h. Moved is how
-- surely it was a person: the least of 1 and the sum of the tie weights.
create or replace temp view days as
select distinct target, bucket / 30::double as age, 1.0::double as moved
from acts
where source is not null
