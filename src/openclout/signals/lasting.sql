-- question: How many people acted on it in both halves of the window?
-- unit: people        family: amplification        over: engagers
voices(1) filter (where first > 2 and age <= 2)
