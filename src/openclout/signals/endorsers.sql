-- question: How many people vouched for it?
-- unit: people        family: amplification        over: endorsements
sum(pow(2, -age))
