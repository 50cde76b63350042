-- question: How many people did its recent posts move?
-- unit: people        family: amplification        over: written
sum(people * pow(2, -age))
