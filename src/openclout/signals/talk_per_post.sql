-- question: How many people talk about a post of this window on average?
-- unit: people per post        family: amplification        over: written
sum(talkers) / sum(posts)
