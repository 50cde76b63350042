-- question: How many of its posts were shared or quoted?
-- unit: posts        family: amplification        over: posts
sum(case when sharers > 0 then 1 else 0 end)
