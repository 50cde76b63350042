-- One row per act of the window upon a post and topic of that post; the target is not the account but
-- its subject, the pair of account and topic: so every other relation can be made per topic as well.
create or replace temp table topic_acts as
select
    s.subject as target, a.source, a.object, a.count, a.file, a.kind, a.age, a.bucket, a.hour
from acts a
join post_topics p on p.post = a.object
join topic_subjects s on s.account = a.target and s.topic = p.topic
