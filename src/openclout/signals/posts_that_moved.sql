-- question: How many of its posts moved anybody?
-- unit: posts        family: amplification        over: posts
sum(case when people > 0 then 1 else 0 end)
