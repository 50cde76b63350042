-- One row per best post: how often each kind of act was done to it, acts without a name included.
create or replace temp view tallies as
select b.target, b.object, struct_pack({tallies}) as kinds
from acts a join best_posts b on b.target = a.target and b.object = a.object
group by b.target, b.object
