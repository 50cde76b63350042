-- question: How many posts does its profile show? Shown, never rewarded.
-- unit: posts        family: activity        over: profiles
max(posts)
