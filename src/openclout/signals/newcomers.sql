-- question: How many people acted on it for the first time in this window within its last quarter?
-- unit: people        family: reach        over: engagers
sum(m) filter (where first <= 1)
