-- One row per account and hour of the day (UTC) at which somebody was moved, on whatever day; moved is
-- how surely it was a person, as in days.sql.
create or replace temp view hours as
select distinct target, hour, 1.0::double as moved
from acts
where source is not null
