-- question: How many people did its best post move?
-- unit: people        family: amplification        over: posts
max(people)
