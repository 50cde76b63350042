-- question: How many of its posts got votes or counts that name nobody (half a voice each)?
-- unit: posts        family: amplification        over: posts
sum(least(anonymous / 2, 1))
