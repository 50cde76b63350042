-- question: How many different people acted on it within the last quarter of the window?
-- unit: people        family: reach        over: engagers
voices(1) filter (where age <= 1)
