-- question: How many people from before the last quarter of the window acted again within it?
-- unit: people        family: amplification        over: engagers
voices(1) filter (where age <= 1 and first > 1)
