-- question: How many posts h moved at least h people each?
-- unit: posts        family: amplification        over: posts
max(least(people, place))
