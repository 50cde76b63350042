-- question: How many posts did it write in this window? Shown, never rewarded.
-- unit: posts        family: activity        over: written
sum(posts)
