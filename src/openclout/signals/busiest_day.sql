-- question: How many people were moved on its best day?
-- unit: people        family: amplification        over: days
max(people)
