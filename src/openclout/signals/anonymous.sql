-- question: How many people may stand behind the votes and counts that name nobody (half a voice each, at most what one post brings)?
-- unit: people        family: reach        over: engagers
sum(half)
