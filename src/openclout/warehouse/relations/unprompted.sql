-- One row per engager and target upon whom the target did not act itself.
create or replace temp view unprompted as
select t.target, t.source, 1.0::double as m, t.age
from ties t
anti join ties b on b.source = t.target and b.target = t.source
