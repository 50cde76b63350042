-- One row per engager and target upon whom the target did not act itself.
create or replace temp view unprompted as
select t.target, t.source, case when t.vouched then 1.0 else 0.0 end::double as m, t.age
from ties t
anti join pairs b on b.source = t.target and b.target = t.source
