-- One row per engager and target, with what tells people from fakes: see weighed.sql.
create or replace temp view ties as
from weighed
