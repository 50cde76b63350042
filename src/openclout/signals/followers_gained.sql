-- question: How many people began to follow it in this window?
-- unit: people        family: reach        over: engagers
sum(m) filter (where followed)
