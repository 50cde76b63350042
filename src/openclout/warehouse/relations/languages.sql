-- One row per account and language in which somebody writes whom it moves: how many people.
create or replace temp view languages as
select t.target, w.language, count(*)::double as people
from (from ties where vouched) t
join (
    select distinct author, split_part(lower(language), '-', 1) as language
    from posts
    where author is not null and language is not null and published <= timestamp '{as_of}'
) w on w.author = t.source
group by t.target, w.language
