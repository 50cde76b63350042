-- question: How many of its posts moved at least ten people?
-- unit: posts        family: amplification        over: posts
sum(case when people >= 10 then 1 else 0 end)
