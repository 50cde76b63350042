-- question: How many people pass on a post of this window on average?
-- unit: people per post        family: amplification        over: written
sum(sharers) / sum(posts)
