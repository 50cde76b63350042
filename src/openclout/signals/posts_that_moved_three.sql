-- question: How many of its posts moved at least three people?
-- unit: posts        family: amplification        over: posts
sum(case when people >= 3 then 1 else 0 end)
