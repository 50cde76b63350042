-- question: How many people did its third best post move, so that one or two lucky ones do not count?
-- unit: people        family: amplification        over: posts
max(people) filter (where place = 3)
