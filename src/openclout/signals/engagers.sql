-- question: How many different people acted on it at all in this window?
-- unit: people        family: reach        over: engagers
count(source)
