-- question: How many people from before the last quarter of the window acted again within it?
-- unit: people        family: amplification        over: engagers
sum(m) filter (where age <= 1 and first > 1)
