-- question: How many people did its posts move, each post's further people counting less?
-- unit: log people        family: amplification        over: posts
sum(ln(1 + people))
