-- question: How many people may stand behind the votes and counts of the last days that name nobody?
-- unit: people        family: reach        over: engagers
sum(half_lately)
