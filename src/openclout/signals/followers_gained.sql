-- question: How many people began to follow it in this window?
-- unit: people        family: reach        over: engagers
voices(1) filter (where followed)
