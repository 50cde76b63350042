-- question: How many people acted on it upon whom it did not act itself?
-- unit: people        family: reach        over: unprompted
sum(m * pow(2, -age))
