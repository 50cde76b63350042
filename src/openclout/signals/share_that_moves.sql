-- question: Which share of its posts moves anybody (two more that move nobody are added, for one post proves little)?
-- unit: share of posts        family: amplification        over: written
sum(least(people, 1)) / (sum(posts) + 2)
