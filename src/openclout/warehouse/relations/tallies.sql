-- One row per best post: how often each kind of act was done to it, acts without a name included.
create or replace temp view tallies as
select target, place, struct_pack({tallies}) as kinds
from touched
group by target, place
