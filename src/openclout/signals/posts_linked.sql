-- question: How many of its posts or pages were linked to?
-- unit: posts        family: amplification        over: posts
sum(least(linkers, 1))
