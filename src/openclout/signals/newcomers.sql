-- question: How many people acted on it for the first time in this window within its last quarter? Shown, never rewarded: an older act of one of them, come to light, takes one away.
-- unit: people        family: activity        over: engagers
voices(1) filter (where first <= 1)
