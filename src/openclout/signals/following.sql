-- question: How many accounts does its profile say that it follows? Shown, never rewarded.
-- unit: accounts        family: activity        over: profiles
max(following)
