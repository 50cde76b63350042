-- question: How many of its posts were talked about?
-- unit: posts        family: amplification        over: posts
sum(least(talkers, 1))
