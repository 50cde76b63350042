-- question: About how many subjects do its posts move people, by the tags on them?
-- unit: log people        family: reach        over: subjects
sum(ln(1 + people))
