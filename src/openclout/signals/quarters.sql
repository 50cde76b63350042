-- question: In how many of the window's quarters was somebody moved?
-- unit: quarters of the window        family: amplification        over: days
coalesce(max(moved) filter (where age < 1), 0) + coalesce(max(moved) filter (where age >= 1 and age < 2), 0)
+ coalesce(max(moved) filter (where age >= 2 and age < 3), 0) + coalesce(max(moved) filter (where age >= 3), 0)
