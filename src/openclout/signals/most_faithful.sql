-- question: How often did its most faithful engager act?
-- unit: acts        family: amplification        over: engagers
max(m * acts)
