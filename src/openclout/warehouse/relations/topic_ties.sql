-- One row per engager and subject: the acts of that topic, and what is known of the engager by all acts.
create or replace temp table topic_ties as
select p.*, e.vouched, e.sure, e.silent, e.unsure, e.moved, e.given, e.addressed
from topic_pairs p
join topic_subjects s on s.subject = p.target
join engagers e on e.target = s.account and e.source = p.source
